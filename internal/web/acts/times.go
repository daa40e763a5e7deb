package acts

import (
	"slices"

	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// Times is when the person is expected in activities, how it has been, and where they say that they do not come.
type Times struct {
	ui.Page
	attendance.View
	At     func(part string) string // the page's address, and those under it
	Names  org.Names
	now    clock.Instant
	Coming []attendance.Time // the nearest first
	Been   []attendance.Time // the latest first
	Closed []org.Closed      // the periods that one meets soon
	Asked  schedule.OccasionID
	Why    string // as typed, of Asked
	Faults fault.Form
}

// Sort divides the times of the view by now.
func (v *Times) Sort(now clock.Instant) {
	v.now = now
	for _, t := range v.Times {
		if t.Begun(now) {
			v.Been = append([]attendance.Time{t}, v.Been...)
		} else {
			v.Coming = append(v.Coming, t)
		}
	}
}

// closedAhead is how many days before it begins a closed period is told of.
const closedAhead = 56

// Close keeps the closed periods that one meets soon.
func (v *Times) Close(list []org.Closed) {
	for _, c := range list {
		if c.From <= v.now.Date().Add(closedAhead) {
			v.Closed = append(v.Closed, c)
		}
	}
}

// closed says what a period is called, until when it is closed, and that the place is kept.
func (v Times) closed(c org.Closed) string {
	name, last := v.L.Apart(c.Name), c.To.Add(-1)
	switch {
	case c.From == last:
		return v.L.T("closed.day", name, v.L.Day(last))
	case c.Holds(v.now.Date()):
		return v.L.T("closed.now", name, v.L.Day(last))
	default:
		return v.L.T("closed.soon", name, v.L.Day(c.From), v.L.Day(last))
	}
}

// OccasionID reads which time the address is about.
func OccasionID(r *web.Request) (k schedule.OccasionID, err error) {
	if k.UnmarshalText([]byte(r.PathValue("occasion"))) != nil {
		err = fault.Missing
	}
	return k, err
}

// ReadExcuse reads why; it is theirs to say or not.
func ReadExcuse(r *web.Request) (attendance.Excuse, error) {
	return attendance.Excuse{Ill: r.Form.Bool("ill"), Why: r.Form.Text("why")}, r.Form.Faults.Err()
}

// Again is the page with what was typed about a time, and what is wrong with it.
func (v Times) Again(r *web.Request, k schedule.OccasionID, faults fault.Form) Times {
	v.Failed, v.Faults, v.Asked, v.Why = true, faults, k, r.Form.Raw("why")
	return v
}

func (v Times) name(t attendance.Time) string { return v.Types[t.Activity].In(v.L.Tag).Name }

// when is the day and the time.
func (v Times) when(t attendance.Time) string {
	return v.L.List(v.L.Day(t.On), v.L.Times(t.At, t.Until))
}

// field is a field of the form that says more about one of the times; several such forms stand on the page.
func (v Times) field(t attendance.Time, name, label string) ui.Field {
	f := ui.Field{Name: name, ID: name + "-" + t.ID.String(), Label: v.L.T(label)}
	if name == "why" && t.Word != nil {
		f.Value = t.Word.Why
	}
	if name == "ill" && t.Word != nil && t.Word.Ill {
		f.Values = []string{"yes"}
	}
	if t.ID == v.Asked {
		f.Error = ui.Fault(v.L, v.Faults, name)
		if name == "why" {
			f.Value = v.Why
		}
	}
	return f
}

// heard says when the person let know that they do not come, or that it was written down for them.
func (v Times) heard(w attendance.Word) string {
	if w.By == 0 {
		return v.L.T("attendance.own.word", w.At.Date())
	}
	return v.L.T("attendance.own.word.by", w.At.Date())
}

// near is how many days ahead times stand in view.
const near = 14

// coming are the next times and those told of, and the rest apart.
func (v Times) coming() (next, later []attendance.Time) {
	for _, t := range v.Coming {
		if len(next) < 2 || t.On <= v.now.Date().Add(near) || t.Word != nil {
			next = append(next, t)
		} else {
			later = append(later, t)
		}
	}
	return next, later
}

// asks tells whether what was typed about a time of the list is wrong.
func (v Times) asks(list []attendance.Time) bool {
	return slices.ContainsFunc(list, func(t attendance.Time) bool { return t.ID == v.Asked })
}

// telling tells whether the person can still say something about a time.
func (v Times) telling(t attendance.Time) bool {
	if t.State != schedule.Planned || t.Resting {
		return false
	}
	return !t.Begun(v.now) || t.Mark != attendance.Here && t.Tellable(v.now.Date())
}

// cannotText is what the press says: before the time, that one cannot come; after it, that one could not.
func (v Times) cannotText(t attendance.Time) string {
	if t.Begun(v.now) {
		return v.L.T("attendance.own.could")
	}
	return v.L.T("attendance.own.cannot")
}

// canText takes it back.
func (v Times) canText(t attendance.Time) string {
	if t.Begun(v.now) {
		return v.L.T("attendance.own.undo")
	}
	return v.L.T("attendance.own.can")
}
