package acts

import (
	"sluss/internal/contact"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// Notes is what has been written about the person, and where they say what they think of it.
type Notes struct {
	ui.Page
	At     func(part string) string // the page's address, and those under it
	List   []contact.Note
	Names  org.Names
	Asked  contact.NoteID
	Words  string // as typed, of Asked
	Faults fault.Form
}

// NoteID reads which note the address is about.
func NoteID(r *web.Request) (k contact.NoteID, err error) {
	if k.UnmarshalText([]byte(r.PathValue("note"))) != nil {
		err = fault.Missing
	}
	return k, err
}

// Again is the page with what was typed about a note, and what is wrong with it.
func (v Notes) Again(r *web.Request, k contact.NoteID, faults fault.Form) Notes {
	v.Failed, v.Faults, v.Asked, v.Words = true, faults, k, r.Form.Raw("words")
	return v
}

// by says who has signed a note and when, as the person may know it.
func (v Notes) by(n contact.Note) string {
	return v.L.T("contact.note.by", somebody(v.L, v.Names, n.Post), n.SignedAt.Date(), n.SignedAt.LocalTime())
}

// field is where words about one of the notes are typed; several such forms stand on the page.
func (v Notes) field(n contact.Note) ui.Field {
	f := ui.Field{Name: "words", ID: "words-" + n.ID.String(), Label: v.L.T("comment.say"), Good: v.L.T("comment.say.good")}
	if n.ID == v.Asked {
		f.ID, f.Value, f.Error = "words", v.Words, ui.Fault(v.L, v.Faults, "words")
	}
	return f
}
