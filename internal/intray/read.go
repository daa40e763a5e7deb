package intray

import (
	"strconv"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/pnr"
	"sluss/internal/referral"
	"sluss/internal/sheet"
)

// layout is how the rows of a list are to be read.
type layout struct {
	at        map[Column]int
	kind      referral.Kind // of rows that do not say
	since1904 bool
	now       clock.Instant
	names     org.Names
}

func (i Import) layout(names org.Names, now clock.Instant) layout {
	l := layout{at: map[Column]int{}, kind: i.Kind, since1904: i.since1904, now: now, names: names}
	for n, c := range i.Columns {
		if c != Ignored && c != Undecided {
			l.at[c] = n
		}
	}
	return l
}

// reading is one row as it is being read.
type reading struct {
	layout
	cells  []string
	form   referral.Form
	faults []Fault
}

// read makes a referral of a row, or says all that is wrong with it. It asks nobody and changes nothing.
func (l layout) read(cells []string) (referral.Form, []Fault) {
	r := &reading{layout: l, cells: cells}
	r.identity()
	r.contact()
	r.referral()
	if err := r.form.Check(l.now); err != nil {
		for _, f := range fault.Fields(err) {
			r.wrong(columnOfField(f.Field), f.Key, f.Args...)
		}
	}
	return r.form, r.faults
}

// columnOfField gives the column of a field of the form.
func columnOfField(field string) Column {
	switch c := Column(field); c {
	case Given, Family, Birth, Email, Phone, Kind, Received, Reply, Reason, Number:
		return c
	}
	return FullName
}

// stead is the column that a fault stands at when the list does not have its own.
var stead = map[Column]Column{Given: FullName, Family: FullName, FullName: Given, Birth: Number}

// wrong notes a fault at a column, once for each column.
func (r *reading) wrong(c Column, key string, args ...any) {
	at, ok := r.at[c]
	if other := stead[c]; !ok && other != "" {
		c = other
		at, ok = r.at[c]
	}
	if !ok {
		at = -1
	}
	for _, f := range r.faults {
		if f.Column == c {
			return
		}
	}
	r.faults = append(r.faults, Fault{at, c, key, args})
}

// text gives what stands in a column, on one line.
func (r *reading) text(c Column) string { return strings.Join(strings.Fields(r.raw(c)), " ") }

func (r *reading) raw(c Column) string {
	at, ok := r.at[c]
	if !ok || at >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(strings.Map(visible, r.cells[at]))
}

func (r *reading) identity() {
	p := &r.form.Person
	p.Given, p.Family = r.text(Given), r.text(Family)
	if name := r.text(FullName); name != "" && p.Given == "" && p.Family == "" {
		p.Given, p.Family = sheet.SplitName(name)
	}
	for _, name := range []string{p.Given, p.Family} {
		if len([]rune(name)) > longestLine {
			r.wrong(FullName, "intray.long", longestLine)
		}
	}
	if p.Given+p.Family == "" {
		r.wrong(FullName, "intray.name.needed")
	} else if p.Family == "" || p.Given == "" {
		r.wrong(FullName, "intray.name.half", p.Given+p.Family)
	}
	if s := r.text(Number); s != "" {
		n, err := pnr.Parse(s, r.now.Date())
		if f := fault.Of(err); f != nil {
			r.wrong(Number, f.Key, f.Args...)
		}
		p.Number = n
	}
	if s := r.text(Birth); s != "" && p.Number.IsZero() {
		p.BirthYear = r.year(s)
	}
	if s := r.text(Sex); s != "" && p.Number.IsZero() {
		sex, ok := vocabulary().sexes[fold(s)]
		if !ok {
			r.wrong(Sex, "intray.sex", short(s))
		}
		p.Sex = sex
	}
}

// year reads a year of birth, or the year of a date.
func (r *reading) year(s string) int {
	if n, err := strconv.Atoi(s); err == nil && n > 1800 && n < 2200 {
		return n
	}
	d := r.date(Birth)
	if d == "" {
		return 0
	}
	return d.Time().Year()
}

func (r *reading) contact() {
	p := &r.form.Person
	p.Phone, p.Email, p.Street = r.line(Phone), r.line(Email), r.line(Street)
	p.Postcode, p.City = r.line(Postcode), r.line(City)
	p.Access = r.long(Needs)
	p.Reach = reach(p.Contact)
	p.Language = "sv"
	v := vocabulary()
	if s := r.text(Language); s != "" {
		code, ok := v.languages[fold(s)]
		if !ok {
			r.wrong(Language, "intray.language", short(s))
		}
		p.Language = code
	}
	if s := r.text(Interpreter); s != "" {
		yes, ok := v.bools[fold(s)]
		lang, named := v.languages[fold(s)]
		switch {
		case ok:
			p.Interpreter = yes
		case named:
			p.Interpreter = true
			if r.text(Language) == "" {
				p.Language = lang
			}
		default:
			r.wrong(Interpreter, "intray.yesno", short(s))
		}
	}
}

// reach is how somebody of whom this is known is reached.
func reach(c person.Contact) string {
	switch {
	case c.Phone != "":
		return "phone"
	case c.Email != "":
		return "email"
	case c.Street != "":
		return "letter"
	}
	return "other"
}

func (r *reading) referral() {
	f, v := &r.form, vocabulary()
	f.Listed = true
	f.ReceivedOn, f.ReplyBy = r.date(Received), r.date(Reply)
	f.Kind = r.kind
	if s := r.text(Kind); s != "" {
		kind, ok := v.kinds[fold(s)]
		if !ok {
			r.wrong(Kind, "intray.kind", short(s))
		}
		f.Kind = kind
	}
	f.Words.Why, f.Words.Wish = r.long(Why), r.long(Wish)
	f.Reason = "unknown"
	if s := r.long(Reason); s != "" {
		code, ok := v.reasons[fold(s)]
		if ok {
			f.Reason = code
		} else {
			f.Words.Why = strings.TrimSpace(s + "\n" + f.Words.Why)
		}
	}
	r.sender()
}

// sender finds who sent somebody among the area's units and agencies; another is kept in words.
func (r *reading) sender() {
	from, who := r.line(Sender), r.line(Handler)
	f := &r.form
	if from != "" {
		for _, u := range r.names.Units {
			if sheet.Fold(u.Name) == sheet.Fold(from) {
				f.FromUnit = u.ID
			}
		}
		for _, a := range r.names.Agencies {
			if f.FromUnit == 0 && sheet.Fold(a.Name) == sheet.Fold(from) {
				f.Agency = a.ID
			}
		}
	}
	if f.FromUnit != 0 || f.Agency != 0 {
		from = ""
	}
	f.Words.Sender = strings.Trim(from+", "+who, ", ")
}

// date reads a day; none gives "".
func (r *reading) date(c Column) clock.Date {
	s := r.text(c)
	if s == "" {
		return ""
	}
	if n, err := strconv.Atoi(s); err == nil && r.since1904 && n > 9_999 && n < 100_000 {
		if d, err := sheet.SerialDate(float64(n), true); err == nil {
			return d
		}
	}
	d, err := sheet.ParseDate(s)
	if f := fault.Of(err); f != nil {
		r.wrong(c, f.Key, f.Args...)
	}
	return d
}

const (
	longestLine = 200
	longestText = 20_000
)

func (r *reading) line(c Column) string { return r.limit(c, r.text(c), longestLine) }
func (r *reading) long(c Column) string { return r.limit(c, r.raw(c), longestText) }

func (r *reading) limit(c Column, s string, most int) string {
	if len(s) > most && len([]rune(s)) > most {
		r.wrong(c, "intray.long", most)
	}
	return s
}

// short keeps the start of a cell for the text of a fault.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// visible drops what is not seen and no text needs, but keeps what joins letters.
func visible(r rune) rune {
	if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == 0xfeff || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
		return -1
	}
	return r
}

// mark tells who a row is about: by number, else by name with what else is known.
func mark(p person.Person) string {
	if !p.Number.IsZero() {
		return "n" + p.Number.Reveal()
	}
	return strings.Join([]string{"p", sheet.Fold(p.Given), sheet.Fold(p.Family), strconv.Itoa(p.BirthYear), sheet.Fold(p.Phone), sheet.Fold(p.Email)}, "\x00")
}
