package watch

import "time"

// Keeping tells how what is written is kept: the backups and the drills that read them back.
type Keeping struct {
	Elsewhere bool // the database is backed up with its own tools, and nothing is noted here
	Backup    Note // the last that was made; its At is zero for none
	Drill     Note // the last that was read back whole; its At is zero for none
	NoBackup  bool // none has been made, or the last is too old
	NoDrill   bool // likewise of drills
	Broken    bool // the last drill could not read the backup
	Closed    bool // the key file of people with protected identity is not here
	Notes     []Note
}

// mostNotes is how many notes Keeping gives, newest first.
const mostNotes = 30

// Keeping reads the notes beside the database.
func (w *Watch) Keeping() (k Keeping, err error) {
	if w.Notes == "" {
		return Keeping{Elsewhere: true, Closed: w.Closed}, nil
	}
	k.Closed = w.Closed
	list, err := Noted(w.Notes)
	if err != nil {
		return k, err
	}
	for _, n := range list {
		switch {
		case n.What == Drill:
			if k.Broken = n.Fault != ""; !k.Broken {
				k.Drill = n
			}
		case n.What == Backup:
			k.Backup = n
		}
	}
	now := w.Clock.Now().Time()
	old := func(n Note, limit time.Duration) bool { return n.At.IsZero() || now.Sub(n.At) > limit }
	k.NoBackup, k.NoDrill = old(k.Backup, TooOld), old(k.Drill, DrillTooOld)
	for i := len(list) - 1; i >= max(0, len(list)-mostNotes); i-- {
		k.Notes = append(k.Notes, list[i])
	}
	return k, nil
}
