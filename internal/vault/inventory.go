package vault

import (
	"strings"

	"github.com/tink-crypto/tink-go/v2/keyset"
)

// Key tells of one key in the key file; never the key itself.
type Key struct {
	ID    uint32
	Kind  string // the algorithm, as AesGcmKey
	State string // enabled, disabled or destroyed; the one that seals is "primary"
}

// Keys lists the keys of the file.
func (v *Vault) Keys() []Key { return v.keys }

// ProtectedKeys lists those of the file of protected people; none when it is not here.
func (v *Vault) ProtectedKeys() []Key { return v.keysProtected }

func inventory(h *keyset.Handle) []Key {
	info := h.KeysetInfo()
	var list []Key
	for _, k := range info.GetKeyInfo() {
		kind := k.GetTypeUrl()
		key := Key{ID: k.GetKeyId(), Kind: kind[strings.LastIndex(kind, ".")+1:], State: strings.ToLower(k.GetStatus().String())}
		if key.ID == info.GetPrimaryKeyId() {
			key.State = "primary"
		}
		list = append(list, key)
	}
	return list
}
