package ui

import (
	"slices"

	"github.com/a-h/templ"
)

// Look is how a reader wants pages to look. The zero Look is as they are made.
type Look struct {
	Text     string // one of Texts
	Contrast string // one of Contrasts
}

// What is chosen, by its name in an address, and the choices; plain is as the pages are made.
const (
	LookText     = "text"
	LookContrast = "kontrast"
	plain        = "plain"
)

// The choices.
var (
	Texts     = []string{plain, "large", "larger"}
	Contrasts = []string{plain, "strong"}
)

// With is the look with something chosen; what is no choice changes nothing.
func (l Look) With(name, value string) Look {
	switch {
	case name == LookText && slices.Contains(Texts, value):
		l.Text = value
	case name == LookContrast && slices.Contains(Contrasts, value):
		l.Contrast = value
	}
	return l
}

func (l Look) has(name, value string) bool {
	return l.With(name, value) == l.With(name, or(l.of(name), plain))
}

func (l Look) of(name string) string {
	if name == LookText {
		return l.Text
	}
	return l.Contrast
}

// attrs are how the style sheet knows of it.
func (l Look) attrs() templ.Attributes {
	a := templ.Attributes{}
	if l.Text != "" && l.Text != plain {
		a["data-text"] = l.Text
	}
	if l.Contrast != "" && l.Contrast != plain {
		a["data-contrast"] = l.Contrast
	}
	return a
}
