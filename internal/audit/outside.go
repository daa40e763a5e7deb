package audit

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"sluss/internal/id"
	"sluss/internal/vault"
)

// Outside is the file outside the database that checkpoints are added to. Nothing in it is ever changed, so it can lie
// where a file may only grow.
type Outside struct {
	path string
	mu   sync.Mutex
	last map[id.Area]Checkpoint
}

// OpenOutside reads the file's last checkpoint of each area; a file that is not there is made with the first checkpoint.
// Those that are not signed with a known key are passed over.
func OpenOutside(path string, known note.Verifiers) (*Outside, error) {
	o := &Outside{path: path, last: map[id.Area]Checkpoint{}}
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return o, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	n := newNotes(f)
	for {
		signed, err := n.next()
		if err != nil {
			return o, n.lines.Err()
		}
		if c, err := openCheckpoint(signed, known); err == nil {
			o.last[c.Area] = c
		}
	}
}

// Last is the area's last checkpoint outside; one of size 0 before the first.
func (o *Outside) Last(area id.Area) Checkpoint {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.last[area]
}

// add writes a checkpoint at the file's end and lets it outlive a power cut.
func (o *Outside) add(c Checkpoint, signed []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	err := o.write(signed)
	if err == nil && c.Size > 0 && o.last[c.Area].Size == 0 {
		err = vault.SyncFolder(filepath.Dir(o.path))
	}
	if err == nil {
		o.last[c.Area] = c
	}
	return err
}

// write adds a note at the file's end, on a line of its own, even after one that was cut off.
func (o *Outside) write(signed []byte) error {
	f, err := os.OpenFile(o.path, os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append([]byte("\n"), signed...))
	return errors.Join(err, f.Sync(), f.Close())
}

// notes goes through the signed checkpoints of a file. Each begins with the name of its log, and ends with the second empty
// line or the next such name, so that one that was cut off takes no other with it.
type notes struct {
	lines *bufio.Scanner
	note  []byte
	empty int // lines of the note
}

func newNotes(r io.Reader) *notes { return &notes{lines: bufio.NewScanner(r)} }

// next gives the next note, well formed or not; io.EOF after the last.
func (n *notes) next() ([]byte, error) {
	for n.lines.Scan() {
		line := n.lines.Bytes()
		done := n.note
		begins := bytes.HasPrefix(line, []byte(originPrefix)) || bytes.HasPrefix(line, []byte(handoverPrefix))
		if begins {
			n.note, n.empty = nil, 0
		}
		if len(line) == 0 {
			n.empty++
		}
		if begins || n.note != nil && n.empty < 2 && len(n.note) < mostNote {
			n.note = append(append(n.note, line...), '\n')
		}
		if begins && done != nil {
			return trimmed(done), nil
		}
	}
	if err := n.lines.Err(); err != nil {
		return nil, err
	}
	if n.note == nil {
		return nil, io.EOF
	}
	last := n.note
	n.note = nil
	return trimmed(last), nil
}

// mostNote bounds a note, so that a file that is something else is not read into memory.
const mostNote = 16 << 10

func trimmed(note []byte) []byte { return append(bytes.TrimRight(note, "\n"), '\n') }
