package ui

import (
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// Field is one field of a form. All texts are already in the reader's language.
type Field struct {
	Name  string
	Label string
	Good  string // what it is good for, or how to write it
	Value string // what was written, kept when the form comes back
	Error string // what is wrong and what to do, see Fault

	Required bool
	Width    string // short (a number), medium (a date), or empty for the whole line
	Rows     int    // of a Textarea; 3 when zero
	Auto     string // autocomplete; off when empty
	Type     string // of a Text: text (or empty), email, tel, password, search
	Lang     string // the language a person writes in, when it is not the page's
	ID       string // when two forms on a page have a field of the same name
	Accept   string // of a File: what kinds, as the accept attribute
	Quiet    bool   // the label is only heard
	Min, Max string // of a Number
	Values   []string
}

// Option is one choice of a Select, Radios or Checks.
type Option struct{ Value, Text, Good string }

func (f Field) id() string { return or(f.ID, fieldID(f.Name)) }

func (f Field) described() string {
	var good, fault string
	if f.Good != "" {
		good = f.id() + "-d"
	}
	if f.Error != "" {
		fault = f.id() + "-e"
	}
	return ids(good, fault)
}

func (f Field) chosen(value string) bool { return f.Value == value || slices.Contains(f.Values, value) }

// optionID gives the first option the field's own id, so that the error summary leads there.
func (f Field) optionID(i int) string {
	if i == 0 {
		return f.id()
	}
	return f.id() + "-" + itoa(i+1)
}

func (f Field) optionDescribed(i int, o Option) string {
	if o.Good == "" {
		return ""
	}
	return f.optionID(i) + "-g"
}

// attrs are what every control has in common.
func (f Field) attrs() templ.Attributes {
	a := templ.Attributes{"class": f.class(), "id": f.id(), "name": f.Name}
	if d := f.described(); d != "" {
		a["aria-describedby"] = d
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if f.Required {
		a["aria-required"] = "true"
	}
	if f.Lang != "" {
		a["lang"] = f.Lang
		a["dir"] = "auto"
	}
	return a
}

func (f Field) class() string {
	switch f.Width {
	case "short", "medium":
		return "ds-input w-" + f.Width
	default:
		return "ds-input"
	}
}

func (f Field) typ() string  { return or(f.Type, "text") }
func (f Field) auto() string { return or(f.Auto, "off") }

func (f Field) rows() string {
	if f.Rows == 0 {
		return "3"
	}
	return itoa(f.Rows)
}

// hinted adds how to write the value to what it is good for.
func (f Field) hinted(hint, width string) Field {
	f.Good = strings.TrimSpace(f.Good + " " + hint)
	f.Width = or(f.Width, width)
	return f
}

// Ticked is the values of a Check that stands for yes or no.
func Ticked(yes bool) []string {
	if yes {
		return []string{"yes"}
	}
	return nil
}
