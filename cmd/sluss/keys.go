package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"filippo.io/age"

	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type keysCmd struct {
	List   keysListCmd   `cmd:"" help:"List the keys: those of the key file, and whether they open each area."`
	Make   keysMakeCmd   `cmd:"" help:"Make the pair of keys that backups are encrypted with."`
	Rotate keysRotateCmd `cmd:"" help:"Take the database over to new keys; the old ones then open nothing in it."`
	Renew  keysRenewCmd  `cmd:"" help:"Give one person a new key, and seal by it all that is written about them."`
	LogNew keysLogNewCmd `cmd:"" name:"log-new" help:"Make a new key to sign the log's checkpoints with, handed over by the old one."`
}

type keysListCmd struct{}

// Help gives the example.
func (keysListCmd) Help() string {
	return "Shows what keys there are, never a key.\n\nExample: sluss keys list"
}

// keyRow is a key as commands answer with it.
type keyRow struct {
	What  string `json:"what"` // file or area; protected or area-protected of people with protected identity; area-index finds numbers
	ID    string `json:"id"`
	State string `json:"state"`
	Use   string `json:"use"`
}

func (r keyRow) String() string { return r.What + "\t" + r.ID + "\t" + r.State + "\t" + r.Use }

// Run lists the keys. It ends with exitWrong when an area does not open, or not to its protected people.
func (keysListCmd) Run(g *globals) error {
	path, err := g.keyFile()
	if err != nil {
		return err
	}
	h, err := g.look(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	if h.vault == nil {
		return fmt.Errorf("the key file %s cannot be opened", path)
	}
	rows := []keyRow{}
	for _, k := range h.vault.Keys() {
		rows = append(rows, keyRow{"file", fmt.Sprint(k.ID), k.State, k.Kind})
	}
	for _, k := range h.vault.ProtectedKeys() {
		rows = append(rows, keyRow{"protected", fmt.Sprint(k.ID), k.State, k.Kind})
	}
	wrong := false
	err = h.store.Read(g.ctx, func(tx *store.Tx) error {
		for _, a := range h.areas {
			state, protected := "opens", "opens"
			if !h.vault.Protected() {
				protected = "key file missing"
			}
			keys, err := h.vault.Area(g.ctx, tx, a.ID)
			if err != nil {
				state, protected = "does not open", "does not open"
			}
			wrong = wrong || state != protected || state != "opens"
			rows = append(rows, keyRow{"area", a.Municipality, state, a.Name}, keyRow{"area-protected", a.Municipality, protected, a.Name})
			if keys != nil {
				rows = append(rows, keyRow{"area-index", a.Municipality, "opens", fmt.Sprintf("%d keys, one over the other", keys.Layers())})
			}
		}
		return nil
	})
	if err = errors.Join(err, list(g, rows)); err == nil && wrong {
		return errWrong
	}
	return err
}

type keysMakeCmd struct {
	File string `arg:"" help:"Where the identity, which opens backups, is written; it must not be there."`
}

// Help gives the example.
func (keysMakeCmd) Help() string {
	return `Writes the identity to FILE and the recipient to FILE.pub. Keep the identity away from the machine that serves: it is needed
only to restore. The recipient can lie open.

Example: sluss keys make backup-key`
}

// Run makes the pair. The keys hold against quantum computers also, since backups are kept long.
func (c keysMakeCmd) Run(g *globals) error {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return err
	}
	if err := fresh(c.File, 0o400, id.String()); err != nil {
		return err
	}
	if err := fresh(c.File+".pub", 0o444, id.Recipient().String()); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s opens backups: move it away from this machine. %s.pub makes them: sluss backup FILE --to %s.pub\n", c.File, c.File, c.File)
	return g.tell(map[string]string{"identity": c.File, "recipient": c.File + ".pub"}, c.File+".pub")
}

type keysRotateCmd struct {
	Old       string `arg:"" help:"Where the key file as it was is kept; it must not be there."`
	Protected bool   `help:"Rotate the key file of people with protected identity in place of the other."`
	Renew     bool   `help:"Somebody may have had the database and the key file: make every person a new key too, and find numbers by a new one."`
}

// Help gives the example.
func (keysRotateCmd) Help() string {
	return `A new key in the key file, a new master key for each area, and every person's key wrapped anew. Stop sluss serve first. It may be
stopped at any time, also by a power cut: give the same command again and it goes on. What is written about people is not sealed
anew, and the key that finds personal numbers stays: enough once a year.

With --renew each person, and all else that has a key of its own, gets a key that nobody has seen, and what is written is sealed by that; a
new key is laid over what numbers, letters and accounts are found by, and they work as before. That is for when somebody may have had both the
database and the key file. What is kept for those whose session ended while they wrote is gone.

OLD opens backups that were made before: keep it as long as they are kept, away from this machine. Copy the new key file to its safe
place before sluss serve is started again.

The two key files are rotated each by itself.

Examples:
  sluss --db gateway.db keys rotate /safe/gateway.db.key.2026-11
  sluss --db gateway.db keys rotate --protected /other-safe/gateway.db.key.protected.2026-11
  sluss --db gateway.db keys rotate --renew /safe/gateway.db.key.2026-11`
}

// Run rotates, and tells how far it is.
func (c keysRotateCmd) Run(g *globals) error {
	file, err := g.keyFile()
	if err != nil {
		return err
	}
	if c.Protected {
		file = g.protectedFile(file)
	}
	h, err := g.open(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	told := time.Now()
	r := vault.Rotation{Store: h.store, File: file, Protected: c.Protected, Renew: c.Renew, Old: c.Old, Told: func(total int) {
		if time.Since(told) > 2*time.Second {
			told = time.Now()
			fmt.Fprintf(os.Stderr, "%d keys wrapped anew\n", total)
		}
	}}
	n, err := r.Run(g.ctx)
	if vault.Exists(err) {
		return fmt.Errorf("%w\nName another place. (If a rotation to it was stopped at its very end it is done: sluss keys list then shows one key)", err)
	}
	if err != nil {
		return fmt.Errorf("%w\nEverything can still be opened. Give the same command again to go on", err)
	}
	fmt.Fprintf(os.Stderr, "copy %s to its safe place now; %s opens only backups that were made before\n", file, c.Old)
	return g.tell(map[string]any{"areas": len(h.areas), "wrapped": n, "old": c.Old}, fmt.Sprintf("areas: %d\nkeys wrapped anew: %d", len(h.areas), n))
}

type keysRenewCmd struct {
	Person string `arg:"" help:"The person, as the address of their page ends: the part after /arbete/person/."`
}

// Help gives the example.
func (keysRenewCmd) Help() string {
	return `For when somebody may have got hold of one person's key. All that is written about them is sealed anew in one change: whole, or not at all.
Stop sluss serve first. Backups made before keep the key of before.

Example: sluss --db gateway.db keys renew 3kq9x2m7p4`
}

// Run renews.
func (c keysRenewCmd) Run(g *globals) error {
	who, err := id.ParsePerson(c.Person)
	if err != nil {
		return fmt.Errorf("%q is no person: it is what the address of their page ends with", c.Person)
	}
	h, err := g.open(g.ctx)
	if err != nil {
		return err
	}
	defer h.store.Close()
	for _, a := range h.areas {
		texts, err := h.vault.Renew(g.ctx, h.store, a.ID, who)
		if store.None(err) {
			continue
		}
		if err != nil {
			return err
		}
		return g.tell(map[string]any{"texts": texts}, fmt.Sprintf("texts sealed anew: %d", texts))
	}
	return fmt.Errorf("there is no person %s here, or what was written about them is destroyed", c.Person)
}

type keysLogNewCmd struct{}

// Help gives the example.
func (keysLogNewCmd) Help() string {
	return `The old key signs, in the file of checkpoints, that the new one goes on after it; then it is gone. sluss verify follows the chain from
any earlier public key. Restart sluss serve afterwards, and give the new public key to those who keep copies of the checkpoints.

Example: sluss --db gateway.db keys log-new`
}

// Run makes the new key and prints its public half.
func (keysLogNewCmd) Run(g *globals) error {
	keys, err := g.keyFile()
	if err != nil {
		return err
	}
	file, err := g.checkpoints()
	if err != nil {
		return err
	}
	public, err := audit.RenewSigner(signer(keys), file, clock.Clock(clock.System).Now())
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "the new key signs from the next start of sluss serve on")
	return g.tell(map[string]string{"public": public}, public)
}

// fresh writes a line to a file that was not there.
func fresh(path string, mode os.FileMode, line string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, line)
	return errors.Join(err, f.Sync(), f.Close())
}
