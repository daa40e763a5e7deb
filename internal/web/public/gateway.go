package public

import (
	"net/url"
	"slices"
	"strconv"

	"sluss/internal/application"
	"sluss/internal/clock"
	"sluss/internal/course"
	"sluss/internal/flow"
	"sluss/internal/forecast"
	"sluss/internal/i18n"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/site"
	"sluss/internal/store"
	"sluss/internal/story"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// page is what every page of a gateway has.
type page struct {
	ui.Page
	House site.Gateway
	texts site.Texts
}

// piece is a text of the page, in the reader's language or visibly in Swedish.
type piece struct {
	site.Text
	Blocks []site.Block
	Own    bool // the gateway's own words
	L      *i18n.Lang
}

// at gives an address of the gateway.
func (p page) at(rest string) string { return p.House.Path() + rest }

// open reads the gateway of the address and begins its page.
func (p *Pages) open(r *web.Request, title string) (page, error) {
	var x page
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if x.House, err = site.Named(r.Context(), tx, r.PathValue("gateway")); err != nil {
			return err
		}
		x.texts, err = p.texts(r, tx, x.House)
		return err
	})
	x.begin(r, title)
	return x, err
}

// texts reads a gateway's own texts that are shown today.
func (p *Pages) texts(r *web.Request, tx *store.Tx, g site.Gateway) (site.Texts, error) {
	all, err := site.TextsOf(r.Context(), tx, g.Area.ID, g.Unit.ID)
	return all.On(p.Clock.Now().Date()), err
}

// begin begins the page of a gateway that is read.
func (x *page) begin(r *web.Request, title string) {
	x.Page = frame(r, title)
	x.Home, x.Unit, x.Area, x.Core = x.at(""), x.House.Unit.Name, x.House.Area.Name, x.at(core)
	x.Interpreter = ui.Link{Text: r.L.T("public.promise.interpreter"), Href: x.at("/ring")}
	x.Nav = []ui.NavItem{{Href: x.at(""), Key: "public.nav.front"}, {Href: x.at("/jobb"), Key: "course.title"}, {Href: x.at("/fragor"), Key: "public.nav.questions"}, {Href: x.at("/kontakt"), Key: "public.nav.contact"}}
	for i := range x.Nav {
		x.Nav[i].Current = x.Nav[i].Href == r.URL.Path
	}
	x.Foot = []ui.NavItem{{Href: "/", Key: "public.foot.all"}, {Href: x.at("/tyck-till"), Key: "public.opinion.title"}, {Href: x.at("/tillganglighet"), Key: "public.foot.access"},
		{Href: x.at("/uppgifter"), Key: "public.foot.data"}, {Href: web.Door, Key: "public.foot.staff"}}
}

func frame(r *web.Request, title string) ui.Page {
	p := r.Page(title)
	p.Class, p.Home, p.Door = "person", "/", web.OwnDoor
	return p
}

// text gives a text to show: the gateway's own words, else the product's.
func (p page) text(f site.Field) piece {
	if t, ok := p.texts.Show(f, p.L.Tag); ok {
		return piece{t, f.Blocks(t.Words), true, i18n.Get(t.Lang)}
	}
	return piece{site.Text{Field: f, Lang: p.L.Tag}, site.Standard(p.L, f), false, p.L}
}

// first is the text of the first piece, for one that is a single line.
func (x piece) first() string {
	switch {
	case len(x.Blocks) == 0:
		return ""
	case x.Blocks[0].Head != "":
		return x.Blocks[0].Head
	default:
		return x.Blocks[0].Body
	}
}

// swedish tells that a text that is shown is in Swedish for lack of the reader's language.
func (p page) swedish() bool { return p.any(func(x piece) bool { return x.L.Tag != p.L.Tag }) }

// unread tells that no native speaker has read a text that is shown, where the product's own words are read.
func (p page) unread() bool {
	return p.L.Reviewed && p.any(func(x piece) bool { return x.Own && x.NeedsReview() })
}

func (p page) any(is func(piece) bool) bool {
	for _, f := range site.Fields {
		if x := p.text(f); x.Words != "" && is(x) {
			return true
		}
	}
	return false
}

// frontPage is the front page of a gateway.
type frontPage struct {
	page
	Starts  []intake.Ahead
	Offers  []schedule.Offer // activities that the unit shows to everybody
	Courses []course.Course  // some of those that lead to work
	Stories []story.Shown    // the newest first
	Went    *flow.Went       // nil where there are too few to tell of
	Ahead   bool             // how it may become is shown
	Closed  []clock.Span     // the next spans when the door is shut
	Promise string           // the unit's own words, in Swedish; "" for the product's
}

// choosePage leads to the gateways where there are several.
type choosePage struct {
	ui.Page
	Gateways []page
}

// getFront is the front page of the only gateway, or the choice among several.
func (p *Pages) getFront(r *web.Request) (web.Answer, error) {
	c, err := p.gateways(r)
	if err == nil && len(c.Gateways) == 1 {
		r.SetPathValue("gateway", c.Gateways[0].House.Short)
		return p.getGateway(r)
	}
	return web.Show(choose(c)), err
}

// gateways reads what one chooses among.
func (p *Pages) gateways(r *web.Request) (choosePage, error) {
	c := choosePage{Page: frame(r, "public.choose")}
	err := p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		list, err := site.Gateways(r.Context(), tx)
		if err != nil {
			return err
		}
		c.Gateways = make([]page, len(list))
		for i, g := range list {
			c.Gateways[i].House = g
			if c.Gateways[i].texts, err = p.texts(r, tx, g); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return c, err
	}
	for i := range c.Gateways {
		c.Gateways[i].begin(r, "public.choose")
	}
	if len(c.Gateways) > 0 {
		c.Area = c.Gateways[0].House.Area.Name
	}
	c.Foot, c.Core = []ui.NavItem{{Href: web.Statement, Key: "public.foot.access"}, {Href: web.Door, Key: "public.foot.staff"}}, core
	return c, nil
}

func (p *Pages) getGateway(r *web.Request) (web.Answer, error) {
	x, err := p.front(r)
	if err != nil {
		return web.Answer{}, err
	}
	p.Site.Visit(x.House, "front", r.L.Tag)
	return web.Show(front(x)), nil
}

// startsShown and coursesShown are how many the front page shows; startsRead is among how many of those to come one with room is sought.
const (
	startsShown  = 3
	startsRead   = 12
	coursesShown = 3
)

// getStatement leads to the statement on accessibility of the only gateway, or to the choice among several.
func (p *Pages) getStatement(r *web.Request) (web.Answer, error) {
	c, err := p.gateways(r)
	if err == nil && len(c.Gateways) == 1 {
		return web.To(c.Gateways[0].at(addresses[application.Report])), nil
	}
	c.Title = r.L.T("public.access")
	return web.Show(statements(c)), err
}

// front reads what the front page shows.
func (p *Pages) front(r *web.Request) (frontPage, error) {
	base, err := p.open(r, "public.nav.front")
	x := frontPage{page: base}
	if err != nil {
		return x, err
	}
	x.Title = x.text(site.Title).first()
	area, unit, today := x.House.Area.ID, x.House.Unit.ID, p.Clock.Now().Date()
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if x.Starts, err = intake.StartsAhead(r.Context(), tx, area, unit, today, startsRead); err != nil {
			return err
		}
		x.Starts = nearest(x.Starts)
		if x.Offers, err = schedule.Offers(r.Context(), tx, area, unit, p.Clock.Now()); err != nil {
			return err
		}
		if x.Stories, err = story.ShownAt(r.Context(), tx, area, unit, storiesShown); err != nil {
			return err
		}
		all, err := course.CoursesOf(r.Context(), tx, area, unit)
		if err != nil {
			return err
		}
		x.Courses = course.Ahead(all)
		w, told, err := flow.WentOf(r.Context(), tx, area, unit, today)
		if err != nil {
			return err
		}
		if x.Went = nil; told {
			x.Went = &w
		}
		if _, x.Ahead, err = forecast.ShownAt(r.Context(), tx, area, unit, today); err != nil {
			return err
		}
		set, err := org.SettingsAt(r.Context(), tx, area, unit, today)
		if err != nil {
			return err
		}
		x.Promise = set.Promise
		x.Closed, err = closures(r, tx, x.page, today)
		return err
	})
	return x, err
}

// closures gives when the gateway is shut in the coming weeks.
func closures(r *web.Request, tx *store.Tx, x page, today clock.Date) ([]clock.Span, error) {
	all, err := org.Closures(r.Context(), tx, x.House.Area.ID, x.House.Unit.ID, today)
	var soon []clock.Span
	for _, s := range all {
		if s.From < s.To && s.From < today.Add(60) && len(soon) < 3 {
			soon = append(soon, s)
		}
	}
	return soon, err
}

// shut is a span when the door is shut, in words.
func shut(l *i18n.Lang, s clock.Span) string {
	last := s.To.Add(-1)
	if last == s.From {
		return l.T("public.closed", l.Day(s.From))
	}
	return l.T("public.closed", l.T("public.closed.span", l.Day(s.From), l.Day(last)))
}

// mapHref leads to the place on a map of another site.
func (p page) mapHref() string {
	return "https://www.openstreetmap.org/search?" + url.Values{"query": {p.House.Unit.Street + ", " + p.House.Area.Name}}.Encode()
}

func (p *Pages) getQuestions(r *web.Request) (web.Answer, error) {
	x, err := p.open(r, "public.nav.questions")
	if err != nil {
		return web.Answer{}, err
	}
	p.Site.Visit(x.House, "questions", r.L.Tag)
	return web.Show(questions(x)), nil
}

func (p *Pages) getContact(r *web.Request) (web.Answer, error) {
	base, err := p.open(r, "public.nav.contact")
	x := frontPage{page: base}
	if err == nil {
		err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
			x.Closed, err = closures(r, tx, base, p.Clock.Now().Date())
			return err
		})
	}
	if err != nil {
		return web.Answer{}, err
	}
	p.Site.Visit(x.House, "contact", r.L.Tag)
	return web.Show(contact(x)), nil
}

func (p *Pages) getData(r *web.Request) (web.Answer, error) {
	x, err := p.open(r, "public.data")
	return web.Show(data(x)), err
}

// year writes a year as its four digits in every language.
func year(n int) string { return strconv.Itoa(n) }

// brief is what sort of course it is, and how many weeks it takes where that is told.
func (p frontPage) brief(c course.Course) string {
	kind := p.L.T("course.kind." + string(c.Kind))
	if c.Weeks == 0 {
		return kind
	}
	return p.L.List(kind, p.L.T("course.weeks", c.Weeks))
}

// rooms are how much room there is, as a mark: what is full does not stand out.
var rooms = map[intake.Room]string{intake.Plenty: "done", intake.Few: "open", intake.Full: "line"}

func roomy(s intake.Ahead) bool { return s.Room != intake.Full }

// nearest gives the starts to show: the next ones, and always the first that has room.
func nearest(list []intake.Ahead) []intake.Ahead {
	few := list[:min(len(list), startsShown)]
	if i := slices.IndexFunc(list, roomy); i >= startsShown {
		few[startsShown-1] = list[i]
	}
	return few
}

// full tells whether no start that is shown has room.
func (p frontPage) full() bool { return !slices.ContainsFunc(p.Starts, roomy) }
