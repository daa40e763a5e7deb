package web

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sluss/internal/clock"
	"sluss/internal/fault"
)

// Form is a decoded form. Its getters note what is wrong at each field; what was typed is kept.
type Form struct {
	values map[string][]string
	files  map[string]upload
	Faults fault.Form
}

const (
	lineLimit = 200
	textLimit = 20000
)

// readForm decodes a form. It refuses bytes that are not text, which no browser sends.
func readForm(r *http.Request, files bool) (*Form, error) {
	f := &Form{}
	if files {
		if err := f.readParts(r); err != nil {
			f.close()
			return nil, decoding(err)
		}
	} else {
		if err := r.ParseForm(); err != nil {
			return nil, decoding(err)
		}
		f.values = r.PostForm
	}
	for k, vs := range f.values {
		if !text(k) || slices.ContainsFunc(vs, func(v string) bool { return !text(v) }) {
			f.close()
			return nil, fault.New(fault.Invalid, "fault.bytes")
		}
	}
	return f, nil
}

func decoding(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return tooLarge
	}
	return fault.New(fault.Invalid, "fault.bytes")
}

func text(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

func (f *Form) raw(name string) string {
	if v := f.values[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// mark is the same for two presses of the same button with the same values, and for nothing else.
func (f *Form) mark(parts ...string) []byte {
	h := sha256.New()
	for _, k := range slices.Sorted(maps.Keys(f.values)) {
		if k != "_token" {
			parts = append(parts, k, strconv.Itoa(len(f.values[k])))
			parts = append(parts, f.values[k]...)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(f.files)) {
		parts = append(parts, k, f.files[k].name, string(f.files[k].sum))
	}
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return h.Sum(nil)
}

// Line reads one line of at most 200 characters, without spaces around it.
func (f *Form) Line(name string) string {
	s := strings.Join(strings.Fields(f.raw(name)), " ")
	return f.limit(name, s, lineLimit)
}

// Text reads several lines of at most 20,000 characters.
func (f *Form) Text(name string) string {
	s := strings.TrimSpace(strings.ReplaceAll(f.raw(name), "\r\n", "\n"))
	return f.limit(name, s, textLimit)
}

func (f *Form) limit(name, s string, most int) string {
	if utf8.RuneCountInString(s) > most {
		f.Faults.Add(name, "form.long", most)
	}
	return s
}

// Required is Line that must not be empty; key is the text that asks for it.
func (f *Form) Required(name, key string) string {
	s := f.Line(name)
	if s == "" {
		f.Faults.Add(name, key)
	}
	return s
}

// Choice reads one of the given values; "" counts only if it is one of them.
func (f *Form) Choice(name string, values ...string) string {
	s := f.raw(name)
	if !slices.Contains(values, s) {
		f.Faults.Add(name, "form.choose")
		return ""
	}
	return s
}

// Choices reads those of the values that are marked.
func (f *Form) Choices(name string, values ...string) []string {
	var list []string
	for _, v := range f.values[name] {
		if slices.Contains(values, v) && !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// All gives every value of the name as typed.
func (f *Form) All(name string) []string { return f.values[name] }

// Bool reads a single mark.
func (f *Form) Bool(name string) bool { return f.raw(name) != "" }

// Int reads a whole number between least and most.
func (f *Form) Int(name string, least, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(f.raw(name)))
	if err != nil || n < least || n > most {
		f.Faults.Add(name, "form.number", least, most)
		return 0
	}
	return n
}

// Date reads a day; "" gives "" without a fault.
func (f *Form) Date(name string) clock.Date {
	s := strings.TrimSpace(f.raw(name))
	if s == "" {
		return ""
	}
	d, err := clock.ParseDate(s)
	if err != nil {
		f.Faults.Add(name, "form.date")
	}
	return d
}

// Time reads a time of day; "" gives "" without a fault.
func (f *Form) Time(name string) clock.LocalTime {
	s := strings.TrimSpace(f.raw(name))
	if s == "" {
		return ""
	}
	t, err := clock.ParseLocalTime(s)
	if err != nil {
		f.Faults.Add(name, "form.time")
	}
	return t
}

// Version reads the version of the row the form was made from.
func (f *Form) Version() int {
	n, err := strconv.Atoi(f.raw("_v"))
	if err != nil {
		return -1
	}
	return n
}

// Raw gives what was typed, to show it again.
func (f *Form) Raw(name string) string { return f.raw(name) }
