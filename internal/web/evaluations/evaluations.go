// Package evaluations is the short questions about an activity, as a person answers them by themself and at the table.
package evaluations

import (
	"sluss/internal/evaluation"
	"sluss/internal/fault"
	"sluss/internal/place"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// View is what somebody can say what they think of.
type View struct {
	ui.Page
	Path   string // of the page
	List   []evaluation.Mine
	Table  bool     // on the screen that the two read together: what has been answered is not shown
	At     place.ID // whose form came back
	Typed  evaluation.Form
	Faults fault.Form
}

// Place reads which activity the address is about.
func Place(r *web.Request) (k place.ID, err error) {
	if k.UnmarshalText([]byte(r.PathValue("place"))) != nil {
		return 0, fault.Missing
	}
	return k, nil
}

// Typed reads the form.
func Typed(r *web.Request) (f evaluation.Form) {
	for i, q := range evaluation.Questions {
		f.Answers[i] = r.Form.Raw(q)
	}
	f.Line, f.Show = r.Form.Line("line"), r.Form.Bool("show")
	return f
}

// Again is the page with what was typed and what is wrong with it.
func (v View) Again(k place.ID, f evaluation.Form, faults fault.Form) View {
	v.At, v.Typed, v.Faults, v.Failed = k, f, faults, true
	return v
}

// form is what stands in the form of one activity.
func (v View) form(m evaluation.Mine) (evaluation.Form, fault.Form) {
	if m.Place == v.At {
		return v.Typed, v.Faults
	}
	return m.Form, nil
}

func (v View) at(m evaluation.Mine, part string) string {
	return v.Path + "/" + m.Place.String() + part
}

func (v View) words() (list []ui.Option) {
	for _, w := range evaluation.Words {
		list = append(list, ui.Option{Value: w, Text: v.L.T("evaluation.word." + w)})
	}
	return append(list, ui.Option{Text: v.L.T("evaluation.word.none")})
}

// field is one of a form's; several forms on a page have fields of the same name.
func (v View) field(m evaluation.Mine, name, label, value string, faults fault.Form) ui.Field {
	return ui.Field{Name: name, ID: name + m.Place.String(), Label: v.L.T(label), Value: value, Error: ui.Fault(v.L, faults, name)}
}

func shows(f evaluation.Form) []string {
	if f.Show {
		return []string{"yes"}
	}
	return nil
}
