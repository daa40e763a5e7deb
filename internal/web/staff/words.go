package staff

import (
	"strconv"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/referral"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// names reads the names a page may mention.
func (p *Pages) names(r *web.Request) (org.Names, error) { return p.Org.Names(r.Context(), r.Actor) }

// settings reads the unit's settings of today.
func (p *Pages) settings(r *web.Request) (org.Settings, error) {
	return p.Org.Settings(r.Context(), r.Actor)
}

// sender names who sent somebody: the unit, the agency, or nobody.
func sender(n org.Names, x referral.Referral) string {
	if u := n.Unit(x.FromUnit); u != "" {
		return u
	}
	return n.Agency(x.Agency)
}

// whyHere tells why somebody stands where they do in the queue: "Remiss 24 aug, Ekonomiskt bistånd".
func whyHere(l *i18n.Lang, n org.Names, x referral.Referral) string {
	s := l.T("referral.kind."+string(x.Kind)) + " " + l.Short(x.ReceivedOn)
	if from := sender(n, x); from != "" && x.Kind != referral.Own {
		s = l.List(s, from)
	}
	if x.Moved {
		s += ". " + l.T("referral.moved", x.MovedWhy)
	}
	return s
}

// needsOf joins what somebody needs to come at all: interpreter first.
func needsOf(l *i18n.Lang, x referral.Line) string {
	var parts []string
	if x.Interpreter {
		parts = append(parts, l.T("person.interpreter.in", langName(l, x.Language)))
	}
	if x.Needs != "" {
		parts = append(parts, x.Needs)
	}
	return strings.Join(parts, ". ")
}

// langName names a language in the page's language, or gives its code.
func langName(l *i18n.Lang, code string) string {
	if l.Has("person.lang." + code) {
		return l.T("person.lang." + code)
	}
	return code
}

// born is "f. 1974", or nothing.
func born(l *i18n.Lang, year int) string {
	if year == 0 {
		return ""
	}
	return l.T("person.born", strconv.Itoa(year))
}

// ago says how long since a day, as people do: "i dag", "3 dagar".
func ago(l *i18n.Lang, day, today clock.Date) string {
	n := today.Sub(day)
	if n <= 0 {
		return l.T("time.today")
	}
	if n >= 60 {
		return l.T("time.months", n/30)
	}
	return l.T("time.days", n)
}

// keyed makes options of codes, their texts being prefix+code.
func keyed(l *i18n.Lang, prefix string, codes ...string) []ui.Option {
	list := make([]ui.Option, len(codes))
	for i, c := range codes {
		list[i] = ui.Option{Value: c, Text: l.T(prefix + c)}
		if l.Has(prefix + c + ".means") {
			list[i].Good = l.T(prefix + c + ".means")
		}
	}
	return list
}

// mark is the values of a box that is ticked or not.
func mark(on bool) []string {
	if on {
		return []string{"yes"}
	}
	return nil
}

// faultForm shortens a name that templates use often.
type faultForm = fault.Form

// referralFacts are what the sender wrote.
func referralFacts(p referralPage) []ui.Fact {
	l, x := p.L, p.Referral
	list := []ui.Fact{{Term: l.T("referral.reason"), Text: l.T("referral.reason." + x.Reason)}}
	add := func(key, text string) {
		if text != "" {
			list = append(list, ui.Fact{Term: l.T(key), Text: text})
		}
	}
	add("referral.why", x.Words.Why)
	add("referral.sender", p.Sender)
	add("referral.who", x.Words.Sender)
	add("referral.reply", l.Date(x.ReplyBy))
	add("person.wish", x.Wish)
	if x.Moved {
		add("referral.move.reason", x.MovedWhy)
	}
	return list
}

// dateOf and timeOf read what the page itself wrote; anything else is none.
func dateOf(s string) clock.Date {
	d, err := clock.ParseDate(s)
	if err != nil {
		return ""
	}
	return d
}

func timeOf(s string) clock.LocalTime {
	t, err := clock.ParseLocalTime(s)
	if err != nil {
		return ""
	}
	return t
}

// number reads an id that is no more than a number; 0 when none is chosen.
func number(s string) int64 {
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return -1 // the id of nothing, which whoever asks for it refuses
	}
	return n
}
