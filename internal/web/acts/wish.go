// Package acts is what somebody does alone on their own pages or together with staff at the table: the same words and forms.
package acts

import (
	"slices"

	"sluss/internal/activity"
	"sluss/internal/fault"
	"sluss/internal/placement"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// Wishes is what the person would like to take part in, and where they say so.
type Wishes struct {
	ui.Page
	At      func(part string) string // the page's address, and those under it
	Back    string
	List    []way.Wish
	Rest    []way.Choice
	Work    []placement.Own // wished for
	Chosen  string          // as typed
	Because string
	F       map[string]string // as typed of work
	Faults  fault.Form
}

// Wished are the wishes among somebody's placements.
func Wished(all []placement.Own) []placement.Own {
	return slices.DeleteFunc(all, func(x placement.Own) bool { return x.State != placement.Wished })
}

// ReadWork reads what the person would like to try at a workplace.
func ReadWork(r *web.Request) (what, because string, err error) {
	what, because = r.Form.Text("what"), r.Form.Text("becausework")
	return what, because, r.Form.Faults.Err()
}

// AgainWork is the page with what was typed about work, and what is wrong with it.
func (v Wishes) AgainWork(r *web.Request, faults fault.Form) Wishes {
	v.F, v.Faults, v.Failed = map[string]string{"what": r.Form.Raw("what"), "becausework": r.Form.Raw("becausework")}, faults, true
	return v
}

// ReadWish reads the form; no activity is one that the desk refuses.
func ReadWish(r *web.Request) (x activity.ID, because string, err error) {
	_ = x.UnmarshalText([]byte(r.Form.Raw("activity")))
	because = r.Form.Text("because")
	return x, because, r.Form.Faults.Err()
}

// Again is the page with what was typed and what is wrong with it.
func (v Wishes) Again(r *web.Request, faults fault.Form) Wishes {
	v.Chosen, v.Because, v.Faults, v.Failed = r.Form.Raw("activity"), r.Form.Raw("because"), faults, true
	return v
}

// choices are the activities to choose among, each with what it is for.
func (v Wishes) choices() (list []ui.Option) {
	for _, c := range v.Rest {
		list = append(list, ui.Option{Value: c.ID.String(), Text: v.L.Apart(inLang(v.L.Tag, c.Names)), Good: v.L.Apart(inLang(v.L.Tag, c.Purposes))})
	}
	return list
}

// inLang is a text in the language, else in Swedish.
func inLang(tag string, words map[string]string) string {
	if s := words[tag]; s != "" {
		return s
	}
	return words["sv"]
}
