package watch

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"time"
)

// Note is a line about a backup that was made, or a drill that read one back.
type Note struct {
	At       time.Time `json:"at"`
	What     string    `json:"what"` // backup or drill
	File     string    `json:"file"`
	Bytes    int64     `json:"bytes"`
	SignedIn int       `json:"signed_in,omitempty"` // of a drill: in how many areas somebody could sign in and read their name
	Fault    string    `json:"fault,omitempty"`     // why the drill could not read it back; "" when it could
}

// What a note is about.
const (
	Backup = "backup"
	Drill  = "drill"
)

// Add writes a note at the end of the file.
func (n Note) Add(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	b, err := json.Marshal(n)
	if err != nil {
		return errors.Join(err, f.Close())
	}
	_, err = f.Write(append(b, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// TooOld is when the last backup is too old: a night was missed. DrillTooOld is that of a drill.
const (
	TooOld      = 36 * time.Hour
	DrillTooOld = 8 * 24 * time.Hour
)

// Noted gives the notes, oldest first; none for a file that is not there. A line that cannot be read is left out.
func Noted(file string) (list []Note, err error) {
	f, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) || file == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var n Note
		if json.Unmarshal(lines.Bytes(), &n) == nil {
			list = append(list, n)
		}
	}
	return list, lines.Err()
}

// Last gives the last note of each kind that tells of something that went well.
func Last(file string) (map[string]Note, error) {
	list, err := Noted(file)
	last := map[string]Note{}
	for _, n := range list {
		if n.Fault == "" {
			last[n.What] = n
		}
	}
	return last, err
}
