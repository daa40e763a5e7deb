// Package i18n holds the product's own texts: a folder a language, a file a noun, looked up by key and never by guess.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"sluss/internal/clock"
)

//go:embed sv en ar sv-x-latt fi so prs ti uk
var files embed.FS

// Lang is one language's texts. A language that a native speaker has not read all of says so on every page.
type Lang struct {
	Tag      string // as in the lang attribute
	Dir      string // ltr or rtl
	Name     string // in the language itself
	Reviewed bool   // by a native speaker, all of it
	bound    bool   // all that binds is
	tag      language.Tag
	printer  *message.Printer
	texts    map[string]text
	files    []File
}

// File is one file of a language's texts: all about one noun.
type File struct {
	Noun string
	Keys []string // in the order of the alphabet
	Read bool     // by a native speaker
}

// Binds counts the texts of the file that carry consent, rights or my place.
func (f File) Binds() (n int) {
	for _, k := range f.Keys {
		if Binding(k) {
			n++
		}
	}
	return n
}

// Files gives the files of the language, those with most that binds first.
func (l *Lang) Files() []File { return l.files }

// Wordings gives a text as it is written in the file, a line a plural form.
func (l *Lang) Wordings(key string) (list []string) {
	t := l.texts[key]
	if t.forms == nil {
		return []string{t.one}
	}
	for _, form := range []string{"zero", "one", "two", "few", "many", "other"} {
		if s, ok := t.forms[form]; ok && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// text is one text, or one per plural form.
type text struct {
	one   string
	forms map[string]string
	binds bool // it carries consent, rights or my place
}

// UnmarshalJSON reads a string, or an object of plural forms (zero, one, two, few, many, other).
func (t *text) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		return json.Unmarshal(b, &t.forms)
	}
	return json.Unmarshal(b, &t.one)
}

var load = sync.OnceValues(func() ([]*Lang, error) {
	langs := []*Lang{
		{Tag: "sv", Dir: "ltr", Name: "Svenska", tag: language.Swedish},
		{Tag: "en", Dir: "ltr", Name: "English", tag: language.English},
		{Tag: "ar", Dir: "rtl", Name: "العربية", tag: language.Arabic},
		{Tag: Easy, Dir: "ltr", Name: "Lättläst", tag: language.Swedish},
		{Tag: "fi", Dir: "ltr", Name: "Suomi", tag: language.Finnish},
		{Tag: "so", Dir: "ltr", Name: "Soomaali", tag: language.MustParse("so")},
		{Tag: "prs", Dir: "rtl", Name: "دری", tag: language.MustParse("prs")},
		// Not every machine can write Ethiopic, and the menu does not fetch the face for it.
		{Tag: "ti", Dir: "ltr", Name: "ትግርኛ Tigrinya", tag: language.MustParse("ti")},
		{Tag: "uk", Dir: "ltr", Name: "Українська", tag: language.Ukrainian},
	}
	for _, l := range langs {
		l.texts = map[string]text{}
		l.printer = message.NewPrinter(l.tag)
		if err := l.read(); err != nil {
			return nil, err
		}
		l.reviewed()
	}
	return langs, nil
})

// reviewed marks what a native speaker has read. lang.reviewed names the files, "no" is none; what one reads of consent, rights and my
// place is told in the language when all of it is read (Binds), so a file of those is read with the others.
func (l *Lang) reviewed() {
	read := strings.Fields(l.texts["lang.reviewed"].one)
	left, binding, waits := 0, 0, 0
	for i, f := range l.files {
		n := f.Binds()
		binding += n
		if l.files[i].Read = slices.Contains(read, f.Noun); !l.files[i].Read {
			left++
			waits += n
		}
	}
	l.Reviewed, l.bound = left == 0 || l.Tag == Easy, binding > 0 && waits == 0
	slices.SortStableFunc(l.files, func(a, b File) int { return b.Binds() - a.Binds() })
}

func (l *Lang) read() error {
	entries, err := files.ReadDir(l.Tag)
	if err != nil {
		return err
	}
	for _, e := range entries {
		b, err := files.ReadFile(path.Join(l.Tag, e.Name()))
		if err != nil {
			return err
		}
		part := map[string]text{}
		if err := json.Unmarshal(b, &part); err != nil {
			return fmt.Errorf("i18n/%s/%s: %w", l.Tag, e.Name(), err)
		}
		for k, v := range part {
			if _, twice := l.texts[k]; twice {
				return fmt.Errorf("i18n/%s/%s: %s stands twice", l.Tag, e.Name(), k)
			}
			v.binds = Binding(k)
			l.texts[k] = v
		}
		l.files = append(l.files, File{Noun: strings.TrimSuffix(e.Name(), ".json"), Keys: slices.Sorted(maps.Keys(part))})
	}
	return nil
}

// Easy is the tag of easy Swedish, which the pages for everybody and a person's own have. What ordinary Swedish already
// says easily it does not say again (Plain).
const Easy = "sv-x-latt"

func every() []*Lang {
	langs, err := load()
	if err != nil {
		panic(err)
	}
	return langs
}

// All gives every language that the whole product is in, Swedish first. It panics when a text file is broken, which only
// a programmer can cause.
func All() []*Lang { return every()[:3] }

// Public gives the languages of the pages for everybody and of a person's own, in the order they are chosen from.
func Public() []*Lang {
	l := every()
	return []*Lang{l[0], l[3], l[1], l[2]}
}

// Core gives the languages that one page of each gateway is in, in the order they are chosen from.
func Core() []*Lang { return every()[4:] }

// Get gives the language of a tag, or Swedish.
func Get(tag string) *Lang {
	for _, l := range every() {
		if l.Tag == tag {
			return l
		}
	}
	return every()[0]
}

// Known tells whether the whole product is in the language.
func Known(tag string) bool { return in(All(), tag) }

// KnownPublic tells whether the pages for everybody and a person's own are in the language.
func KnownPublic(tag string) bool { return in(Public(), tag) }

// KnownCore tells whether one page of each gateway is in the language.
func KnownCore(tag string) bool { return in(Core(), tag) }

func in(list []*Lang, tag string) bool {
	return slices.ContainsFunc(list, func(l *Lang) bool { return l.Tag == tag })
}

// Spoken is the tag of the language as one speaks it: easy Swedish is Swedish.
func (l *Lang) Spoken() string {
	if l.Tag == Easy {
		return "sv"
	}
	return l.Tag
}

// Keys gives the keys of the language, for the tests that compare languages.
func (l *Lang) Keys() map[string]bool {
	m := make(map[string]bool, len(l.texts))
	for k := range l.texts {
		m[k] = true
	}
	return m
}

// Has tells whether T knows the key: the language has the text itself, or Swedish has it.
func (l *Lang) Has(key string) bool {
	if _, ok := l.texts[key]; ok || l.Tag == "sv" {
		return ok
	}
	return Get("sv").Has(key)
}

// T gives the text of a key with {0}, {1} … replaced. The first whole number among the arguments chooses the plural
// form. A text that the language lacks, or may not say (Says), falls back to Swedish; a key that nobody knows shows as ⟦key⟧.
func (l *Lang) T(key string, args ...any) string {
	t, ok := l.texts[key]
	if l.Tag != "sv" && (!ok || t.binds && l.Binds() != l) {
		return Get("sv").T(key, args...)
	}
	if !ok {
		return "⟦" + key + "⟧"
	}
	s := t.one
	if t.forms != nil {
		s = l.form(t, args)
	}
	if !strings.Contains(s, "{") {
		return s
	}
	return l.fill(s, args)
}

// fill puts the arguments in the places of {0} to {9}.
func (l *Lang) fill(s string, args []any) string {
	return places(s, func(name string) (string, bool) {
		n := int(name[0]) - '0'
		if len(name) != 1 || n < 0 || n >= len(args) {
			return "", false
		}
		return l.show(args[n]), true
	})
}

// places puts in what stands for each name in braces. A name that nothing stands for stays as it is.
func places(s string, in func(name string) (string, bool)) string {
	b := make([]byte, 0, len(s)+32)
	for {
		from := strings.IndexByte(s, '{')
		to := from + 1 + strings.IndexByte(s[from+1:], '}')
		if from < 0 || to <= from+1 {
			return string(append(b, s...))
		}
		text, ok := in(s[from+1 : to])
		if !ok {
			text = s[from : to+1]
		}
		b, s = append(append(b, s[:from]...), text...), s[to+1:]
	}
}

func (l *Lang) form(t text, args []any) string {
	for _, a := range args {
		n, ok := a.(int)
		if !ok {
			continue
		}
		names := [...]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}
		if s, ok := t.forms[names[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]]; ok {
			return s
		}
		break
	}
	return t.forms["other"]
}

func (l *Lang) show(a any) string {
	switch v := a.(type) {
	case string:
		return l.Apart(v)
	case int:
		return l.Number(v)
	case clock.Date:
		return l.Date(v)
	case clock.LocalTime:
		return l.Time(v)
	case clock.Hours:
		return l.Times(v.At, v.Until)
	default:
		return fmt.Sprint(v)
	}
}

// List writes parts one after the other with the language's comma, and leaves out the empty ones.
func (l *Lang) List(parts ...string) string {
	kept := make([]string, 0, len(parts))
	for _, s := range parts {
		if s != "" {
			kept = append(kept, l.Apart(s))
		}
	}
	return strings.Join(kept, l.T("date.comma")+" ")
}

// Apart keeps a name, a telephone number or a code in its own direction inside a sentence from right to left.
func (l *Lang) Apart(s string) string {
	if l.Dir == "ltr" || !strings.ContainsFunc(s, turns) {
		return s
	}
	return "\u2068" + s + "\u2069" // first strong isolate … pop
}

// turns tells whether a letter reads from left to right, or is a sign that would move to the other side of a number.
func turns(r rune) bool {
	return r == '+' || r == '-' || r == '.' || r == '/' || unicode.IsLetter(r) && !unicode.In(r, unicode.Arabic)
}

// Number writes a whole number with the language's separators and Western digits.
func (l *Lang) Number(n int) string {
	if n > -10000 && n < 10000 {
		return strconv.Itoa(n)
	}
	if l.Tag == "ar" {
		return Get("en").Number(n)
	}
	return l.printer.Sprintf("%d", n)
}

// Decimal writes a number with one decimal and the language's sign for it.
func (l *Lang) Decimal(n float64) string {
	if l.Tag == "ar" {
		return Get("en").Decimal(n)
	}
	return l.printer.Sprintf("%.1f", n)
}

// Date writes "20 oktober 2026".
func (l *Lang) Date(d clock.Date) string { return l.date("date.full", d) }

// Day writes "tisdag 20 oktober".
func (l *Lang) Day(d clock.Date) string { return l.date("date.day", d) }

// Short writes "20 okt".
func (l *Lang) Short(d clock.Date) string { return l.date("date.short", d) }

// Month writes "oktober 2026".
func (l *Lang) Month(d clock.Date) string { return l.date("date.month", d) }

// Time writes "09.30" or "09:30" as the language does.
func (l *Lang) Time(t clock.LocalTime) string {
	return strings.Replace(string(t), ":", l.T("date.colon"), 1)
}

// Span writes from what to what, in numbers: "09.30–14.00". It runs from left to right in every language, as the numbers themselves do,
// and is not broken at the dash.
func (l *Lang) Span(from, to string) string {
	s := from + "\u2060–\u2060" + to // word joiners
	if l.Dir == "rtl" {
		return "\u2066" + s + "\u2069" // left-to-right isolate … pop
	}
	return s
}

// Times writes from when to when.
func (l *Lang) Times(at, until clock.LocalTime) string { return l.Span(l.Time(at), l.Time(until)) }

// Weekday names a day of the week.
func (l *Lang) Weekday(day int) string { return l.T("date.weekday." + strconv.Itoa(day)) }

// Weekdays names a day of the week as it comes back: "tisdagar".
func (l *Lang) Weekdays(day int) string { return l.T("date.weekdays." + strconv.Itoa(day)) }

func (l *Lang) date(key string, d clock.Date) string {
	t := d.Time()
	if t.IsZero() {
		return ""
	}
	return places(l.T(key), func(name string) (string, bool) {
		switch name {
		case "day":
			return strconv.Itoa(t.Day()), true
		case "month":
			return l.T("date.months." + strconv.Itoa(int(t.Month()))), true
		case "mon":
			return l.T("date.mon." + strconv.Itoa(int(t.Month()))), true
		case "year":
			return strconv.Itoa(t.Year()), true
		case "weekday":
			return l.Weekday(int(t.Weekday())), true
		}
		return "", false
	})
}
