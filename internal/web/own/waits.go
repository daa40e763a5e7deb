package own

import (
	"sluss/internal/enquiry"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/way"
)

// helperName is whom the person turns to: their coach as one says it, else the unit.
func (me around) helperName() string {
	if me.coach.ID != 0 && !me.coach.NameHidden {
		return me.coach.First()
	}
	return me.unit.Name
}

// awaited names who is waited for, or who waits for the person.
func (p homePage) awaited(w way.Wait) string {
	switch {
	case w.What == way.Coach || w.What == way.Queue:
		return p.L.Apart(p.unit.Name)
	case w.Unit != 0 && w.Unit != p.unit.ID:
		return p.L.Apart(p.names.Unit(w.Unit))
	}
	if o := p.names.Post(w.Post); o.ID != 0 && !o.NameHidden {
		return p.L.Apart(o.First())
	}
	return p.L.Apart(p.helperName())
}

// unread adds what the person has told of not coming, and nobody has read.
func (p *homePage) unread() {
	for _, t := range p.Times {
		if t.Word != nil && t.Word.ReadAt == 0 {
			p.Waits = append(p.Waits, way.Wait{What: way.Absence, Since: t.Word.At.Date(), By: t.On})
		}
	}
	way.Longest(p.Waits)
}

// waitWhen tells when it ends, roughly; that no day is set is told too.
func (p homePage) waitWhen(w way.Wait) string {
	switch {
	case w.What == way.Answer || w.What == way.Agree:
		return ""
	case w.By != "" && w.By >= p.today:
		return p.L.T("own.wait.by."+string(w.What), w.By)
	case w.What == way.Absence || w.What == way.Offer:
		return ""
	default:
		return p.L.T("own.wait.by.open")
	}
}

// waitName is what it is about: the activity's name, else what was said, in brief.
func (p homePage) waitName(w way.Wait) string {
	if len(w.Names) > 0 {
		return way.Place{Names: w.Names}.Name(p.L.Tag)
	}
	return brief(w.Words)
}

// brief is the beginning of what was written.
func brief(words string) string {
	const most = 90
	if r := []rune(words); len(r) > most {
		return string(r[:most]) + "…"
	}
	return words
}

// waitHref is where one sees it, and does something about it.
func waitHref(w way.Wait) string {
	switch w.What {
	case way.Answer, way.Question:
		return shared + "#q-" + enquiry.ID(w.Ref).String()
	case way.Agree:
		return shared
	case way.Proposed, way.Approved:
		return proposing
	case way.Wished:
		return wishes
	case way.Adapting:
		return adapted
	case way.Coach:
		return otherCoach
	case way.Offer:
		return "#platser"
	case way.Absence:
		return times
	default:
		return ""
	}
}

// callWords are what is sent when the person asks to be called: in Swedish, for who reads it.
func callWords() string { return i18n.Get("sv").T("own.callme.words") }

// called is when the person asked to be called, while nobody has answered; nil else.
func (p homePage) called() *enquiry.Enquiry {
	for i, e := range p.Messages {
		if e.From == enquiry.Themself && e.Task && e.Waits() && e.Words == callWords() {
			return &p.Messages[i]
		}
	}
	return nil
}

// unanswered counts what the person has written and nobody has answered.
func (p homePage) unanswered() (n int) {
	for _, e := range p.Messages {
		if e.From == enquiry.Themself && e.Waits() {
			n++
		}
	}
	return n
}

// latest tells who wrote last, and what.
func (p homePage) latest() (from, words string) {
	e := p.Messages[0]
	for _, x := range p.Messages[1:] {
		if max(x.Asked, x.Answered) > max(e.Asked, e.Answered) {
			e = x
		}
	}
	by, words := e.From, e.Words
	if e.Answered != 0 {
		by, words = e.To, e.Answer
	}
	return p.sideName(by), brief(words)
}

func (p homePage) sideName(u id.Unit) string {
	if u == enquiry.Themself {
		return p.L.T("own.message.you")
	}
	return p.L.Apart(p.names.Unit(u))
}
