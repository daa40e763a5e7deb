package staff

import (
	"slices"
	"strconv"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/demand"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/pnr"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// overviewPage is the first page of one person.
type overviewPage struct {
	ui.Page
	Who       person.Person
	Today     clock.Date
	Tabs      []ui.Tab
	Facts     []ui.Fact
	Referral  referral.Referral
	Why       string // why here, in one line
	Enrolment intake.Enrolment
	Enrolled  bool
	Start     intake.Start // the group start the person is called to or was at; its id is 0 for none
	Coach     org.Post
	Where     string
	Plan      plan.Plan
	Meeting   contact.Appointment // the next one; its id is 0 for none
	Demands   []demand.Demand     // what is required of the person now
	Ordered   bool                // they were sent here, and nobody has written down by what law
	Writes    bool                // the reader may write down what is required
}

const overviewCategories = access.Identity | access.Contact | access.Health | access.Collaboration | access.Thread | access.Plan

func (p *Pages) getPerson(r *web.Request) (web.Answer, error) {
	page, err := p.overview(r, access.ForContact)
	return web.Show(overview(page)), err
}

// overview reads what the first pages of one person share.
func (p *Pages) overview(r *web.Request, why access.Purpose) (page overviewPage, err error) {
	who, err := r.Person()
	if err != nil {
		return page, err
	}
	set, err := p.Org.Settings(r.Context(), r.Actor)
	if err != nil {
		return page, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		var a access.Access
		if page.Who, a, err = person.Open(r.Context(), tx, r.Actor, who, overviewCategories, access.Read, why); err != nil {
			return err
		}
		if page.Referral, _, err = referral.Newest(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		if page.Enrolment, page.Enrolled, err = intake.Current(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		if page.Start, _, err = intake.StartOf(r.Context(), tx, r.Actor, a, page.Referral.ID); err != nil {
			return err
		}
		if page.Enrolled {
			if page.Plan, err = plan.Of(r.Context(), tx, r.Actor, a, page.Enrolment, set); err != nil {
				return err
			}
		}
		if err := page.demands(r, tx, a); err != nil {
			return err
		}
		page.Meeting, _, err = contact.Next(r.Context(), tx, r.Actor, a)
		return err
	})
	if err != nil {
		return page, err
	}
	n, err := p.names(r)
	if err != nil {
		return page, err
	}
	page.Page, page.Tabs, page.Today = r.Titled(page.Who.Name()), personTabs(r, who), r.Actor.Today()
	if page.Referral.ID != 0 {
		page.Why = whyHere(r.L, n, page.Referral)
	}
	if page.Enrolled && page.Referral.ID != 0 && page.Enrolment.Referral != int64(page.Referral.ID) {
		page.Enrolled = false // an earlier time here; the newest referral has none yet
	}
	page.Coach, page.Where = n.Post(page.Enrolment.Coach), n.Room(page.Enrolment.Room)
	page.Facts = facts(r, page)
	return page, nil
}

// demands reads what is required of the person, for those who may write it down.
func (p *overviewPage) demands(r *web.Request, tx *store.Tx, a access.Access) error {
	if p.Writes = slices.Contains(access.Caseworkers, r.Actor.Role()); !p.Writes {
		return nil
	}
	all, err := demand.Of(r.Context(), tx, r.Actor, a)
	if err != nil {
		return err
	}
	p.Demands = slices.DeleteFunc(slices.Clone(all), func(d demand.Demand) bool { return d.State != demand.Open })
	_, p.Ordered, err = demand.OrderOf(r.Context(), tx, r.Actor, a, all)
	return err
}

// facts are the lines under a person's name: language, how to reach, coach, what works.
func facts(r *web.Request, p overviewPage) []ui.Fact {
	l := r.L
	lang := langName(l, p.Who.Language)
	if p.Who.Interpreter {
		lang += ". " + l.T("person.interpreter.yes")
	}
	list := []ui.Fact{{Term: l.T("person.language"), Text: lang}, {Term: l.T("person.reach"), Text: reachText(r, p.Who.Contact)}}
	if p.Enrolled && p.Coach.ID != 0 {
		list = append(list, ui.Fact{Term: l.T("person.coach"), Text: p.Coach.Name})
	}
	if p.Who.Access != "" {
		list = append(list, ui.Fact{Term: l.T("person.needs.short"), Text: p.Who.Access})
	}
	return list
}

func reachText(r *web.Request, c person.Contact) string {
	s := r.L.T("person.reach." + c.Reach)
	if c.ReachWhen != "" {
		s += " " + r.L.Apart(c.ReachWhen)
	}
	switch {
	case c.Reach == "email" && c.Email != "":
		return s + ". " + r.L.Apart(c.Email)
	case c.Phone != "":
		return s + ". " + r.L.Apart(c.Phone)
	}
	return s
}

// recordPage is who somebody is and how to reach them, to read and change.
type recordPage struct {
	ui.Page
	personFields
	Who     id.Person
	Tabs    []ui.Tab
	Name    string
	Version int
	person.Protection
	Faults fault.Form
	Stored []ui.Fact // what somebody else wrote meanwhile
	Speak  []person.Representative
	Rep    person.Representative // as typed
	RepErr fault.Form
}

const recordCategories = access.Identity | access.Contact | access.Health

func (p *Pages) recordPage(r *web.Request, who id.Person) (recordPage, person.Person, error) {
	x, err := p.Person.Open(r.Context(), r.Actor, who, recordCategories, access.ForContact)
	if err != nil {
		return recordPage{}, x, err
	}
	page := recordPage{Page: r.Titled(x.Name()), Who: who, Tabs: personTabs(r, who), Name: x.Name(), Version: x.Version, Protection: x.Protection, personFields: fieldsOf(x)}
	page.Speak, err = p.Person.RepresentativesOf(r.Context(), r.Actor, who)
	return page, x, err
}

func fieldsOf(x person.Person) personFields {
	f := personFields{Given: x.Given, Family: x.Family, Sex: strconv.Itoa(int(x.Sex)), Phone: x.Phone, Email: x.Email, Street: x.Street,
		Postcode: x.Postcode, City: x.City, Reach: x.Reach, ReachWhen: x.ReachWhen, Language: x.Language, Needs: x.Access, Interpreter: x.Interpreter, Targets: x.Targets}
	if !x.Number.IsZero() {
		f.Number = x.Number.Dashed()
	}
	if x.BirthYear != 0 {
		f.Birth = strconv.Itoa(x.BirthYear)
	}
	return f
}

func (p *Pages) getRecord(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	page, _, err := p.recordPage(r, who)
	return web.Show(record(page)), err
}

func (p *Pages) postRecord(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	typed, x := readPerson(r)
	x.ID = who
	faults := r.Form.Faults
	if len(faults) == 0 {
		err = p.Person.Change(r.Context(), r.Actor, x, r.Form.Version())
		if err == nil {
			return web.Saved(personPath(who, "/uppgifter"), "form.saved"), nil
		}
		if faults = fault.Fields(err); faults == nil && !fault.Is(err, fault.Conflict) {
			return web.Answer{}, err
		}
	}
	page, stored, perr := p.recordPage(r, who)
	if perr != nil {
		return web.Answer{}, perr
	}
	page.personFields = typed
	page.Failed = true
	if faults == nil {
		page.Stored = storedFacts(r, stored)
		return web.Differs(record(page)), nil
	}
	page.Faults = inOrder(faults, personOrder)
	return web.Again(record(page)), nil
}

func (p *Pages) postRepresent(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := r.Form
	rep := person.Representative{Kind: f.Raw("kind"), Name: f.Line("name"), Phone: f.Line("repphone"), Scope: f.Text("scope"), From: f.Date("from"), To: f.Date("to")}
	if rep.To != "" {
		rep.To = rep.To.Add(1) // people mean the last day too
	}
	faults := f.Faults
	if len(faults) == 0 {
		err := p.Person.Represent(r.Context(), r.Actor, who, rep)
		if err == nil {
			return web.Saved(personPath(who, "/uppgifter"), "person.rep.saved"), nil
		}
		if faults = fault.Fields(err); faults == nil {
			return web.Answer{}, err
		}
	}
	page, _, err := p.recordPage(r, who)
	page.Failed, page.RepErr, page.Rep = true, faults, rep
	page.Rep.From, page.Rep.To = clock.Date(f.Raw("from")), clock.Date(f.Raw("to"))
	return web.Again(record(page)), err
}

func (p *Pages) postRepresentEnd(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var rep person.RepresentativeID
	if rep.UnmarshalText([]byte(r.Form.Raw("id"))) != nil {
		return web.Answer{}, fault.Missing
	}
	err = p.Person.EndRepresentative(r.Context(), r.Actor, who, rep, r.Form.Version())
	return web.Saved(personPath(who, "/uppgifter"), "person.rep.ended.saved"), err
}

// spanText says from when to when somebody speaks for a person.
func spanText(l *i18n.Lang, x person.Representative) string {
	switch {
	case x.Ended:
		return l.T("person.rep.ended")
	case x.To == clock.Forever:
		return l.T("person.rep.since", x.From)
	default:
		return l.T("person.rep.span", x.From, x.To.Add(-1))
	}
}

// storedFacts tells what is stored now, beside what was typed.
func storedFacts(r *web.Request, x person.Person) []ui.Fact {
	l := r.L
	return []ui.Fact{{Term: l.T("queue.name"), Text: x.Name()}, {Term: l.T("person.phone"), Text: x.Phone}, {Term: l.T("person.email"), Text: x.Email},
		{Term: l.T("person.street"), Text: x.Street + " " + x.Postcode + " " + x.City}, {Term: l.T("person.reach"), Text: reachText(r, x.Contact)},
		{Term: l.T("person.language"), Text: langName(l, x.Language)}, {Term: l.T("person.needs.short"), Text: x.Access}}
}

// searchPage is what a search found.
type searchPage struct {
	ui.Page
	Asked  string
	Hits   []person.Hit
	More   bool
	Urgent bool // a number that gives nobody, and the reader may open a record in an emergency
	Front  bool // the reader sits in the entrance
	Faults fault.Form
}

func (p *Pages) postSearch(r *web.Request) (web.Answer, error) {
	page := searchPage{Page: r.Page("search.title"), Asked: r.Form.Line("q"), Front: r.Actor.Role() == access.Reception}
	var err error
	page.Hits, page.More, err = p.Person.Search(r.Context(), r.Actor, page.Asked)
	if f := fault.Fields(err); f != nil {
		page.Faults, page.Failed = f, true
		return web.Again(search(page)), nil
	}
	if err != nil {
		return web.Answer{}, err
	}
	_, notNumber := pnr.Parse(page.Asked, r.Actor.Today())
	page.Urgent = notNumber == nil && len(page.Hits) == 0 && mayBreak(r)
	return web.Show(search(page)), nil
}

func (p *Pages) getSearch(r *web.Request) (web.Answer, error) {
	return web.Show(search(searchPage{Page: r.Page("search.title")})), nil
}
