package backup

import (
	"archive/tar"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"

	"filippo.io/age"

	"sluss/internal/store"
)

// ErrOther tells that what was read back is not what was written.
var ErrOther = errors.New("the backup does not hold what it says")

// Read puts a backup back as a new database, after everything about it has been checked: its digest, pages, indexes,
// foreign keys, schema and the rows of every table. Then its keys are put in, from a file of keys that is as old or newer; without
// is how many people have none in it: they have been weeded since. A database of a newer release is refused with store.ErrNewer. It
// refuses a path where something is already.
func Read(ctx context.Context, file, keys, db string, with ...age.Identity) (m Manifest, without int, err error) {
	if _, err := os.Lstat(db); err == nil {
		return m, 0, fmt.Errorf("%s is there already; nothing is restored over it", db)
	}
	dir, err := os.MkdirTemp(filepath.Dir(db), ".restore-")
	if err != nil {
		return m, 0, err
	}
	defer os.RemoveAll(dir)
	part := filepath.Join(dir, databaseName)
	if m, err = open(file, part, with); err != nil {
		return m, 0, err
	}
	if err := same(ctx, part, m); err != nil {
		return m, 0, err
	}
	if without, err = putKeys(ctx, keys, part, m, with); err != nil {
		return m, 0, err
	}
	return m, without, move(part, db)
}

// open decrypts the file and writes its database to part.
func open(file, part string, with []age.Identity) (m Manifest, err error) {
	f, err := os.Open(file)
	if err != nil {
		return m, err
	}
	defer f.Close()
	plain, err := age.Decrypt(f, with...)
	if err != nil {
		return m, fmt.Errorf("open %s: %w", file, err)
	}
	t := tar.NewReader(plain)
	h, err := t.Next()
	if err != nil || h.Name != manifestName || h.Size > manifestMost {
		return m, fmt.Errorf("%s: %w", file, errors.Join(ErrOther, err))
	}
	if err := json.NewDecoder(t).Decode(&m); err != nil {
		return m, err
	}
	if m.Format != format {
		return m, fmt.Errorf("%s has format %d; this program reads %d", file, m.Format, format)
	}
	if h, err = t.Next(); err != nil || h.Name != databaseName || h.Size != m.Bytes {
		return m, fmt.Errorf("%s: %w", file, errors.Join(ErrOther, err))
	}
	if err := write(part, t); err != nil {
		return m, err
	}
	_, err = io.Copy(io.Discard, plain) // the end of the encryption is checked when it is reached
	return m, err
}

func write(path string, r io.Reader) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// same checks that the database is the one that the manifest tells of.
func same(ctx context.Context, path string, m Manifest) error {
	bytes, sum, err := digest(path)
	if err != nil {
		return err
	}
	if bytes != m.Bytes || sum != m.SHA256 {
		return fmt.Errorf("%w: the database's digest is another", ErrOther)
	}
	s, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	err = s.Verify(ctx)
	var rows map[string]int64
	if err == nil {
		rows, err = s.Rows(ctx)
	}
	var schema int64
	if err == nil {
		schema, err = s.Version(ctx)
	}
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	if schema != m.Schema || !maps.Equal(rows, m.Rows) {
		return fmt.Errorf("%w: the rows or the schema are others", ErrOther)
	}
	return nil
}
