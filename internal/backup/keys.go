package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"sluss/internal/store"
	"sluss/internal/vault"
)

// keys are what a file of keys holds.
type keys struct {
	Format  int        `json:"format"`
	Program string     `json:"program"`
	At      time.Time  `json:"at"`
	Ring    vault.Ring `json:"ring"`
}

// ErrOlderKeys tells that keys were copied before the database: they lack whoever has come since.
var ErrOlderKeys = errors.New("these keys were copied before the database was: they lack whoever came between; name newer ones")

// takeKeys takes the keys out of a copy, and makes another of what is left: one that holds no trace of them.
func takeKeys(ctx context.Context, from, to string) (r vault.Ring, err error) {
	s, err := store.Open(ctx, from)
	if err != nil {
		return r, err
	}
	if r, err = vault.TakeKeys(ctx, s); err == nil {
		err = s.Backup(ctx, to)
	}
	return r, errors.Join(err, s.Close(), os.Remove(from))
}

// putKeys puts the keys of a file into a database that has none, and gives how many people there are whose keys are in it no more.
func putKeys(ctx context.Context, file, db string, m Manifest, with []age.Identity) (without int, err error) {
	k, err := openKeys(file, with)
	if errors.Is(err, os.ErrNotExist) {
		return 0, fmt.Errorf("the keys of the backup are not in %s: name a file of keys of the same day or later: %w", file, err)
	}
	if err != nil {
		return 0, err
	}
	if k.At.Before(m.At) {
		return 0, fmt.Errorf("%s: %w", file, ErrOlderKeys)
	}
	s, err := store.Open(ctx, db)
	if err != nil {
		return 0, err
	}
	without, err = vault.PutKeys(ctx, s, k.Ring)
	return without, errors.Join(err, s.Close())
}

func openKeys(file string, with []age.Identity) (k keys, err error) {
	f, err := os.Open(file)
	if err != nil {
		return k, err
	}
	defer f.Close()
	plain, err := age.Decrypt(f, with...)
	if err != nil {
		return k, fmt.Errorf("open %s: %w", file, err)
	}
	d := json.NewDecoder(plain)
	if err := d.Decode(&k); err != nil {
		return k, fmt.Errorf("%s: %w", file, errors.Join(ErrOther, err))
	}
	if k.Format != format {
		return k, fmt.Errorf("%s has format %d; this program reads %d", file, k.Format, format)
	}
	_, err = io.Copy(io.Discard, plain) // the end of the encryption is checked when it is reached
	return k, err
}

// DropKeys removes the files of keys in a folder that are older than a span, but the one named; it gives which.
func DropKeys(folder, but string, older time.Duration, now time.Time) (gone []string, err error) {
	list, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		path := filepath.Join(folder, e.Name())
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !strings.HasSuffix(e.Name(), KeysBeside(".age")) || path == but || now.Sub(info.ModTime()) < older {
			continue
		}
		if err := os.Remove(path); err != nil {
			return gone, err
		}
		gone = append(gone, path)
	}
	return gone, nil
}
