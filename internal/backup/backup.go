// Package backup makes an encrypted copy of a SQLite database while it serves, and puts one back, checked.
//
// The file is an age file that holds a tar of two: manifest.json, then the database without its keys. Those lie, wrapped, in a
// small age file of their own beside it, which is kept for a shorter time: who has been weeded is in no newer one, so what lies
// about them in an old backup can be read by nobody. The key file is in neither: who finds both and their identity still reads
// nothing about anybody without it.
package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"

	"sluss/internal/store"
)

// Manifest tells what a backup holds; a restored database must be equal to it.
type Manifest struct {
	Format  int              `json:"format"`
	Program string           `json:"program"`
	At      time.Time        `json:"at"`
	Schema  int64            `json:"schema"`
	Bytes   int64            `json:"bytes"`
	SHA256  string           `json:"sha256"`
	Rows    map[string]int64 `json:"rows"`
}

const (
	format       = 2
	manifestName = "manifest.json"
	databaseName = "sluss.db"
	manifestMost = 1 << 20
)

// KeysBeside is where the keys of a backup lie unless another place is named.
func KeysBeside(file string) string { return file + ".keys" }

// Write copies the open database to a new file, and its keys to another beside it, that only the recipients can read. The copy is
// checked whole before it is encrypted. It refuses a file that is there already.
func Write(ctx context.Context, s *store.Store, file, program string, now time.Time, to ...age.Recipient) (m Manifest, err error) {
	for _, f := range []string{file, KeysBeside(file)} {
		if _, err := os.Lstat(f); err == nil {
			return m, fmt.Errorf("%s is there already; a backup is never written over", f)
		}
	}
	dir, err := os.MkdirTemp(filepath.Dir(s.Path()), ".backup-")
	if err != nil {
		return m, err
	}
	defer os.RemoveAll(dir)
	whole, copied := filepath.Join(dir, "whole.db"), filepath.Join(dir, databaseName)
	if err := s.Backup(ctx, whole); err != nil {
		return m, err
	}
	k := keys{Format: format, Program: program, At: now.UTC().Truncate(time.Second)}
	if k.Ring, err = takeKeys(ctx, whole, copied); err != nil {
		return m, err
	}
	if m, err = describe(ctx, copied); err != nil {
		return m, err
	}
	m.Format, m.Program, m.At = format, program, k.At
	if err := seal(KeysBeside(file), to, func(w io.Writer) error { return json.NewEncoder(w).Encode(k) }); err != nil {
		return m, err
	}
	return m, seal(file, to, func(w io.Writer) error { return pack(w, copied, m) })
}

// describe checks a database file and tells what it holds.
func describe(ctx context.Context, path string) (m Manifest, err error) {
	s, err := store.Open(ctx, path)
	if err != nil {
		return m, err
	}
	err = s.Verify(ctx)
	if err == nil {
		m.Rows, err = s.Rows(ctx)
	}
	if err == nil {
		m.Schema, err = s.Version(ctx)
	}
	if err = errors.Join(err, s.Close()); err != nil {
		return m, err
	}
	m.Bytes, m.SHA256, err = digest(path)
	return m, err
}

func digest(path string) (int64, string, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return n, hex.EncodeToString(h.Sum(nil)), err
}

// seal writes an encrypted file whole or not at all.
func seal(file string, to []age.Recipient, fill func(io.Writer) error) (err error) {
	part := file + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(part)
		}
	}()
	closed, err := age.Encrypt(f, to...)
	if err == nil {
		err = fill(closed)
	}
	if err == nil {
		err = errors.Join(closed.Close(), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	return move(part, file)
}

func pack(w io.Writer, copied string, m Manifest) error {
	t := tar.NewWriter(w)
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(text)), ModTime: m.At}); err != nil {
		return err
	}
	if _, err := t.Write(text); err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: databaseName, Mode: 0o600, Size: m.Bytes, ModTime: m.At, Format: tar.FormatPAX}); err != nil {
		return err
	}
	f, err := os.Open(copied)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(t, f); err != nil {
		return err
	}
	return t.Close()
}

// move makes a file and its new name outlive a power cut.
func move(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	d, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
