package vault

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// NewOwn makes a key for something that is not a person, such as a list on its way in, and gives it wrapped, as it is
// stored. Once the wrapped key is destroyed, what it sealed cannot be read.
func (a *Area) NewOwn(what string, row int64) (wrapped []byte, key Person, err error) {
	raw := newRaw()
	if wrapped, err = a.master.wrap(raw, ownBond(what, row)); err != nil {
		return nil, Person{}, err
	}
	key, err = keyOf(a.area, raw)
	return wrapped, key, err
}

// OpenOwn unwraps the key of NewOwn. ErrSealed when it was made for something else, by another area, or is destroyed.
func (a *Area) OpenOwn(what string, row int64, wrapped []byte) (Person, error) {
	raw, err := a.master.unwrap(wrapped, ownBond(what, row))
	if err != nil {
		return Person{}, fmt.Errorf("key of %s: %w", what, err)
	}
	return keyOf(a.area, raw)
}

func ownBond(what string, row int64) []byte {
	return binary.BigEndian.AppendUint64([]byte("own "+what+"\x00"), uint64(row))
}

// OfSecret gives a key that who holds a secret can have made again, and nobody else: neither the secret nor the area's keys
// are enough alone. It is for one use.
func (a *Area) OfSecret(use string, secret []byte) (Person, error) {
	b, err := a.Index(use, string(secret))
	if err != nil {
		return Person{}, err
	}
	raw := sha256.Sum256(b)
	return keyOf(a.area, raw[:])
}
