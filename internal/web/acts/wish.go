// Package acts is what somebody does alone on their own pages or together with staff at the table: the same words and forms.
package acts

import (
	"sluss/internal/activity"
	"sluss/internal/fault"
	"sluss/internal/place"
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
	Chosen  string // as typed
	Because string
	Faults  fault.Form
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

// WishID reads which wish the address is about.
func WishID(r *web.Request) (k place.ID, err error) {
	if k.UnmarshalText([]byte(r.PathValue("place"))) != nil {
		err = fault.Missing
	}
	return k, err
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
