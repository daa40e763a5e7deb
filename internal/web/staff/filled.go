package staff

import (
	"sluss/internal/fault"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// filled is a page with forms about one person: what was typed when a form could not be saved, and what is wrong in it.
type filled struct {
	ui.Page
	First   string    // the person's name as one says it; labels may have it in them
	Typed   *web.Form // of a form that could not be saved
	Faults  fault.Form
	Differs bool // somebody saved something else meanwhile
}

// field makes a field with what was typed, else with the value; label is a text key, and key.good what it is good for.
func (p filled) field(name, label, value string) ui.Field {
	f := ui.Field{Name: name, Label: p.L.T(label, p.First), Value: value, Error: ui.Fault(p.L, p.Faults, name)}
	if p.Typed != nil && len(p.Typed.All(name)) > 0 {
		f.Value = p.Typed.Raw(name)
	}
	if good := label + ".good"; p.L.Has(good) {
		f.Good = p.L.T(good, p.First)
	}
	return f
}
