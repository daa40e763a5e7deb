// Package vault holds the keys: it seals what is written about a person, and finds a personal number without storing it.
//
// One key file outside the database opens each area's own keys, which lie sealed in the database. Each person has 32
// random bytes of their own, wrapped by the area's key; destroying them makes everything sealed by them unreadable,
// also in every copy. Those of people with protected records are wrapped by another key of the area, which only a second
// file opens: who has the database and the ordinary key file reads nothing about them.
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
	outer, protected    tink.AEAD // protected is nil when the second file is not here
	keys, keysProtected []Key
	mu                  sync.RWMutex
	areas               map[id.Area]*Area
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

// Open reads the key file, and the one of protected people where it is there: without that, all but what is about them
// opens. It refuses a file that others than its owner can read.
func Open(path, protected string) (*Vault, error) {
	v := &Vault{areas: map[id.Area]*Area{}}
	var err error
	if v.outer, v.keys, err = openFile(path); err != nil {
		return nil, err
	}
	if v.protected, v.keysProtected, err = openFile(protected); errors.Is(err, os.ErrNotExist) {
		return v, nil
	}
	return v, err
}

func openFile(path string) (tink.AEAD, []Key, error) {
	h, err := readFile(path)
	if err != nil {
		return nil, nil, err
	}
	outer, err := aead.New(h)
	return outer, inventory(h), err
}

func readFile(path string) (*keyset.Handle, error) {
	b, err := ReadSecret(path)
	if err != nil {
		return nil, err
	}
	h, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(b)))
	if err != nil {
		return nil, fmt.Errorf("%s is not a key file: %w", path, err)
	}
	return h, nil
}

// NewArea makes the keys of a new area and stores them sealed. It needs both key files.
func (v *Vault) NewArea(ctx context.Context, tx *store.Tx, area id.Area) error {
	if v.protected == nil {
		return errors.New("a new area needs the key file of protected people, which is not here")
	}
	master, err := newKeys(aead.AES256GCMKeyTemplate(), v.outer, area, "master")
	if err != nil {
		return err
	}
	protected, err := newKeys(aead.AES256GCMKeyTemplate(), v.protected, area, "protected")
	if err != nil {
		return err
	}
	indexing, err := newKeys(mac.HMACSHA256Tag256KeyTemplate(), v.outer, area, "indexing")
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO area_key (area_id, master, protected, indexing) VALUES ($1, $2, $3, $4)`), area, master, protected, indexing)
	return err
}

// Area gives an area's keys, from memory after the first time. It fails when a key file is not the area's.
func (v *Vault) Area(ctx context.Context, tx *store.Tx, area id.Area) (*Area, error) {
	v.mu.RLock()
	a := v.areas[area]
	v.mu.RUnlock()
	if a != nil {
		return a, nil
	}
	var master, protected, indexing []byte
	if err := tx.One(ctx, store.Q(`SELECT master, protected, indexing FROM area_key WHERE area_id = $1`), []any{area}, &master, &protected, &indexing); err != nil {
		return nil, fmt.Errorf("keys of area %s: %w", area, err)
	}
	a, err := v.openArea(area, master, protected, indexing)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	v.areas[area] = a
	v.mu.Unlock()
	return a, nil
}

func (v *Vault) openArea(area id.Area, master, protected, indexing []byte) (*Area, error) {
	mh, err := openKeys(master, v.outer, area, "master")
	if err != nil {
		return nil, err
	}
	ih, err := openKeys(indexing, v.outer, area, "indexing")
	if err != nil {
		return nil, err
	}
	a := &Area{area: area}
	if a.master, err = newWrapper(mh, ordinary); err != nil {
		return nil, err
	}
	if a.indexing, err = newLayers(ih); err != nil || v.protected == nil {
		return a, err
	}
	ph, err := openKeys(protected, v.protected, area, "protected")
	if err != nil {
		return nil, err
	}
	a.protected, err = newWrapper(ph, shielded)
	return a, err
}

// openKeys opens keys of an area that sealKeys hid.
func openKeys(sealed []byte, by tink.AEAD, area id.Area, what string) (*keyset.Handle, error) {
	h, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(sealed)), by, bond(area, what))
	if err != nil && what == "protected" {
		return nil, fmt.Errorf("the key file of protected people does not open area %s: %w", area, err)
	}
	if err != nil {
		return nil, fmt.Errorf("the key file does not open area %s: %w", area, err)
	}
	return h, nil
}

func bond(area id.Area, what string) []byte {
	return []byte("sluss area " + area.String() + " " + what)
}
