package vault

import (
	"encoding/base64"
	"fmt"
)

// Wrap hides something that leaves the program for a while and comes back, such as a cookie, from everybody without the
// key file. It opens only for the same use.
func (v *Vault) Wrap(use string, plain []byte) (string, error) {
	b, err := v.outer.Encrypt(plain, []byte("sluss use "+use))
	return base64.RawURLEncoding.EncodeToString(b), err
}

// Unwrap opens what Wrap hid; ErrSealed when it is anything else or was hidden for another use.
func (v *Vault) Unwrap(use, text string) ([]byte, error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, ErrSealed
	}
	plain, err := v.outer.Decrypt(b, []byte("sluss use "+use))
	if err != nil {
		return nil, fmt.Errorf("unwrap: %w", ErrSealed)
	}
	return plain, nil
}
