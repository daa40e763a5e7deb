package staff

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/contact"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/acts"
	"sluss/internal/web/ui"
)

// contactPage is how one keeps in touch with a person: the next meeting, a note to write, the notes written.
type contactPage struct {
	filled
	contact.Record
	Who        id.Person
	Me         id.Post
	Names      org.Names
	Tabs       []ui.Tab
	Today      clock.Date
	Reach      string               // how the person wants to be reached
	Draft      contact.Note         // what is written on; the zero value for a new note
	Correcting *contact.Note        // the signed note that is being corrected
	Stored     *contact.Note        // as it stands now, when somebody saved it meanwhile
	Moving     *contact.Appointment // the meeting that gets another time
	About      contact.NoteID       // the note whose reader is chosen, or of which the person says something; 0 for none
	Agreeing   bool                 // the form for a new meeting is shown
	Away       []away.Told          // what the person has told of not coming
}

func (p contactPage) path(part string) string { return personPath(p.Who, "/kontakt"+part) }

func (p *Pages) contactPage(r *web.Request) (contactPage, error) {
	who, err := r.Person()
	if err != nil {
		return contactPage{}, err
	}
	c, err := p.Contact.Open(r.Context(), r.Actor, who)
	if err != nil {
		return contactPage{}, err
	}
	page := contactPage{filled: filled{Page: r.Titled(c.Person.Name()), First: c.Person.Given}, Record: c, Who: who, Tabs: personTabs(r, who), Today: r.Actor.Today()}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	if page.Away, err = p.Away.Of(r.Context(), r.Actor, who); err != nil {
		return page, err
	}
	page.Me = r.Actor.Post()
	page.Draft.On, page.Reach = page.Today, reachText(r, c.Person.Contact)
	for i := range page.Tabs {
		page.Tabs[i].Current = page.Tabs[i].Href == page.path("")
	}
	page.Path = page.path("")
	return page, nil
}

func (p *Pages) getContact(r *web.Request) (web.Answer, error) {
	page, err := p.contactPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	query := r.URL.Query()
	page.Path = r.URL.RequestURI()
	page.correct(query.Get("ratta"))
	page.write(query.Get("utkast"))
	page.move(query.Get("flytta"))
	if err := optional(&page.About, query.Get("om")); err != nil {
		return web.Answer{}, err
	}
	page.Agreeing = page.Moving != nil || page.Next() == nil || query.Get("tid") == "ny"
	return web.Show(contactView(page)), nil
}

// correct chooses the signed note to correct.
func (p *contactPage) correct(name string) {
	if i := slices.IndexFunc(p.Notes, func(n contact.Note) bool { return n.ID.String() == name }); i >= 0 {
		p.Correcting = &p.Notes[i]
	}
}

// write chooses the draft to write on: the one named, else the newest that belongs where one is.
func (p *contactPage) write(name string) {
	for _, n := range p.Drafts {
		fits := name == "" && (p.Correcting == nil && n.Corrects == 0 || p.Correcting != nil && n.Corrects == p.Correcting.ID)
		if n.ID.String() == name || fits {
			p.Draft = n
			p.Draft.On = cmp.Or(n.On, p.Today)
			if n.Corrects != 0 {
				p.correct(n.Corrects.String())
			}
			return
		}
	}
}

func (p *contactPage) move(name string) {
	for i, m := range p.Appointments {
		if m.ID.String() == name && m.State == contact.Planned {
			p.Moving = &p.Appointments[i]
		}
	}
}

func (p *Pages) postNote(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := r.Form
	form := contact.NoteForm{Version: f.Version(), On: f.Date("noted"), Kind: one(f, "kind", contact.Kinds), Text: f.Text("text"), Held: contact.Held(f.Raw("held"))}
	if err := optional(&form.ID, f.Raw("note")); err != nil {
		return web.Answer{}, err
	}
	if err := optional(&form.Corrects, f.Raw("corrects")); err != nil {
		return web.Answer{}, err
	}
	saved, write := "contact.note.saved", p.Contact.Save
	if f.Raw("do") == "sign" {
		saved, write = "contact.note.signed", p.Contact.Sign
	}
	if err = f.Faults.Err(); err == nil {
		_, err = write(r.Context(), r.Actor, who, form)
	}
	if err != nil {
		return p.contactAgain(r, err, func(page *contactPage) { page.kept(form) })
	}
	return web.Saved(personPath(who, "/kontakt"), saved), nil
}

// optional reads an id that may be missing.
func optional[T interface{ UnmarshalText([]byte) error }](to T, s string) error {
	if s != "" && to.UnmarshalText([]byte(s)) != nil {
		return fault.Missing
	}
	return nil
}

// kept sets the page back to the note that could not be saved. A draft that is gone becomes a new note, with what was
// typed.
func (p *contactPage) kept(f contact.NoteForm) {
	p.correct(f.Corrects.String())
	for _, n := range slices.Concat(p.Drafts, p.Notes) {
		if n.ID != f.ID {
			continue
		}
		if n.State == contact.Draft {
			p.Draft = n
		}
		if p.Differs {
			p.Stored = &n
		}
	}
}

// contactAgain shows the page with what was typed, what is wrong with it, and what is stored now.
func (p *Pages) contactAgain(r *web.Request, failed error, set func(*contactPage)) (web.Answer, error) {
	faults := fault.Fields(failed)
	stale := errors.Is(failed, fault.Stale)
	if faults == nil && !stale {
		return web.Answer{}, failed
	}
	page, err := p.contactPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	page.Typed, page.Faults, page.Failed, page.Differs = r.Form, faults, true, stale
	page.Agreeing = page.Next() == nil
	set(&page)
	if stale {
		return web.Differs(contactView(page)), nil
	}
	return web.Again(contactView(page)), nil
}

func (p *Pages) postNoteDrop(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var note contact.NoteID
	if note.UnmarshalText([]byte(r.Form.Raw("note"))) != nil {
		return web.Answer{}, fault.Missing
	}
	if err := p.Contact.Drop(r.Context(), r.Actor, who, note, r.Form.Version()); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(personPath(who, "/kontakt"), "contact.note.dropped"), nil
}

// postNoteHeld says whether the person reads a signed note.
func (p *Pages) postNoteHeld(r *web.Request) (web.Answer, error) {
	return p.aboutNote(r, "contact.hold.saved", func(who id.Person, k contact.NoteID) error {
		return p.Contact.Hold(r.Context(), r.Actor, who, k, r.Form.Version(), contact.Held(r.Form.Raw("held")))
	})
}

// postNoteSaid writes down what the person says of a note.
func (p *Pages) postNoteSaid(r *web.Request) (web.Answer, error) {
	words, paper := r.Form.Text("words"), r.Form.Bool("paper")
	return p.aboutNote(r, "contact.comment.saved", func(who id.Person, k contact.NoteID) error {
		return p.Comment.Say(r.Context(), r.Actor, who, noteThing(k), words, paper)
	})
}

// noteThing is a note as what is said of it knows it.
func noteThing(k contact.NoteID) comment.Thing {
	return comment.Thing{Kind: comment.Note, Ref: int64(k)}
}

// aboutNote changes what stands beside a signed note, or shows the page again with its forms.
func (p *Pages) aboutNote(r *web.Request, saved string, change func(id.Person, contact.NoteID) error) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	k, err := acts.NoteID(r)
	if err != nil {
		return web.Answer{}, err
	}
	if err = r.Form.Faults.Err(); err == nil {
		err = change(who, k)
	}
	if err != nil {
		return p.contactAgain(r, err, func(page *contactPage) { page.About = k })
	}
	return web.Saved(personPath(who, "/kontakt"), saved), nil
}

// heldOptions are whether the person reads a note, and why not.
func (p contactPage) heldOptions() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("contact.hold.not", p.First)}}
	return append(list, options(p.L, "contact.hold.", contact.Grounds)...)
}

// heldNow is where it is said of a signed note; the form for a new note has such a field too.
func (p contactPage) heldNow(n contact.Note) ui.Field {
	f := p.field("held", "contact.hold", string(n.Held))
	f.ID = "held-" + n.ID.String()
	return f
}

// notePage is one signed note on paper.
type notePage struct {
	ui.Page
	contact.Note
	Name string
}

func (p *Pages) getNote(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var note contact.NoteID
	if note.UnmarshalText([]byte(r.PathValue("note"))) != nil {
		return web.Answer{}, fault.Missing
	}
	n, name, err := p.Contact.Copy(r.Context(), r.Actor, who, note)
	if err != nil {
		return web.Answer{}, err
	}
	page := notePage{Page: r.Page("contact.note"), Note: n, Name: name}
	page.Stamp = r.L.T("contact.note.printed", r.Actor.Today())
	return web.Show(noteView(page)), nil
}

func version(n int) string { return strconv.Itoa(n) }
