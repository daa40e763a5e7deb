package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"sluss/internal/fault"
	"sluss/internal/i18n"
)

// Shape is a form that is more than a column of fields.
type Shape struct {
	Action string
	Class  string // "form" when empty
	ID     string
	Label  string // what the form is, for who hears it
	Upload bool   // it sends files
	Search bool   // it is the search landmark
}

// Hide is a hidden value sent along with a form.
type Hide struct{ Name, Value string }

// Button is a button, or with Href a link that looks like one. Rendered by itself it submits the form it stands in.
type Button struct {
	Text    string
	Icon    string // one of asset.Icons, or none
	Variant string // primary (or empty), secondary, tertiary
	Size    string // sm, or empty for the page's own
	Name    string // sent with Value when this button was the one pressed
	Value   string
	Href    string
	ID      string
	Form    string // id of the form to submit, when the button stands outside it
	Label   string // said instead of Text where Text alone is not enough: "Ring Nour Darwish"
	Key     string // a shortcut, as aria-keyshortcuts writes it
}

// Render writes the button.
func (b Button) Render(ctx context.Context, w io.Writer) error { return button(b).Render(ctx, w) }

func (b Button) variant() string { return or(b.Variant, "primary") }

// Fault gives the text of the fault at a field, or nothing.
func Fault(l *i18n.Lang, form fault.Form, field string) string {
	for _, f := range form {
		if f.Field == field {
			return l.T(f.Key, f.Args...)
		}
	}
	return ""
}

// turns tells whether an icon has a direction, which is the other one where text runs from the right.
func turns(icon string) bool {
	switch icon {
	case "arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-out", "undo-2", "send", "list":
		return true
	}
	return false
}

// target gives the address of the field that a fault concerns.
func target(f *fault.Fault) templ.SafeURL { return templ.SafeURL("#" + fieldID(f.Field)) }

func fieldID(name string) string { return "f-" + name }
