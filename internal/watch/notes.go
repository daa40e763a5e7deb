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
	At    time.Time `json:"at"`
	What  string    `json:"what"` // backup or drill
	File  string    `json:"file"`
	Bytes int64     `json:"bytes"`
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

// Last gives the last note of each kind; none for a file that is not there.
func Last(file string) (map[string]Note, error) {
	last := map[string]Note{}
	f, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) || file == "" {
		return last, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var n Note
		if json.Unmarshal(lines.Bytes(), &n) == nil {
			last[n.What] = n
		}
	}
	return last, lines.Err()
}
