package acts

import (
	"sluss/internal/comment"
	"sluss/internal/extract"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/everything"
)

// Say is what has been written about the person in words, and where they say what they think of it: all of it, or one thing.
type Say struct {
	everything.View
	At     func(part string) string // the address of the list, and those under it
	Notes  string                   // where the notes are read
	Hours  string                   // where statements of hours are; "" where each is reached by itself
	Names  org.Names
	Thing  comment.Thing
	Part   string // the name of what kind of thing it is
	Row    extract.Row
	List   []comment.Comment // what is said of the one thing
	Paper  bool              // at the table: it may be typed in from a paper
	Gone   bool              // they are with no unit: nobody there may read it
	Words  string            // as typed
	Faults fault.Form
}

// ThingOf reads what the address is about.
func ThingOf(r *web.Request) (t comment.Thing, err error) {
	if t.UnmarshalText([]byte(r.PathValue("thing"))) != nil {
		err = fault.Missing
	}
	return t, err
}

// CommentOf reads which comment a form is about.
func CommentOf(r *web.Request, name string) (c comment.ID, err error) {
	if c.UnmarshalText([]byte(r.Form.Raw(name))) != nil {
		err = fault.Missing
	}
	return c, err
}

// Choose finds the one thing in what is written. Missing when it is not there.
func (v *Say) Choose(t comment.Thing) error {
	for _, p := range v.Parts {
		for i, r := range p.Rows {
			if x, ok := p.Thing(i); ok && x == t {
				v.Thing, v.Part, v.Row = t, p.Name, r
				return nil
			}
		}
	}
	return fault.Missing
}

// open tells whether what is said can be taken back here: at the table not what the person wrote by themself.
func (v Say) open(c comment.Comment) bool { return c.Open() && (c.By != 0 || !v.Paper) }

// Again is the page with what was typed, and what is wrong with it.
func (v Say) Again(r *web.Request, faults fault.Form) Say {
	v.Failed, v.Faults, v.Words = true, faults, r.Form.Raw("words")
	return v
}

// somebody is a worker's name, where the person may know it.
func somebody(l *i18n.Lang, names org.Names, p id.Post) string {
	if o := names.Post(p); o.ID != 0 && !o.NameHidden {
		return l.Apart(o.Name)
	}
	return l.T("own.somebody")
}

// Said tells when a comment was said, and whether the person wrote it alone.
func Said(l *i18n.Lang, c comment.Comment) string {
	switch {
	case c.By == 0:
		return l.T("statement.said.own", c.At.Date())
	case c.Paper:
		return l.T("statement.said.table", c.At.Date()) + " " + l.T("plan.paper.from")
	}
	return l.T("statement.said.table", c.At.Date())
}
