package extract

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/plan"
	"sluss/internal/workplace"
)

// Value is one thing that is known.
type Value struct {
	Label  string // the key of what it is
	Raw    string // as it is kept: words, a code, a date
	Words  bool   // what somebody has said or written
	kind   kind
	prefix string            // of the text of a code
	names  map[string]string // of an activity, by language
}

// In says the value in a language; words are as they were written.
func (v Value) In(l *i18n.Lang) string {
	switch v.kind {
	case day:
		return l.Date(clock.Date(v.Raw))
	case instant:
		at := clock.Instant(whole(v.Raw))
		return l.List(l.Date(at.Date()), l.Time(at.LocalTime()))
	case hour:
		return l.Time(clock.LocalTime(v.Raw))
	case code:
		return v.coded(l, v.Raw)
	case codes:
		var list []string
		for _, one := range strings.Fields(v.Raw) {
			list = append(list, v.coded(l, one))
		}
		return l.List(list...)
	case named:
		if n := v.names[l.Tag]; n != "" {
			return n
		}
	}
	return v.Raw
}

func (v Value) coded(l *i18n.Lang, c string) string {
	for _, prefix := range strings.Fields(v.prefix) {
		if l.Has(prefix + c) {
			return l.T(prefix + c)
		}
	}
	return c
}

// Name is what the value is called in the file: the end of its label.
func (v Value) Name() string { return v.Label[strings.LastIndex(v.Label, ".")+1:] }

// plain makes a value of a column that is not sealed; ok is false for one that tells nothing.
func (r *reader) plain(c column, raw any) (v Value, ok bool) {
	v = Value{Label: label + c.label, Raw: fmt.Sprint(raw), kind: c.kind, prefix: c.prefix}
	n, isNumber := raw.(int64)
	if v.Raw == "" || raw == nil || isNumber && n == 0 && c.kind != code {
		return v, false
	}
	switch c.kind {
	case day:
		return v, v.Raw != string(clock.Forever)
	case instant:
		return v, n != access.Never
	case flag:
		v.kind, v.prefix, v.Raw = code, "extract.flag.", "yes"
	case unit:
		v.Raw = r.names.Unit(id.Unit(n))
	case agency:
		v.Raw = r.names.Agency(id.Agency(n))
	case post:
		v = r.post(v, id.Post(n))
	case offer:
		words := r.types[n].Words
		v.kind, v.Raw, v.names = named, words["sv"].Name, map[string]string{}
		for lang, w := range words {
			v.names[lang] = w.Name
		}
	case weekdays:
		var list []string
		for _, d := range v.Raw {
			list = append(list, strconv.Itoa(int(d-'0')%7))
		}
		v.kind, v.prefix, v.Raw = codes, "date.weekdays.", strings.Join(list, " ")
	case workplaceAt:
		v.Raw = r.workplaces[workplace.ID(n)]
	case categories:
		v.kind, v.prefix, v.Raw = codes, "own.part.", strings.ReplaceAll(access.Category(n).String(), "+", " ")
	}
	return v, v.Raw != ""
}

// post names a worker as the person is told who it is: by name, or, where that was so decided or nobody works there any more, not.
func (r *reader) post(v Value, p id.Post) Value {
	o := r.names.Post(p)
	if v.Raw = o.Name; o.ID == 0 || o.NameHidden {
		v.kind, v.prefix, v.Raw = code, "extract.post.", "somebody"
	}
	return v
}

// opened are the values of what was sealed together.
func (c column) opened(f []string) (list []Value) {
	for i, name := range c.fields {
		if name == "" || name[0] == '-' || f[i] == "" {
			continue
		}
		v := Value{Label: label + name, Raw: f[i], Words: true}
		switch name {
		case "targets":
			v.kind, v.prefix, v.Words = codes, "person.target.", false
		case "days", "hours", "percent":
			if f[i] == "0" {
				continue
			}
			v.Words = false
		case "ill":
			if f[i] != "1" {
				continue
			}
			v.kind, v.prefix, v.Raw, v.Words = code, "extract.flag.", "yes", false
		}
		list = append(list, v)
	}
	return list
}

// answered are the answers of a talk about support, in the order in which they are asked.
func answered(text string) (list []Value, err error) {
	var a plan.Answers
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return nil, fmt.Errorf("answers: %w", err)
	}
	for _, items := range [][]string{plan.Scales, plan.Areas, plan.Questions} {
		for _, item := range items {
			x := a[item]
			if x.Value > 0 {
				list = append(list, Value{Label: "plan.item." + item, Raw: strconv.Itoa(x.Value), kind: code, prefix: "plan.word." + scale(item) + "."})
			}
			if x.Words != "" {
				list = append(list, Value{Label: "plan.item." + item, Raw: x.Words, Words: true})
			}
		}
	}
	return list, nil
}

// scale is which four words an item is answered by.
func scale(item string) string {
	if item != plan.Scales[0] && slices.Contains(plan.Scales, item) {
		return "much"
	}
	return "how"
}

func whole(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// Write writes the record as JSON, for a program: each part with its rows, each row by name. Codes stand as they are kept, dates
// as YYYY-MM-DD and instants in UTC.
func (x Record) Write(w io.Writer, area string, today clock.Date) error {
	type part struct {
		Part string              `json:"part"`
		Rows []map[string]string `json:"rows"`
	}
	file := struct {
		Area  string   `json:"area"`
		Made  string   `json:"made"`
		Parts []part   `json:"parts"`
		Not   []string `json:"notIncluded"`
	}{Area: area, Made: string(today), Parts: []part{}, Not: Withheld}
	for _, p := range x.Parts {
		out := part{p.Name, []map[string]string{}}
		for _, row := range p.Rows {
			m := map[string]string{}
			for _, v := range row {
				name, raw := v.Name(), v.Raw
				if v.kind == instant {
					raw = clock.Instant(whole(raw)).Time().UTC().Format("2006-01-02T15:04:05Z")
				}
				if _, taken := m[name]; taken {
					name += ".words"
				}
				m[name] = raw
			}
			out.Rows = append(out.Rows, m)
		}
		file.Parts = append(file.Parts, out)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(file)
}
