package acts

import (
	"context"

	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/extract"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
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
	List   []comment.Comment // what is said of the one thing, or of all
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

// Load reads what is written about the person of the access, and what they say of it: of one thing, or with none of all. Missing when the
// thing is not there.
func (v *Say) Load(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, about comment.Thing) (err error) {
	if v.Record, err = extract.Written(ctx, tx, actor, a, v.Names); err != nil {
		return err
	}
	var kinds []comment.Kind
	for _, p := range v.Parts {
		for i, r := range p.Rows {
			x, ok := p.Thing(i)
			if ok && x == about {
				v.Thing, v.Part, v.Row = x, p.Name, r
			}
			kinds = append(kinds, x.Kind)
		}
	}
	if v.Thing != about {
		return fault.Missing
	}
	if about.Ref != 0 {
		kinds = []comment.Kind{about.Kind}
	}
	if v.List, err = comment.Of(ctx, tx, actor, a, kinds...); err == nil && about.Ref != 0 {
		v.List = comment.About(v.List, about)
	}
	return err
}

// beside is what the person has said of a thing in the list.
func (v Say) beside(t comment.Thing) templ.Component {
	return Comments(v.L, v.Names, v.L.T("comment.said"), comment.About(v.List, t))
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
