package acts

import (
	"strings"

	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/proposal"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// Aways are the person's times that are not in activities, and where they say that they do not come.
type Aways struct {
	ui.Page
	At      func(part string) string // the address that those of the times begin with
	Other   func(key string) string  // where another time is proposed for the thing of a key
	Names   org.Names
	House   org.Unit
	List    []away.Time
	now     clock.Instant
	Asked   away.Key
	Ill     bool // as typed, of Asked
	Why     string
	When    string
	Refused fault.Form
}

// AwayKey reads which time the address is about.
func AwayKey(r *web.Request) (away.Key, error) { return away.ParseKey(r.PathValue("time")) }

// ReadAway reads why, and when they could come in its place; it is theirs to say or not.
func ReadAway(r *web.Request) (away.Excuse, error) {
	return away.Excuse{Ill: r.Form.Bool("ill"), Why: r.Form.Text("why"), When: r.Form.Text("when")}, r.Form.Faults.Err()
}

// Now says what time it is.
func (v *Aways) Now(now clock.Instant) { v.now = now }

// AgainAway is the list with what was typed about a time, and what is wrong with it.
func (v Aways) AgainAway(r *web.Request, k away.Key, faults fault.Form) Aways {
	v.Failed, v.Refused, v.Asked = true, faults, k
	v.Ill, v.Why, v.When = r.Form.Bool("ill"), r.Form.Raw("why"), r.Form.Raw("when")
	return v
}

// Anchor is where a time stands on its page.
func Anchor(k away.Key) string { return "t" + strings.ReplaceAll(k.String(), ".", "-") }

// comes tells whether anything comes.
func (v Aways) comes() bool {
	coming, _ := away.Coming(v.List, v.now.Date())
	return len(coming) > 0
}

// meets are what comes of meetings and starts.
func (v Aways) meets() (list []away.Time) {
	coming, _ := away.Coming(v.List, v.now.Date())
	for _, t := range coming {
		if t.Kind != away.Work {
			list = append(list, t)
		}
	}
	return list
}

// work are the days at workplaces that come: the next ones and those told of in view, the rest apart.
func (v Aways) work() (next, more []away.Time) {
	coming, _ := away.Coming(v.List, v.now.Date())
	shown := map[int64]bool{}
	for _, t := range coming {
		switch {
		case t.Kind != away.Work:
		case t.Word != nil || !shown[t.Ref]:
			next = append(next, t)
			shown[t.Ref] = shown[t.Ref] || !t.Begun(v.now)
		default:
			more = append(more, t)
		}
	}
	return next, more
}

// been are the last days: those told of in view, the rest apart.
func (v Aways) been() (told, more []away.Time) {
	_, list := away.Coming(v.List, v.now.Date())
	for _, t := range list {
		if t.Word != nil {
			told = append(told, t)
		} else {
			more = append(more, t)
		}
	}
	return told, more
}

// when is the day and the time.
func (v Aways) when(t away.Time) string { return AwayWhen(v.L, t.On, t.At, t.Until) }

// AwayWhen is the day and the time; until may be empty.
func AwayWhen(l *i18n.Lang, on clock.Date, at, until clock.LocalTime) string {
	if until == "" {
		return l.List(l.Day(on), l.Time(at))
	}
	return l.List(l.Day(on), l.Times(at, until))
}

// what says whom one meets and where, or at which workplace one is.
func (v Aways) what(t away.Time) string {
	if t.Kind == away.Work {
		return v.L.T("placement.at", v.L.T("placement.kind."+t.How), v.L.Apart(t.Place))
	}
	return Meet(v.L, v.Names, v.House, way.Meeting{Kind: way.Kind(t.Kind), How: t.How, Room: t.Room, Who: t.Who})
}

// Meet says in a sentence whom one meets and where.
func Meet(l *i18n.Lang, names org.Names, house org.Unit, m way.Meeting) string {
	var where []string
	for _, s := range []string{names.Room(m.Room), house.Name, house.Street} {
		if s != "" {
			where = append(where, s)
		}
	}
	who := l.T("own.somebody")
	if o := names.Post(m.Who); o.ID != 0 && !o.NameHidden {
		who = o.First()
	}
	switch {
	case m.Kind == way.GroupStart:
		return l.T("own.next.start", l.List(where...))
	case m.How == "phone" || m.How == "video" || m.How == "elsewhere":
		return l.T("own.next."+m.How, who)
	default:
		return l.T("own.next.here", who, l.List(where...))
	}
}

// thing is the key of a time as something to propose another time for; "" for what is nothing of the kind.
func (v Aways) thing(t away.Time) string {
	switch {
	case t.Begun(v.now):
		return ""
	case t.Kind == away.Talk:
		return proposal.KeyOf(proposal.Meeting, t.Ref)
	case t.Kind == away.First:
		return proposal.KeyOf(proposal.Start, t.Ref)
	case t.Kind == away.Work:
		return proposal.KeyOf(proposal.Work, t.Ref)
	}
	return ""
}

// heard says when the person let know that they do not come, or that it was written down for them.
func (v Aways) heard(w away.Word) string {
	if w.By == 0 {
		return v.L.T("attendance.own.word", w.At.Date())
	}
	return v.L.T("attendance.own.word.by", w.At.Date())
}

// reader says who has read it.
func (v Aways) reader(w away.Word) string {
	return v.L.T("comment.read", somebody(v.L, v.Names, w.ReadBy), w.ReadAt.Date())
}

func (v Aways) cannotText(t away.Time) string {
	if t.Begun(v.now) {
		return v.L.T("attendance.own.could")
	}
	return v.L.T("attendance.own.cannot")
}

func (v Aways) canText(t away.Time) string {
	if t.Begun(v.now) {
		return v.L.T("attendance.own.undo")
	}
	return v.L.T("attendance.own.can")
}

// field is a field of the form that says more about one of the times; several such forms stand on the page.
func (v Aways) field(t away.Time, name, label, said string) ui.Field {
	f := ui.Field{Name: name, ID: name + "-" + Anchor(t.Key), Label: v.L.T(label), Value: said}
	if t.Key == v.Asked {
		f.ID, f.Error, f.Value = name, ui.Fault(v.L, v.Refused, name), map[string]string{"why": v.Why, "when": v.When}[name]
	}
	return f
}

// ill is the field that says that one is ill.
func (v Aways) ill(t away.Time) ui.Field {
	f := v.field(t, "ill", "attendance.own.ill", "")
	f.Values = ui.Ticked(t.Word.Ill)
	if t.Key == v.Asked {
		f.Values = ui.Ticked(v.Ill)
	}
	return f
}
