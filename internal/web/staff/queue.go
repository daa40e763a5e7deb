package staff

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"

	"sluss/internal/access"
	"sluss/internal/application"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/pnr"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

type queuePage struct {
	ui.Page
	Reception bool // who sees no lists of people
	Waiting   referral.Length
	Table     ui.Table
	From      int          // place of the first line
	Start     intake.Start // the next one with room on its list, else the next; its id is 0 for none
	Called    int          // how many are on its list
	Next      string
	Named     []ui.Option        // those of the table
	Asked     application.Length // those who asked on the pages for everybody
}

func (p *Pages) getQueue(r *web.Request) (web.Answer, error) {
	page := queuePage{Page: r.Page("nav.queue"), From: 1, Reception: r.Actor.Role() == access.Reception}
	var from referral.Cursor
	asked := r.URL.Query()
	if d, err := clock.ParseDate(asked.Get("efter")); err == nil {
		from.On = d
		_ = from.ID.UnmarshalText([]byte(asked.Get("id")))
		if n, err := strconv.Atoi(asked.Get("n")); err == nil && n > 0 && n < 1e6 {
			page.From = n
		}
	}
	q, err := p.Referral.Queue(r.Context(), r.Actor, from)
	if err != nil {
		return web.Answer{}, err
	}
	n, err := p.names(r)
	if err != nil {
		return web.Answer{}, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if page.Start, page.Called, err = nextStart(r.Context(), tx, r.Actor); err != nil || page.Reception {
			return err
		}
		page.Asked, err = application.Count(r.Context(), tx, r.Actor)
		return err
	})
	page.Waiting, page.Table = q.Length, queueTable(r, n, q.Lines, page.From)
	for _, x := range q.Lines {
		page.Named = append(page.Named, ui.Option{Value: x.Person.String(), Text: page.L.List(x.Name, born(r.L, x.BirthYear))})
	}
	if q.More {
		last := q.Lines[len(q.Lines)-1]
		page.Next = "/arbete/ko?" + url.Values{"efter": {string(last.OrderOn)}, "id": {last.ID.String()}, "n": {strconv.Itoa(page.From + len(q.Lines))}}.Encode()
	}
	return web.Show(queue(page)), err
}

// nextStart gives the start that those in the queue can be called to, and how many are on its list.
func nextStart(ctx context.Context, tx *store.Tx, actor *access.Actor) (next intake.Start, called int, err error) {
	span := clock.Span{From: actor.Today().Add(1), To: actor.Today().AddMonths(13)}
	list, err := intake.Starts(ctx, tx, actor, span)
	if err != nil {
		return next, 0, err
	}
	tallies, err := intake.Tallies(ctx, tx, actor, span)
	for _, s := range list {
		n := tallies[s.ID].Counts()
		if s.State != intake.Planned || next.ID != 0 && n >= s.Calls {
			continue
		}
		if next, called = s, n; n < s.Calls {
			break
		}
	}
	return next, called, err
}

func queueTable(r *web.Request, n org.Names, lines []referral.Line, from int) ui.Table {
	l := r.L
	t := ui.Table{Stack: true, Label: "h-queue", Head: 1, Cols: []ui.Col{{Text: l.T("queue.place"), Order: true, Quiet: true}, {Text: l.T("queue.name")},
		{Text: l.T("queue.why"), Short: l.T("queue.why.short")}, {Text: l.T("queue.needs"), Short: l.T("queue.needs.short")},
		{Text: l.T("queue.reply"), Short: l.T("queue.reply")}}}
	for i, x := range lines {
		reply := ""
		if x.ReplyBy != "" && x.RepliedOn == "" {
			reply = l.Short(x.ReplyBy)
		}
		why := ui.T(whyHere(l, n, x.Referral))
		kind := ""
		if x.Returning && x.AskedOn == "" {
			kind = "turn"
			why.Sub = l.T("queue.return.ask")
		}
		t.Rows = append(t.Rows, ui.Row{Kind: kind, Cells: []ui.Cell{ui.T(strconv.Itoa(from + i)),
			{Text: x.Name, Href: personPath(x.Person, ""), Sub: born(l, x.BirthYear)}, why, ui.T(needsOf(l, x)), ui.T(reply)}})
	}
	return t
}

// newPage is the form for somebody who comes.
type newPage struct {
	ui.Page
	personFields
	Faults   fault.Form
	Kind     string
	Agencies []ui.Option
	Sender   string // agency or unit chosen
	Who      string
	Reason   string
	Why      string
	Wish     string
	Received string
	ReplyBy  string
	Alike    []person.Hit // likely the same person, to be looked at first
}

// newFields are the fields of the form in the order they stand.
var newFields = append(slices.Clip(personOrder), "kind", "sender", "who", "reason", "why", "wish", "received", "reply")

// personOrder is the fields of a person in the order they stand.
var personOrder = []string{"given", "family", "number", "birth", "sex", "phone", "email", "street", "postcode", "city", "reach", "when", "language",
	"interpreter", "needs", "target"}

// inOrder gives the faults in the order of the fields, so that one can mend from the top down.
func inOrder(faults fault.Form, fields []string) fault.Form {
	list := slices.Clone(faults)
	slices.SortStableFunc(list, func(a, b *fault.Fault) int {
		return cmp.Compare(slices.Index(fields, a.Field), slices.Index(fields, b.Field))
	})
	return list
}

// personFields are the fields of a person as typed.
type personFields struct {
	Given, Family, Number, Birth, Sex, Phone, Email, Street, Postcode, City, Reach, ReachWhen, Language, Needs string
	Interpreter                                                                                                bool
	Targets                                                                                                    []string
}

func (p *Pages) newPage(r *web.Request) (newPage, error) {
	page := newPage{Page: r.Page("queue.new")}
	n, err := p.names(r)
	for _, u := range n.Units {
		if u.ID != r.Actor.Unit() {
			page.Agencies = append(page.Agencies, ui.Option{Value: "u" + u.ID.String(), Text: u.Name})
		}
	}
	for _, a := range n.Agencies {
		page.Agencies = append(page.Agencies, ui.Option{Value: "a" + a.ID.String(), Text: a.Name})
	}
	return page, err
}

func (p *Pages) getNew(r *web.Request) (web.Answer, error) {
	page, err := p.newPage(r)
	page.Received = string(r.Actor.Today())
	page.Language, page.Reach = "sv", "phone"
	return web.Show(newInQueue(page)), err
}

func (p *Pages) postNew(r *web.Request) (web.Answer, error) {
	f := r.Form
	typed, who := readPerson(r)
	kinds := make([]string, len(referral.Kinds))
	for i, k := range referral.Kinds {
		kinds[i] = string(k)
	}
	form := referral.Form{Person: who, Kind: referral.Kind(oneOf(f, "kind", kinds...)), Reason: oneOf(f, "reason", referral.Reasons...),
		ReceivedOn: f.Date("received"), ReplyBy: f.Date("reply"), Words: referral.Words{Sender: f.Line("who"), Why: f.Text("why"), Wish: f.Text("wish")}}
	readSender(f, &form)
	faults := f.Faults
	var alike []person.Hit
	if len(faults) == 0 && !f.Bool("another") && who.Number.IsZero() {
		var err error
		if alike, err = p.Person.Namesakes(r.Context(), r.Actor, who.Identity); err != nil {
			return web.Answer{}, err
		}
	}
	if len(faults) == 0 && len(alike) == 0 {
		_, person, err := p.Referral.Receive(r.Context(), r.Actor, form)
		if err == nil {
			return web.Saved(personPath(person, ""), "queue.new.saved"), nil
		}
		if fault.Is(err, fault.Conflict) && person != 0 {
			return web.Saved(personPath(person, ""), "referral.already"), nil
		}
		if faults = fault.Fields(err); faults == nil {
			return web.Answer{}, err
		}
	}
	page, err := p.newPage(r)
	page.Failed, page.Faults, page.personFields, page.Alike = len(faults) > 0, inOrder(faults, newFields), typed, alike
	page.Kind, page.Sender, page.Who, page.Reason, page.Why, page.Wish = f.Raw("kind"), f.Raw("sender"), f.Raw("who"), f.Raw("reason"), f.Raw("why"), f.Raw("wish")
	page.Received, page.ReplyBy = f.Raw("received"), f.Raw("reply")
	return web.Again(newInQueue(page)), err
}

// oneOf reads a choice that the domain itself will ask for when it is missing.
func oneOf(f *web.Form, name string, values ...string) string {
	for _, v := range values {
		if f.Raw(name) == v {
			return v
		}
	}
	return ""
}

func readSender(f *web.Form, form *referral.Form) {
	v, err := f.Raw("sender"), error(nil)
	if v == "" {
		return
	}
	switch v[0] {
	case 'u':
		err = form.FromUnit.UnmarshalText([]byte(v[1:]))
	case 'a':
		err = form.Agency.UnmarshalText([]byte(v[1:]))
	default:
		err = fault.Missing
	}
	if err != nil {
		f.Faults.Add("sender", "form.choose")
	}
}

// readPerson reads the fields of a person, as typed and as they are to be.
func readPerson(r *web.Request) (personFields, person.Person) {
	f := r.Form
	t := personFields{Given: f.Line("given"), Family: f.Line("family"), Number: f.Line("number"), Birth: f.Line("birth"), Sex: f.Raw("sex"),
		Phone: f.Line("phone"), Email: f.Line("email"), Street: f.Line("street"), Postcode: f.Line("postcode"), City: f.Line("city"),
		Reach: oneOf(f, "reach", person.Reaches...), ReachWhen: f.Line("when"), Language: f.Line("language"), Needs: f.Text("needs"),
		Interpreter: f.Bool("interpreter"), Targets: f.Choices("target", person.Targets...)}
	who := person.Person{Identity: person.Identity{Given: t.Given, Family: t.Family},
		Contact: person.Contact{Phone: t.Phone, Email: t.Email, Street: t.Street, Postcode: t.Postcode, City: t.City, Reach: t.Reach, ReachWhen: t.ReachWhen,
			Language: t.Language, Interpreter: t.Interpreter},
		Needs: person.Needs{Access: t.Needs, Targets: t.Targets}}
	if t.Number != "" {
		n, err := pnr.Parse(t.Number, r.Actor.Today())
		if fl := fault.Of(err); fl != nil {
			f.Faults = append(f.Faults, &fault.Fault{Kind: fault.Invalid, Key: fl.Key, Args: fl.Args, Field: "number"})
		}
		who.Number = n
	}
	if t.Birth != "" && t.Number == "" {
		who.BirthYear = f.Int("birth", 1900, r.Actor.Now().Time().Year())
	}
	if s, err := strconv.Atoi(t.Sex); err == nil && s >= 0 && s <= 2 {
		who.Sex = person.Sex(s)
	}
	return t, who
}
