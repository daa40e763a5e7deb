// Package vault holds the keys: it seals what is written about a person, and finds a personal number without storing it.
//
// One key file outside the database opens each area's own keys, which lie sealed in the database. Each person has 32
// random bytes of their own, wrapped by the area's key; destroying them makes everything sealed by them unreadable,
// also in every copy.
package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/mac"
	"github.com/tink-crypto/tink-go/v2/tink"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Vault is an open key file with the areas' keys it has opened so far.
type Vault struct {
	outer tink.AEAD
	keys  []Key
	mu    sync.RWMutex
	areas map[id.Area]*Area
}

// ErrExists tells that Create found a key file where it was to write one: keys are never written over.
var ErrExists = errors.New("there is a key file already")

// Exists tells that err is ErrExists.
func Exists(err error) bool { return errors.Is(err, ErrExists) }

// Create makes a key file that only its owner can read. ErrExists when the path is taken.
func Create(path string) error {
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&b)); err != nil {
		return err
	}
	return writeNew(path, b.Bytes())
}

// SyncFolder makes sure that a file that was made in a folder is found there after a power cut.
func SyncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// ReadSecret reads a file that holds a secret. It refuses one that others than its owner can read.
func ReadSecret(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s can be read by others; run: chmod 400 %s", path, path)
	}
	return os.ReadFile(path)
}

// Open reads a key file. It refuses one that others than its owner can read.
func Open(path string) (*Vault, error) {
	b, err := ReadSecret(path)
	if err != nil {
		return nil, err
	}
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(b)))
	if err != nil {
		return nil, fmt.Errorf("%s is not a key file: %w", path, err)
	}
	outer, err := aead.New(h)
	if err != nil {
		return nil, err
	}
	return &Vault{outer: outer, keys: inventory(h), areas: map[id.Area]*Area{}}, nil
}

// NewArea makes the keys of a new area and stores them sealed.
func (v *Vault) NewArea(ctx context.Context, tx *store.Tx, area id.Area) error {
	master, err := v.newKeys(aead.AES256GCMKeyTemplate(), area, "master")
	if err != nil {
		return err
	}
	indexing, err := v.newKeys(mac.HMACSHA256Tag256KeyTemplate(), area, "indexing")
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO area_key (area_id, master, indexing) VALUES ($1, $2, $3)`), area, master, indexing)
	return err
}

// Area gives an area's keys, from memory after the first time. It fails when the key file is not the area's.
func (v *Vault) Area(ctx context.Context, tx *store.Tx, area id.Area) (*Area, error) {
	v.mu.RLock()
	a := v.areas[area]
	v.mu.RUnlock()
	if a != nil {
		return a, nil
	}
	var master, indexing []byte
	if err := tx.One(ctx, store.Q(`SELECT master, indexing FROM area_key WHERE area_id = $1`), []any{area}, &master, &indexing); err != nil {
		return nil, fmt.Errorf("keys of area %s: %w", area, err)
	}
	a, err := v.openArea(area, master, indexing)
	if err != nil {
		return nil, fmt.Errorf("the key file does not open area %s: %w", area, err)
	}
	v.mu.Lock()
	v.areas[area] = a
	v.mu.Unlock()
	return a, nil
}

func (v *Vault) openArea(area id.Area, master, indexing []byte) (*Area, error) {
	mh, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(master)), v.outer, bond(area, "master"))
	if err != nil {
		return nil, err
	}
	ih, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(indexing)), v.outer, bond(area, "indexing"))
	if err != nil {
		return nil, err
	}
	a := &Area{area: area}
	if a.master, err = aead.New(mh); err != nil {
		return nil, err
	}
	a.indexing, err = mac.New(ih)
	return a, err
}

func bond(area id.Area, what string) []byte {
	return []byte("sluss area " + area.String() + " " + what)
}
