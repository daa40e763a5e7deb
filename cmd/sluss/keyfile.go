package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"sluss/internal/audit"
	"sluss/internal/vault"
)

// keyFile is where the keys lie: where the setting says, else beside the SQLite database.
func (g *globals) keyFile() (string, error) {
	if g.Keys != "" {
		return g.Keys, nil
	}
	if strings.HasPrefix(g.DB, "postgres://") {
		return "", fmt.Errorf("name the key file with --keys: a PostgreSQL database has no folder to keep it beside")
	}
	return strings.TrimPrefix(g.DB, "sqlite:") + ".key", nil
}

// protectedFile is where the keys of people with protected identity lie: where the setting says, else beside the key file.
func (g *globals) protectedFile(keys string) string {
	if g.Protected != "" {
		return g.Protected
	}
	return vault.ProtectedBeside(keys)
}

// settle takes those who were protected while the second key file was away to its key.
func (h *house) settle(ctx context.Context) error {
	if !h.vault.Protected() && len(h.areas) > 0 {
		fmt.Fprintln(os.Stderr, "sluss: the key file of people with protected identity is not here: nothing about them can be read, the rest works. Name it with --protected-keys")
		return nil
	}
	for _, a := range h.areas {
		if _, err := h.vault.Settle(ctx, h.store, a.ID); err != nil {
			return err
		}
	}
	return nil
}

// openKeys opens the key files, and makes them when there are none and the database is empty.
func openKeys(path, protected string, empty bool) (*vault.Vault, error) {
	made, err := keyThere(path, empty)
	if err == nil && made {
		err = audit.CreateSigner(signer(path))
	}
	if err == nil && empty {
		_, err = keyThere(protected, true)
	}
	if err != nil {
		return nil, err
	}
	return vault.Open(path, protected)
}

// keyThere makes sure that a key file is there; made tells that it was made for an empty database.
func keyThere(path string, empty bool) (made bool, err error) {
	if _, missing := os.Stat(path); !os.IsNotExist(missing) {
		return false, nil
	}
	if !empty {
		return false, fmt.Errorf("the key file %s is missing; without it nothing about anybody can be read. Put it back, or name it with --keys", path)
	}
	return true, vault.Create(path)
}
