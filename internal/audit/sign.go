package audit

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"sluss/internal/vault"
)

// signerName is the name that checkpoints are signed with; keys of the same name are told apart by their hash.
const signerName = "sluss-log"

// PublicKey is where the public half of the signing key lies: each line a key whose checkpoints are believed.
func PublicKey(path string) string { return path + ".pub" }

// CreateSigner makes the key that checkpoints are signed with: the secret half at the path, for its owner only, and the
// public half beside it. It writes over nothing.
func CreateSigner(path string) error {
	secret, public, err := note.GenerateKey(rand.Reader, signerName)
	if err != nil {
		return err
	}
	if err := fresh(path, 0o400, secret); err != nil {
		return err
	}
	return fresh(PublicKey(path), 0o444, public)
}

func fresh(path string, mode os.FileMode, line string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, line)
	return errors.Join(err, f.Sync(), f.Close(), vault.SyncFolder(filepath.Dir(path)))
}

// OpenSigner reads the secret half. It refuses a file that others than its owner can read.
func OpenSigner(path string) (note.Signer, error) {
	b, err := vault.ReadSecret(path)
	if err != nil {
		return nil, err
	}
	s, err := note.NewSigner(strings.TrimSpace(string(b)))
	if err != nil {
		return nil, fmt.Errorf("%s is not a signing key: %w", path, err)
	}
	return s, nil
}

// OpenVerifiers reads the public keys of a file, one a line.
func OpenVerifiers(path string) (note.Verifiers, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var list []note.Verifier
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		v, err := note.NewVerifier(line)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		list = append(list, v)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s holds no key", path)
	}
	return note.VerifierList(list...), nil
}
