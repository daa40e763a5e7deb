package vault

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
)

// begin gives the file's keys with a new one first; those of a rotation that was stopped as they are.
func (r *Rotation) begin() (*keyset.Handle, error) {
	h, err := readFile(r.File)
	if err != nil {
		return nil, err
	}
	if len(h.KeysetInfo().GetKeyInfo()) > 1 {
		return h, nil
	}
	b, err := os.ReadFile(r.File)
	if err != nil {
		return nil, err
	}
	if kept, err := os.ReadFile(r.Old); err != nil || !bytes.Equal(kept, b) { // else stopped just before the file was changed
		if err := r.lasts(writeNew(r.Old, b)); err != nil {
			return nil, err
		}
	}
	if h, err = withNew(h, aead.AES256GCMKeyTemplate()); err != nil {
		return nil, err
	}
	return h, r.lasts(r.write(h))
}

// withNew adds a key, which from then on seals.
func withNew(h *keyset.Handle, template *tink_go_proto.KeyTemplate) (*keyset.Handle, error) {
	m := keyset.NewManagerFromHandle(h)
	k, err := m.Add(template)
	if err != nil {
		return nil, err
	}
	if err := m.SetPrimary(k); err != nil {
		return nil, err
	}
	return m.Handle()
}

// newest leaves only the key that seals.
func newest(h *keyset.Handle) (*keyset.Handle, error) {
	return only(h, h.KeysetInfo().GetPrimaryKeyId())
}

// only leaves one key.
func only(h *keyset.Handle, which uint32) (*keyset.Handle, error) {
	m := keyset.NewManagerFromHandle(h)
	if err := m.SetPrimary(which); err != nil {
		return nil, err
	}
	for _, k := range h.KeysetInfo().GetKeyInfo() {
		if k.GetKeyId() != which {
			if err := m.Delete(k.GetKeyId()); err != nil {
				return nil, err
			}
		}
	}
	return m.Handle()
}

// write puts keys in the place of the file's, whole or not at all.
func (r *Rotation) write(h *keyset.Handle) error {
	var b bytes.Buffer
	if err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&b)); err != nil {
		return err
	}
	part := r.File + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := writeNew(part, b.Bytes()); err != nil {
		return err
	}
	if err := os.Rename(part, r.File); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(r.File))
}

// writeNew makes a file that only its owner reads and that outlives a power cut. ErrExists when it is there.
func writeNew(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o400)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s: %w", path, ErrExists)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
}
