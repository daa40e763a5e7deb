package audit

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Checkpoint tells what an area's tree was at an instant. Signed, and kept where who can write in the database cannot, it is
// what the log is held against.
type Checkpoint struct {
	Area id.Area
	Size int64
	Root tlog.Hash
	At   clock.Instant
}

const originPrefix = "sluss/log/"

// text is the checkpoint as it is signed: the log's name, its size, its root, and the instant.
func (c Checkpoint) text() string {
	return fmt.Sprintf("%s%s\n%d\n%s\n%s\n", originPrefix, c.Area, c.Size, c.Root, c.At.Time().UTC().Format(time.RFC3339))
}

var errCheckpoint = errors.New("not a checkpoint")

func parseCheckpoint(text string) (c Checkpoint, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 5 || !strings.HasPrefix(lines[0], originPrefix) {
		return c, errCheckpoint
	}
	if err := c.Area.UnmarshalText([]byte(lines[0][len(originPrefix):])); err != nil {
		return c, errCheckpoint
	}
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 1 {
		return c, errCheckpoint
	}
	if c.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return c, errCheckpoint
	}
	at, err := time.Parse(time.RFC3339, lines[3])
	if err != nil {
		return c, errCheckpoint
	}
	c.At = clock.Instant(at.UnixMilli())
	return c, nil
}

// ErrSignature tells that a checkpoint is not signed with a key that is believed.
var ErrSignature = errors.New("the checkpoint is not signed with a known key")

// openCheckpoint reads a signed checkpoint. What it says is given with ErrSignature also, to be compared but not believed.
func openCheckpoint(signed []byte, known note.Verifiers) (Checkpoint, error) {
	n, err := note.Open(signed, known)
	if err == nil {
		return parseCheckpoint(n.Text)
	}
	text, _, _ := strings.Cut(string(signed), "\n\n")
	c, bad := parseCheckpoint(text + "\n")
	var unknown *note.UnverifiedNoteError
	var wrong *note.InvalidSignatureError
	if bad != nil || !errors.As(err, &unknown) && !errors.As(err, &wrong) {
		return c, errCheckpoint
	}
	return c, ErrSignature
}

// follows reads the area's tree of now and makes sure that it goes on from the last checkpoint: nothing is signed that has
// been rolled back or rewritten. fresh is false when nothing has been added.
func follows(ctx context.Context, tx *store.Tx, last Checkpoint) (c Checkpoint, fresh bool, err error) {
	c.Area = last.Area
	if c.Size, c.Root, err = head(ctx, tx, last.Area); err != nil || c.Size == last.Size && c.Root == last.Root {
		return c, false, err
	}
	if c.Size <= last.Size {
		return c, false, fmt.Errorf("%w: it has size %d and another root, and had size %d when it was signed", ErrTree, c.Size, last.Size)
	}
	if last.Size == 0 {
		return c, true, nil
	}
	proof, err := tlog.ProveTree(c.Size, last.Size, tlog.HashReaderFunc(func(numbers []int64) ([]tlog.Hash, error) {
		return hashes(ctx, tx, last.Area, numbers)
	}))
	if err != nil {
		return c, false, err
	}
	if err := tlog.CheckTree(proof, c.Size, c.Root, last.Size, last.Root); err != nil {
		return c, false, fmt.Errorf("%w: at size %d it does not go on from what was signed at size %d", ErrTree, c.Size, last.Size)
	}
	return c, true, nil
}

// sign makes the area's next checkpoint, writes it outside the database, and then keeps it in the database too.
func sign(ctx context.Context, s *store.Store, area id.Area, now clock.Instant, with note.Signer, out *Outside) error {
	last := out.Last(area)
	last.Area = area
	var c Checkpoint
	fresh := false
	err := s.Read(ctx, func(tx *store.Tx) (err error) {
		c, fresh, err = follows(ctx, tx, last)
		return err
	})
	if err != nil || !fresh {
		return err
	}
	c.At = now
	signed, err := note.Sign(&note.Note{Text: c.text()}, with)
	if err != nil {
		return err
	}
	if err := out.add(c, signed); err != nil {
		return err
	}
	return s.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO disclosure_checkpoint (area_id, size, note) VALUES ($1, $2, $3) ON CONFLICT (area_id, size) DO NOTHING`),
			area, c.Size, string(signed))
		return err
	})
}
