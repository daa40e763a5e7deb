package audit

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"sluss/internal/clock"
	"sluss/internal/vault"
)

// handoverPrefix begins a note by which one signing key says which key goes on after it.
const handoverPrefix = "sluss/key/"

// RenewSigner makes a new signing key at the path in place of the one there. The old key signs that the new one goes on after it,
// and that is added to the file of checkpoints first: whoever holds the old public key alone can follow the chain. The old
// secret is then gone. It gives the new public key. A process that serves goes on with the old key until it starts again.
func RenewSigner(path, checkpoints string, now clock.Instant) (public string, err error) {
	old, err := OpenSigner(path)
	if err != nil {
		return "", err
	}
	secret, public, err := note.GenerateKey(rand.Reader, signerName)
	if err != nil {
		return "", err
	}
	signed, err := note.Sign(&note.Note{Text: handoverText(public, now)}, old)
	if err != nil {
		return "", err
	}
	known, err := os.ReadFile(PublicKey(path))
	if err != nil {
		return "", err
	}
	if err := (&Outside{path: checkpoints}).write(signed); err != nil {
		return "", err
	}
	if err := replace(PublicKey(path), 0o444, strings.TrimSpace(string(known))+"\n"+public); err != nil {
		return "", err
	}
	return public, replace(path, 0o400, secret)
}

func handoverText(public string, now clock.Instant) string {
	return fmt.Sprintf("%shandover\n%s\n%s\n", handoverPrefix, public, now.Time().UTC().Format(time.RFC3339))
}

// replace puts a file with the line in place of the one at the path, whole or not at all.
func replace(path string, mode os.FileMode, line string) error {
	next := path + ".new"
	if err := os.Remove(next); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := fresh(next, mode, line); err != nil {
		return err
	}
	return errors.Join(os.Rename(next, path), vault.SyncFolder(filepath.Dir(path)))
}

// chain is the keys that are known, and those that they have handed over to.
type chain struct{ known, next note.Verifiers }

// Verifier gives the key of a name and hash.
func (c chain) Verifier(name string, hash uint32) (note.Verifier, error) {
	if v, err := c.known.Verifier(name, hash); err == nil {
		return v, nil
	}
	return c.next.Verifier(name, hash)
}

// follow adds to the known keys those that they hand over to in a file of checkpoints, one after the other.
func follow(known note.Verifiers, file io.Reader) (note.Verifiers, error) {
	n := newNotes(file)
	for {
		signed, err := n.next()
		if err == io.EOF {
			return known, nil
		}
		if err != nil {
			return nil, err
		}
		if next, ok := handedOver(signed, known); ok {
			known = chain{known, note.VerifierList(next)}
		}
	}
}

// handedOver is the key that a hand-over names, if it is signed with a known one.
func handedOver(signed []byte, known note.Verifiers) (note.Verifier, bool) {
	if known == nil || !strings.HasPrefix(string(signed), handoverPrefix) {
		return nil, false
	}
	n, err := note.Open(signed, known)
	if err != nil {
		return nil, false
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 3 {
		return nil, false
	}
	v, err := note.NewVerifier(lines[1])
	return v, err == nil
}
