// Package practice is how each unit works now: what holds, what changed and why, and from when, with every version kept. It is
// about the work, and about nobody.
package practice

import (
	"strings"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/pnr"
	"sluss/internal/store"
)

// Desk is where the versions are written and read.
type Desk struct {
	Store *store.Store
}

// Version is what a unit once wrote of how it works. It is never changed: what holds instead is a new one.
type Version struct {
	Unit    id.Unit
	No      int // 1 for the first; 0 for none
	Holds   string
	Changed string // since the one before, and why; may be empty in the first
	From    clock.Date
	Post    id.Post // who wrote it
	At      clock.Instant
}

// History is a unit's versions, the newest first. None holds from an earlier day than one that was written before it.
type History []Version

// Newest gives the version that was written last; one with No 0 where there is none.
func (h History) Newest() Version {
	if len(h) == 0 {
		return Version{}
	}
	return h[0]
}

// On parts the versions as of a day: the one that holds, with No 0 where none does yet; those to come, the soonest first; and the
// earlier, the newest first. One that a later version has replaced from its first day is among the earlier: it never held.
func (h History) On(day clock.Date) (now Version, coming, earlier []Version) {
	for i, v := range h {
		switch {
		case i > 0 && h[i-1].From == v.From:
			earlier = append(earlier, v)
		case v.From > day:
			coming = append([]Version{v}, coming...)
		case now.No == 0:
			now = v
		default:
			earlier = append(earlier, v)
		}
	}
	return now, coming, earlier
}

// Draft is a version before it is written. Seen is the newest version that the writer had before them.
type Draft struct {
	Holds, Changed string
	From           clock.Date
	Seen           int
}

// Longest is how many characters each text may have: it is to be read in a few minutes.
const Longest = 3000

// check says what is wrong, by the fields: holds, changed, from.
func (d *Draft) check(newest Version, today clock.Date) error {
	var form fault.Form
	d.Holds, d.Changed = tidy(d.Holds), tidy(d.Changed)
	if d.Holds == "" {
		form.Add("holds", "practice.holds.needed")
	}
	form = append(form, nameless("holds", d.Holds, today)...)
	if d.Changed == "" && newest.No > 0 {
		form.Add("changed", "practice.changed.needed")
	}
	form = append(form, nameless("changed", d.Changed, today)...)
	switch {
	case d.From == "":
		form.Add("from", "practice.from.needed")
	case d.From < newest.From:
		form.Add("from", "practice.from.early", newest.From)
	}
	return form.Err()
}

func tidy(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// nameless refuses what is too long, and what holds a personal number.
func nameless(field, words string, today clock.Date) (form fault.Form) {
	if len([]rune(words)) > Longest {
		form.Add(field, "form.long", Longest)
	}
	if pnr.Within(words, today) {
		form.Add(field, "form.personal")
	}
	return form
}
