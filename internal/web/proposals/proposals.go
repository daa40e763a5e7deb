// Package proposals shows the changes that a person has proposed in their plan, to them, at the table, and to who answers.
package proposals

import (
	"errors"
	"strconv"
	"strings"

	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/proposal"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// Field is the name of the field that holds which older proposal a new one stands in place of; in an address it opens the form on it.
const Field = "ersatter"

// Of is the field of an address that asks for a change of the thing of a key.
const Of = "om"

// View is what somebody has proposed, with the form for more.
type View struct {
	ui.Page
	List   []way.Proposal
	Things []proposal.Thing
	Names  org.Names
	Path   string // of the page
	Person string // what the person is called by others; "" for themself
	How    plan.How
	Coach  string // whom to talk to after a no; "" for somebody at the unit
	Phone  string // the unit's
	Voice  string // where one complains
	Other  string // where one asks for another coach; "" for staff

	Say func(comment.Thing) string // where one says what one thinks of an answer; nil for staff

	Typed  proposal.Form
	Older  *way.Proposal // what the form stands in place of; nil for none
	Reply  proposal.Reply
	To     proposal.ID // what the answer that comes back is to
	Stored bool        // it was changed meanwhile
	Faults fault.Form
}

// Open opens the form on the older proposal that the address asks to replace.
func (v View) Open(r *web.Request) (View, error) {
	var older proposal.ID
	if raw := r.URL.Query().Get(Field); raw != "" && older.UnmarshalText([]byte(raw)) != nil {
		return v, fault.Missing
	}
	v.Typed = proposal.Form{Thing: string(proposal.New)}
	if older == 0 {
		if t, ok := proposal.Find(v.Things, r.URL.Query().Get(Of)); ok {
			v.Typed.Thing = t.Key()
		}
		return v, nil
	}
	if v = v.replacing(older); v.Older == nil || !v.Older.State.Open() {
		return v, fault.Missing
	}
	o := v.Older
	v.Typed = proposal.Form{Words: o.Words, Because: o.Because, Replaces: o.ID, Seen: o.Version, Thing: proposal.KeyOf(o.About, o.Ref)}
	return v, nil
}

func (v View) replacing(p proposal.ID) View {
	for i := range v.List {
		if v.List[i].ID == p {
			v.Older = &v.List[i]
		}
	}
	return v
}

// Typed reads the form.
func Typed(r *web.Request) (f proposal.Form, err error) {
	f = proposal.Form{Thing: r.Form.Raw("thing"), Words: r.Form.Text("words"), Because: r.Form.Text("because")}
	if raw := r.Form.Raw(Field); raw != "" {
		if f.Replaces.UnmarshalText([]byte(raw)) != nil || f.Replaces <= 0 {
			return f, fault.Missing
		}
		f.Seen = r.Form.Version()
	}
	return f, r.Form.Faults.Err()
}

// Again is the page with what was typed and what is wrong with it. An error that is no fault of the form is given back.
func (v View) Again(f proposal.Form, err error) (View, error) {
	v = v.replacing(f.Replaces)
	v.Typed = f
	return v.wrong(err)
}

// Unanswered is the same for an answer.
func (v View) Unanswered(p proposal.ID, reply proposal.Reply, err error) (View, error) {
	v.To, v.Reply, v.Typed = p, reply, proposal.Form{Thing: string(proposal.New)}
	return v.wrong(err)
}

func (v View) wrong(err error) (View, error) {
	v.Faults, v.Stored = fault.Fields(err), errors.Is(err, fault.Stale)
	if v.Failed = len(v.Faults) > 0 || v.Stored; v.Failed {
		err = nil
	}
	return v, err
}

// ID reads {proposal} in the address.
func ID(r *web.Request) (p proposal.ID, err error) {
	if p.UnmarshalText([]byte(r.PathValue("proposal"))) != nil {
		return 0, fault.Missing
	}
	return p, nil
}

// own tells whether it is the person who reads, alone or at the table.
func (v View) own() bool { return v.Person == "" }

// about tells what a proposal is about.
func (v View) about(p way.Proposal) string {
	if p.About.Timed() {
		return v.L.T("proposal.thing."+string(p.About), p.Meets, p.MeetsAt)
	}
	if p.Thing == "" {
		return v.L.T("proposal.about." + string(p.About))
	}
	return v.L.T("proposal.thing", v.L.T("proposal.about."+string(p.About)), v.L.Apart(p.Thing))
}

// said tells who said it, how, and when.
func (v View) said(p way.Proposal) string {
	switch {
	case v.own() && p.How == plan.ByOwn:
		return v.L.T("proposal.said.you", p.On)
	case p.How == plan.ByOwn:
		return v.L.T("proposal.said.own", v.L.Apart(v.Person), p.On)
	default:
		return v.L.T("proposal.said."+string(p.How), v.who(p.By), p.On)
	}
}

// who names a colleague, as the reader may know them.
func (v View) who(post id.Post) string {
	o := v.Names.Post(post)
	if o.ID == 0 || v.own() && o.NameHidden {
		return v.L.T("proposal.somebody")
	}
	return v.L.Apart(o.Name)
}

// stands is where a proposal stands.
func (v View) stands(p way.Proposal) ui.Tag {
	kind := "line"
	switch p.State {
	case proposal.Waiting:
		kind = "open"
	case proposal.Approved, proposal.Done:
		kind = "yes"
	}
	return ui.Tag{Kind: kind, Text: v.L.T("proposal.state." + string(p.State))}
}

// awaited is what the person waits for.
func awaited(p way.Proposal) way.Awaited {
	if p.State == proposal.Approved {
		return way.Approved
	}
	return way.Proposed
}

// happened tells when it came to where it stands, and by whom.
func (v View) happened(p way.Proposal) string {
	switch p.State {
	case proposal.Waiting:
		if v.own() {
			return v.L.T("enquiry.waits", v.coach(), p.On)
		}
		return v.L.T("proposal.waits", p.On)
	case proposal.Approved, proposal.Declined:
		return v.L.T("proposal.answered", v.who(p.Answerer), p.Answered)
	case proposal.Done:
		return v.L.T("proposal.done", p.Since)
	case proposal.Replaced:
		return v.L.T("proposal.replaced", p.Since)
	default:
		return v.L.T("proposal.withdrawn", p.Since)
	}
}

// asked tells whether the page was opened to change one thing.
func (v View) asked() bool {
	about, _, _ := strings.Cut(v.Typed.Thing, ":")
	return proposal.About(about).Timed() || about == string(proposal.Work)
}

func (v View) options() (list []ui.Option) {
	for _, t := range v.Things {
		list = append(list, ui.Option{Value: t.Key(), Text: v.option(t)})
	}
	return list
}

func (v View) option(t proposal.Thing) string {
	words := t.Words
	switch t.About {
	case proposal.New:
		return v.L.T("proposal.about.new")
	case proposal.Meeting, proposal.Start:
		return v.L.T("proposal.thing."+string(t.About), t.On, t.At)
	case proposal.Place:
		if words = t.Names[v.L.Tag]; words == "" {
			words = t.Names["sv"]
		}
	case proposal.Task:
		if v.own() && v.L.Spoken() != "sv" && t.Other != "" {
			words = t.Other
		}
	}
	return v.L.T("proposal.thing", v.L.T("proposal.about."+string(t.About)), v.L.Apart(words))
}

// act is where what was answered yes to is done: beside the verb for it.
func (v View) act(p way.Proposal, at string) string {
	x := id.Of[struct{}](p.Ref).String()
	switch p.About {
	case proposal.Task:
		return at + "/plan/uppgift/" + x
	case proposal.Measure:
		return at + "/plan/insats/" + x
	case proposal.Meeting:
		return at + "/kontakt"
	case proposal.Start:
		return at + "/egen-start"
	case proposal.Work:
		return at + "/praktik/" + x
	case proposal.Place:
		return at + "/aktiviteter"
	default:
		return at + "/plan"
	}
}

func version(p way.Proposal) ui.Hide { return ui.Hide{Name: "_v", Value: strconv.Itoa(p.Version)} }

func (v View) seen() string { return strconv.Itoa(v.Typed.Seen) }

// swedish is the language that staff write in.
var swedish = i18n.Get("sv")

// field is the answer's field; the one that is wrong has the id that the summary of errors leads to.
func (v View) field(p way.Proposal) ui.Field {
	f := ui.Field{Name: "answer", Label: v.L.T("proposal.answer", v.L.Apart(v.Person)), Good: v.L.T("proposal.answer.good"), Rows: 3}
	if v.To == p.ID {
		f.Value, f.Error = v.Reply.Words, ui.Fault(v.L, v.Faults, "answer")
	} else {
		f.ID = "answer-" + p.ID.String()
	}
	return f
}

func (v View) coach() string {
	if v.Coach == "" {
		return v.L.T("proposal.onwards.somebody")
	}
	return v.L.Apart(v.Coach)
}
