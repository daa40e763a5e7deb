package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Finding is something in the log that is not as it was left.
type Finding struct {
	Area  id.Area
	First int64  // the position of the first bad row; -1 when it has none
	Last  int64  // as First, or when the tree itself was rewritten the last position that the first bad row may have
	Row   ID     // its id, 0 when it is gone
	What  string // in plain words
}

// Verdict is what a look through the log of an area gives.
type Verdict struct {
	Area        id.Area
	Rows        int64 // with a position
	Waiting     int64 // without one yet
	Checkpoints int64 // in the database
	Outside     int64 // in the file outside
	Covered     int64 // how many rows the last good checkpoint outside covers
	Findings    []Finding
}

// Verify looks through the logs of all areas: the rows against the tree, the tree against the checkpoints in
// the database and those outside, which against opens anew for each area (nil for none), and the index of people against the
// rows, each on one snapshot. Keys that a known key has handed over to are known too. Rows are streamed, so that memory does not grow with the log.
func Verify(ctx context.Context, s *store.Store, known note.Verifiers, against func() (io.ReadCloser, error)) ([]Verdict, error) {
	list, err := areas(ctx, s)
	if err != nil {
		return nil, err
	}
	if against != nil {
		f, err := against()
		if err != nil {
			return nil, err
		}
		known, err = follow(known, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
	}
	var all []Verdict
	for _, a := range list {
		v, err := verifyArea(ctx, s, a, known, against)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

func verifyArea(ctx context.Context, s *store.Store, area id.Area, known note.Verifiers, against func() (io.ReadCloser, error)) (Verdict, error) {
	v := &verifier{ctx: ctx, known: known, Verdict: Verdict{Area: area}}
	if against != nil {
		f, err := against()
		if err != nil {
			return v.Verdict, err
		}
		defer f.Close()
		v.outside = newNotes(f)
	}
	f, err := v.folk(s)
	if err != nil {
		return v.Verdict, err
	}
	v.shown = newShown(f)
	lines := &verifier{ctx: ctx, Verdict: Verdict{Area: area}}
	indexed := newIndexed(f)
	read := make(chan error, 1)
	go func() {
		read <- lines.read(s, func() error { return lines.lines(math.MinInt64, math.MaxInt64, indexed.take) })
	}()
	err = errors.Join(v.read(s, func() error { return v.log(s) }), <-read)
	if err == nil {
		err = v.read(s, func() error { return v.index(indexed) })
	}
	return v.Verdict, err
}

// read has f look at one snapshot.
func (v *verifier) read(s *store.Store, f func() error) error {
	return s.Read(v.ctx, func(tx *store.Tx) error {
		v.tx = tx
		return f()
	})
}

// verifier goes through the log of one area.
type verifier struct {
	Verdict
	ctx     context.Context
	tx      *store.Tx
	known   note.Verifiers
	outside *notes
	next    *Checkpoint // the next of the area's checkpoints outside
	good    int64       // up to this size a checkpoint outside has vouched for the rows
	inside  int64       // and one in the database
	t       tree
	shown   *shownSums // what the rows walked so far make findable
	until   int64      // the last position that the first bad row may have, when only a checkpoint tells of it
	leaf    []byte
}

// errFound ends the walk: what comes after the first bad row tells nothing more.
var errFound = errors.New("found")

func (v *verifier) found(first int64, row ID, what string, args ...any) error {
	last := first
	if v.until > 0 {
		last, v.until = v.until, 0
	}
	v.Findings = append(v.Findings, Finding{v.Area, first, last, row, fmt.Sprintf(what, args...)})
	return errFound
}

const verifyPage = 4096

// log walks the rows in the order of their positions.
func (v *verifier) log(s *store.Store) error {
	err := v.walk(s)
	if errors.Is(err, errFound) {
		err = nil
	}
	v.Rows = v.t.size
	if err != nil {
		return err
	}
	return v.eachRow(rowsWaiting, func(r *row) {
		v.Waiting++
		v.shown.add(r)
	})
}

func (v *verifier) walk(s *store.Store) error {
	size, root, err := head(v.ctx, v.tx, v.Area)
	if errors.Is(err, ErrTree) {
		return v.found(-1, 0, "%v", err)
	}
	if err != nil {
		return err
	}
	if err := v.peek(); err != nil {
		return err
	}
	if err := v.pages(s); err != nil {
		return err
	}
	return v.end(size, root)
}

// leaves is a page of rows, and the checkpoints among them.
type leaves struct {
	rows   []row
	inside []Checkpoint
}

// pages reads rows and stored hashes beside one another, and hashes the rows meanwhile. The hashes are read in a snapshot that
// begins after that of the rows: none of theirs can be missing in it.
func (v *verifier) pages(s *store.Store) error {
	ctx, stop := context.WithCancel(v.ctx)
	defer stop()
	rows, hashes := make(chan leaves, 2), make(chan []tlog.Hash, 2)
	side := &verifier{ctx: v.ctx, Verdict: Verdict{Area: v.Area}}
	kept, over := make(chan error, 1), make(chan error, 1)
	go func() {
		defer close(hashes)
		kept <- side.read(s, func() error { return side.readHashes(ctx, hashes) })
	}()
	go func() {
		c := &compared{from: hashes}
		var err error
		for p := range rows {
			if err == nil {
				if err = v.page(p, c); err != nil {
					stop()
				}
			}
		}
		stop()
		over <- err
	}()
	err := v.readRows(ctx, rows)
	close(rows)
	found := <-over
	return cmp.Or(found, err, <-kept)
}

// readHashes reads the stored hashes in the order of their numbers, until there are no more or nobody asks for them.
func (v *verifier) readHashes(ctx context.Context, to chan<- []tlog.Hash) error {
	for from := int64(0); ; from += verifyPage {
		list, err := v.stored(from, from+verifyPage)
		if err != nil || len(list) == 0 {
			return err
		}
		list = append(list, make([]tlog.Hash, verifyPage-len(list))...) // what is missing is no row's hash
		select {
		case to <- list:
		case <-ctx.Done():
			return v.ctx.Err()
		}
	}
}

// compared are the stored hashes in turn.
type compared struct {
	from <-chan []tlog.Hash
	left []tlog.Hash
}

// next tells whether the hash is the next that is stored.
func (c *compared) next(h tlog.Hash) bool {
	if len(c.left) == 0 {
		if c.left = <-c.from; len(c.left) == 0 {
			return false
		}
	}
	same := c.left[0] == h
	c.left = c.left[1:]
	return same
}

// page adds rows to the tree and holds each hash that they give against the stored one, and the root against the
// checkpoints of that size.
func (v *verifier) page(p leaves, stored *compared) error {
	rows, inside := p.rows, p.inside
	for i := range rows {
		r := &rows[i]
		if r.position < v.t.size {
			return v.found(r.position, r.id, "a row stands at a position that cannot be")
		}
		if r.position > v.t.size {
			return v.found(v.t.size, 0, "the row is gone; the next one stands at %d", r.position)
		}
		same := true
		v.leaf = r.leaf(v.leaf[:0], v.Area)
		v.t.add(tlog.RecordHash(v.leaf), func(h tlog.Hash) {
			same = stored.next(h) && same
		})
		if !same {
			return v.found(r.position, r.id, "the row, or its place, is not what the tree holds")
		}
		v.shown.add(r)
		for v.next != nil && v.next.Size == v.t.size {
			if err := v.holds(*v.next, "outside", v.good); err != nil {
				return err
			}
			v.good, v.Covered = v.t.size, v.t.size
			if err := v.peek(); err != nil {
				return err
			}
		}
		for len(inside) > 0 && inside[0].Size == v.t.size {
			if err := v.holds(inside[0], "in the database", max(v.good, v.inside)); err != nil {
				return err
			}
			inside, v.inside = inside[1:], v.t.size
		}
	}
	return nil
}

// holds compares a checkpoint with the tree at its size. Up to good another one has vouched for the rows.
func (v *verifier) holds(c Checkpoint, where string, good int64) error {
	switch c.Root {
	case tlog.Hash{}:
		return v.found(-1, 0, "the checkpoint %s of size %d is not signed with a known key", where, c.Size)
	case v.t.root():
		return nil
	}
	v.until = c.Size - 1
	return v.found(good, 0, "the rows and the tree were rewritten: the checkpoint %s of %s has another root", where,
		c.At.Time().Format("2006-01-02 15:04:05"))
}

// end holds the walk's end against the head, the stored hashes and the checkpoints that are left.
func (v *verifier) end(size int64, root tlog.Hash) error {
	n := v.t.size
	last, err := v.checkpoints(n, math.MaxInt64)
	if err != nil {
		return err
	}
	if v.next != nil && (len(last) == 0 || v.next.Size > last[len(last)-1].Size) {
		last = append(last, *v.next)
	}
	if len(last) > 0 {
		c := last[len(last)-1]
		return v.found(n, 0, "the row and those after it are gone: the log ends here, and had at least %d rows on %s", c.Size, c.At.Time().Format("2006-01-02 15:04:05"))
	}
	if n < size {
		return v.found(n, 0, "the row is gone: the tree holds %d rows", size)
	}
	if n > size {
		return v.found(size, 0, "the tree holds %d rows, and the log %d", size, n)
	}
	if n > 0 && v.t.root() != root {
		return v.found(-1, 0, "the tree's root is not that of its rows")
	}
	var extra int64
	err = v.tx.One(v.ctx, store.Q(`SELECT count(*) FROM disclosure_hash WHERE area_id = $1 AND (number < 0 OR number >= $2)`),
		[]any{v.Area, tlog.StoredHashCount(n)}, &extra)
	if err == nil && extra > 0 {
		return v.found(n, 0, "the row and those after it are gone: %d hashes belong to no row", extra)
	}
	return err
}

// stored reads the hashes with the numbers from up to to; fewer when some are missing at the end, none after a gap. What is no
// hash is given as one that no row has.
func (v *verifier) stored(from, to int64) ([]tlog.Hash, error) {
	at := from
	return store.All(v.ctx, v.tx, store.Q(`SELECT number, hash FROM disclosure_hash WHERE area_id = $1 AND number >= $2 AND number < $3 ORDER BY number`),
		[]any{v.Area, from, to}, func(c *store.Cursor) (h tlog.Hash, err error) {
			n, h, err := scanHash(c)
			if errors.Is(err, ErrTree) {
				h, err = tlog.Hash{}, nil
			}
			if n != at { // no hash of a row is all zero
				h = tlog.Hash{}
			} else {
				at++
			}
			return h, err
		})
}

// checkpoints reads those in the database with a size over from and up to to, and their signatures.
func (v *verifier) checkpoints(from, to int64) ([]Checkpoint, error) {
	if from == 0 {
		from = math.MinInt64
	}
	type kept struct {
		size int64
		note []byte
	}
	list, err := store.All(v.ctx, v.tx, store.Q(`SELECT size, note FROM disclosure_checkpoint WHERE area_id = $1 AND size > $2 AND size <= $3 ORDER BY size`),
		[]any{v.Area, from, to}, func(c *store.Cursor) (k kept, err error) {
			var text string
			err = c.Scan(&k.size, &text)
			k.note = []byte(text)
			return k, err
		})
	if err != nil {
		return nil, err
	}
	all := make([]Checkpoint, 0, len(list))
	for _, k := range list {
		c, err := openCheckpoint(k.note, v.known)
		if err != nil || c.Area != v.Area || c.Size != k.size {
			c = Checkpoint{Area: v.Area, Size: k.size} // no root: holds tells of it in its turn
		} else {
			v.Checkpoints++
		}
		all = append(all, c)
	}
	return all, nil
}

// peek goes on to the area's next checkpoint outside. One that was cut off is passed over.
func (v *verifier) peek() error {
	before := v.next
	v.next = nil
	for v.outside != nil {
		signed, err := v.outside.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		c, err := openCheckpoint(signed, v.known)
		if errors.Is(err, errCheckpoint) || c.Area != v.Area {
			continue
		}
		if err != nil {
			c.Root = tlog.Hash{} // holds tells of it in its turn
		} else {
			v.Outside++
		}
		if before != nil && c.Size < before.Size {
			return v.found(c.Size, 0, "the log was rolled back: the checkpoint outside of %s has size %d after one of size %d",
				c.At.Time().Format("2006-01-02 15:04:05"), c.Size, before.Size)
		}
		v.next = &c
		return nil
	}
	return nil
}
