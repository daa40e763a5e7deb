package audit_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluss/internal/audit"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// renew makes a new signing key, and has the log kept with it from now on.
func (k *site) renew(t *testing.T) {
	t.Helper()
	if _, err := audit.RenewSigner(k.keyFile, k.file, k.world.Now()); err != nil {
		t.Fatal(err)
	}
	var err error
	if k.Signer, err = audit.OpenSigner(k.keyFile); err != nil {
		t.Fatal(err)
	}
	if k.known, err = audit.OpenVerifiers(audit.PublicKey(k.keyFile)); err != nil {
		t.Fatal(err)
	}
	k.reopen(t)
}

func TestTheChainOfKeysIsFollowedFromTheFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		k := kept(t, s)
		first := k.known
		for range 3 {
			k.grow(t, 10)
			k.renew(t)
		}
		k.grow(t, 10)
		newest := k.known
		k.known = first
		if v := k.verdict(t); len(v.Findings) != 0 || v.Covered != k.size(t) || v.Outside != 4 {
			t.Errorf("with the first key alone: %+v", v)
		}
		k.known = newest
		if v := k.verdict(t); len(v.Findings) != 0 || v.Covered != k.size(t) {
			t.Errorf("with all keys: %+v", v)
		}
	})
}

func TestAKeyThatNobodyHandedOverToIsNotBelieved(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	k := kept(t, s)
	first := k.known
	k.grow(t, 10)
	k.renew(t)
	k.grow(t, 10)
	whole, err := os.ReadFile(k.file)
	if err != nil {
		t.Fatal(err)
	}
	from := bytes.Index(whole, []byte("sluss/key/"))
	to := from + bytes.Index(whole[from:], []byte("sluss/log/"))
	stranger := filepath.Join(t.TempDir(), "stranger")
	if err := audit.CreateSigner(stranger); err != nil {
		t.Fatal(err)
	}
	forged := stranger + ".checkpoints" // a hand-over to the same new key, signed by somebody else
	if _, err := audit.RenewSigner(stranger, forged, k.world.Now()); err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(forged)
	if err != nil {
		t.Fatal(err)
	}
	k.known = first
	for name, hand := range map[string][]byte{"no hand-over": nil, "a stranger's hand-over": theirs, "a hand-over that was edited": bytes.Replace(whole[from:to], []byte("handover"), []byte("Handover"), 1)} {
		file := append(append(append([]byte{}, whole[:from]...), hand...), '\n')
		if err := os.WriteFile(k.file, append(file, whole[to:]...), 0o600); err != nil {
			t.Fatal(err)
		}
		if v := k.verdict(t); len(v.Findings) == 0 || !strings.Contains(v.Findings[0].What, "known key") {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

func TestRenewingLeavesOneSecretAndBothPublicKeys(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	k := kept(t, s)
	k.grow(t, 3)
	before, _ := os.ReadFile(k.keyFile)
	k.renew(t)
	after, err := os.ReadFile(k.keyFile)
	if err != nil || bytes.Equal(before, after) {
		t.Fatalf("the key is the same: %v", err)
	}
	public, _ := os.ReadFile(audit.PublicKey(k.keyFile))
	if n := strings.Count(strings.TrimSpace(string(public)), "\n") + 1; n != 2 {
		t.Errorf("%d public keys", n)
	}
	files, _ := filepath.Glob(k.keyFile + "*")
	for _, f := range files {
		b, _ := os.ReadFile(f)
		if bytes.Contains(b, bytes.TrimSpace(before)) {
			t.Errorf("the old secret lies in %s", f)
		}
	}
	k.grow(t, 3)
	if v := k.verdict(t); len(v.Findings) != 0 || v.Covered != k.size(t) {
		t.Errorf("%+v", v)
	}
}
