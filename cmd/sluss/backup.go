package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/note"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/backup"
	"sluss/internal/clock"
	"sluss/internal/person"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/vault"
	"sluss/internal/watch"
)

type backupCmd struct {
	File           string   `arg:"" help:"The file to write; it must not be there."`
	To             []string `help:"Who can read it: a recipient, as age1…, or a file of recipients. See: sluss keys make." placeholder:"RECIPIENT|FILE"`
	PassphraseFile string   `help:"A file with a passphrase, in place of --to." placeholder:"FILE"`
	KeysDays       int      `help:"For how many days files of keys in the same folder are kept; 0 leaves them." default:"35"`
}

// Help gives the example.
func (backupCmd) Help() string {
	return `Makes an encrypted copy while the program serves, and checks it. The key file is not in it: keep a copy of that by itself.

People's own keys, wrapped, are in a small file beside it, FILE.keys, and not in FILE. Any such file that is as old as a backup, or newer,
restores it: so those of before are removed from the folder after 35 days, and then nobody can read who has been weeded since, however old a backup is.
That is done for names that end with .age.keys.

Example: sluss --db gateway.db backup /backup/2026-11-21.age --to backup-key.pub`
}

// Run makes the backup.
func (c backupCmd) Run(g *globals) error {
	to, err := c.recipients()
	if err != nil {
		return err
	}
	if strings.HasPrefix(g.DB, "postgres") {
		return errors.New("PostgreSQL is backed up with its own tools; see docs/runbooks/postgres-backup.md")
	}
	if err := g.there(); err != nil {
		return err
	}
	s, err := store.Open(g.ctx, g.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	now := clock.System()
	m, err := backup.Write(g.ctx, s, c.File, version, now, to...)
	if err != nil {
		return err
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return err
	}
	if c.KeysDays > 0 {
		gone, err := backup.DropKeys(filepath.Dir(c.File), backup.KeysBeside(c.File), time.Duration(c.KeysDays)*24*time.Hour, now)
		for _, file := range gone {
			fmt.Fprintln(os.Stderr, "removed, since it is old:", file)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "sluss: the backup is made, but old files of keys could not be removed:", err)
		}
	}
	if err := (watch.Note{At: m.At, What: watch.Backup, File: c.File, Bytes: info.Size()}).Add(g.notes()); err != nil {
		fmt.Fprintln(os.Stderr, "sluss: the backup is made, but could not be noted beside the database:", err)
	}
	return g.tell(m, fmt.Sprintf("%s\tschema %d\t%d rows\t%d bytes", c.File, m.Schema, sum(m.Rows), info.Size()))
}

func sum(rows map[string]int64) (n int64) {
	for _, r := range rows {
		n += r
	}
	return n
}

func (c backupCmd) recipients() ([]age.Recipient, error) {
	if (len(c.To) == 0) == (c.PassphraseFile == "") {
		return nil, errors.New("say who can read the backup: --to RECIPIENT or --passphrase-file FILE; sluss keys make makes a recipient")
	}
	if c.PassphraseFile != "" {
		pass, err := passphrase(c.PassphraseFile)
		if err != nil {
			return nil, err
		}
		r, err := age.NewScryptRecipient(pass)
		return []age.Recipient{r}, err
	}
	var all []age.Recipient
	for _, to := range c.To {
		text := to
		if !strings.HasPrefix(to, "age1") {
			b, err := os.ReadFile(to)
			if err != nil {
				return nil, err
			}
			text = string(b)
		}
		list, err := age.ParseRecipients(strings.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("--to %.20s…: %w", to, err)
		}
		all = append(all, list...)
	}
	return all, nil
}

// passphrase reads a secret of at least 15 characters from a file that only its owner can read.
func passphrase(file string) (string, error) {
	b, err := secret(file)
	if err != nil {
		return "", err
	}
	pass := strings.TrimRight(string(b), "\r\n")
	if len([]rune(pass)) < 15 {
		return "", fmt.Errorf("the passphrase in %s is shorter than 15 characters", file)
	}
	return pass, nil
}

// secret reads a file that only its owner may be able to read.
func secret(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s can be read by others; run: chmod 400 %s", file, file)
	}
	return os.ReadFile(file)
}

type restoreCmd struct {
	File           string `arg:"" help:"The backup."`
	Identity       string `help:"The identity file that opens it." placeholder:"FILE"`
	PassphraseFile string `help:"A file with its passphrase, in place of --identity." placeholder:"FILE"`
	KeyBackup      string `help:"The file of keys, when it is not FILE.keys: any that is as old as the backup, or newer." placeholder:"FILE"`
	Drill          bool   `help:"Read it back whole, check it, throw it away, and note it beside --db."`
}

// Help gives the examples.
func (restoreCmd) Help() string {
	return `Puts a backup back as the new database --db, which must not be there, after checking all of it. With the key file at hand
(beside the database, or --keys) it is also tried on every area. A drill signs in too, in the copy that is thrown away: in each area as somebody
drawn by chance who has a post, and as a participant drawn by chance, whose sealed name must open.

Examples:
  sluss --db new.db --keys gateway.db.key restore /backup/2026-11-21.age --identity backup-key
  sluss --db new.db --keys gateway.db.key restore /backup/2026-02-01.age --key-backup /backup/2026-11-21.age.keys --identity backup-key
  sluss --db gateway.db restore /backup/2026-11-21.age --identity backup-key --drill`
}

// restored is what a command answers with.
type restored struct {
	backup.Manifest
	Keys      string `json:"keys"`      // open, or missing when there was no key file to try
	Protected string `json:"protected"` // likewise of people with protected identity
	People    int    `json:"people"`    // whose key opened
	Texts     int    `json:"texts"`     // that were sealed and opened
	Without   int    `json:"without"`   // people weeded since: their keys are in the file of keys no more
	SignedIn  int    `json:"signed_in"` // of a drill: areas where somebody could sign in and read their name
	Logged    int64  `json:"logged"`    // rows of the log, which are as its tree says
}

// Run restores, or makes a drill of it.
func (c restoreCmd) Run(g *globals) error {
	with, err := c.identity()
	if err != nil {
		return err
	}
	if strings.HasPrefix(g.DB, "postgres") {
		return errors.New("a backup file is restored as a SQLite database; for PostgreSQL see docs/runbooks/postgres-backup.md")
	}
	keys, err := g.keyFile()
	if err != nil {
		return err
	}
	target := strings.TrimPrefix(g.DB, "sqlite:")
	if c.Drill {
		dir, err := os.MkdirTemp(filepath.Dir(target), ".drill-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		target = filepath.Join(dir, "drill.db")
	}
	if c.KeyBackup == "" {
		c.KeyBackup = backup.KeysBeside(c.File)
	}
	m, without, err := backup.Read(g.ctx, c.File, c.KeyBackup, target, with)
	r := restored{Manifest: m, Without: without}
	if err == nil {
		r.Logged, err = tryLog(g, target)
	}
	if err == nil {
		var n vault.Tried
		if r.Keys, r.Protected, n, err = tryKeys(g, target, keys); errors.Is(err, vault.ErrSealed) {
			err = fmt.Errorf("%w\nWere all keys made anew after the backup was made (keys rotate --renew)? Then take a file of keys, and the key files, from before", err)
		}
		r.People, r.Texts = n.People, n.Texts
	}
	if err == nil && c.Drill && r.Keys == keysOpen {
		r.SignedIn, err = trySignIn(g, target, keys)
	}
	if c.Drill {
		n := watch.Note{At: clock.System().UTC(), What: watch.Drill, File: c.File, Bytes: m.Bytes, SignedIn: r.SignedIn}
		if err != nil {
			n.Fault = err.Error()
		}
		err = errors.Join(err, n.Add(g.notes()))
	}
	if err != nil {
		return err
	}
	line := fmt.Sprintf("made %s\tschema %d\t%d rows\t%d rows of the log\t%d people\t%d texts\tkeys %s\tprotected keys %s", m.At.Format("2006-01-02 15:04:05Z07:00"), m.Schema, sum(m.Rows), r.Logged,
		r.People, r.Texts, r.Keys, r.Protected)
	if r.Without > 0 {
		line += fmt.Sprintf("\t%d people have been weeded since, and are destroyed when the program starts", r.Without)
	}
	if c.Drill {
		line += fmt.Sprintf("\tsigned in in %d areas", r.SignedIn)
	}
	return g.tell(r, line)
}

func (c restoreCmd) identity() (age.Identity, error) {
	if (c.Identity == "") == (c.PassphraseFile == "") {
		return nil, errors.New("say what opens the backup: --identity FILE or --passphrase-file FILE")
	}
	if c.PassphraseFile != "" {
		pass, err := passphrase(c.PassphraseFile)
		if err != nil {
			return nil, err
		}
		return age.NewScryptIdentity(pass)
	}
	b, err := secret(c.Identity)
	if err != nil {
		return nil, err
	}
	list, err := age.ParseIdentities(strings.NewReader(string(b)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Identity, err)
	}
	if len(list) != 1 {
		return nil, fmt.Errorf("%s holds %d identities; one is wanted", c.Identity, len(list))
	}
	return list[0], nil
}

// The states of a key file that a restored database was tried with.
const (
	keysOpen    = "open"
	keysMissing = "missing"
)

// tryLog holds the log of the database against its own tree, and gives how many rows it has.
func tryLog(g *globals, db string) (rows int64, err error) {
	s, err := store.Open(g.ctx, db)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	list, err := audit.Verify(g.ctx, s, note.VerifierList(), nil)
	for _, v := range list {
		if rows += v.Rows + v.Waiting; len(v.Findings) > 0 {
			err = errors.Join(err, fmt.Errorf("the log of area %s is not as it was left: %s", v.Area, v.Findings[0].What))
		}
	}
	return rows, err
}

// tryKeys opens every area of the database, the key of everybody in it and all that is sealed, with the key files that are here.
func tryKeys(g *globals, db, keys string) (all, protected string, tried vault.Tried, err error) {
	if _, err := os.Stat(keys); err != nil {
		fmt.Fprintf(os.Stderr, "The key file %s is not here, so the areas were not opened. Nothing about anybody can be read until it is back.\n", keys)
		return keysMissing, keysMissing, tried, nil
	}
	v, err := vault.Open(keys, g.protectedFile(keys))
	if err != nil {
		return "", "", tried, err
	}
	s, err := store.Open(g.ctx, db)
	if err != nil {
		return "", "", tried, err
	}
	defer s.Close()
	h := &house{store: s, vault: v}
	if err := h.readAreas(g.ctx); err != nil {
		return "", "", tried, err
	}
	if protected = keysOpen; !v.Protected() {
		protected = keysMissing
		fmt.Fprintf(os.Stderr, "The key file %s is not here: nothing about people with protected identity can be read until it is back.\n", g.protectedFile(keys))
	}
	for _, a := range h.areas {
		n, err := v.Tries(g.ctx, s, a.ID)
		tried.People += n.People
		if tried.Texts += n.Texts; err != nil {
			return "", "", tried, err
		}
	}
	return keysOpen, protected, tried, nil
}

// trySignIn signs in on a copy of the database, in each area as one who has a post and as a participant, both drawn by chance, and has the
// participant read their own name. It gives in how many areas that went well; one where there is nobody yet is not counted.
func trySignIn(g *globals, db, keys string) (areas int, err error) {
	v, err := vault.Open(keys, g.protectedFile(keys))
	if err != nil {
		return 0, err
	}
	s, err := store.Open(g.ctx, db)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	h := &house{store: s, vault: v}
	if err := h.readAreas(g.ctx); err != nil {
		return 0, err
	}
	d := &signin.Desk{Store: s, Vault: v, Clock: clock.System}
	for _, a := range h.areas {
		some, err := d.Drill(g.ctx, a.ID, func(ctx context.Context, tx *store.Tx, me *access.Actor, own access.Access) error {
			name, err := person.GivenName(ctx, tx, me, own)
			if err == nil && name == "" {
				err = errors.New("the name of one who signs in is empty")
			}
			return err
		})
		if err != nil {
			return areas, fmt.Errorf("sign in to area %s: %w", a.ID, err)
		}
		if some {
			areas++
		}
	}
	return areas, nil
}
