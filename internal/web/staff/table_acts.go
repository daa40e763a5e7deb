package staff

import (
	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/place"
	"sluss/internal/placement"
	"sluss/internal/store"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/acts"
	"sluss/internal/web/ui"
)

// tableAct is something that two can do together at the table, on a page of its own.
type tableAct struct{ Key, Path string }

// tableActs are those, in the order of the list on the table's page; Path follows the person's own address.
var tableActs = []tableAct{
	{"table.needs", "/bordet/behov"}, {"table.wish", "/bordet/onskemal"}, {"table.courses", "/bordet/kurser"}, {"own.places", "/bordet/platser"}, {"table.times", "/bordet/tider"}, {"remind.title", "/bordet/paminnelser"}, {"table.place", "/min-plats/bordet"},
	{"table.coach", "/bordet/coach"}, {"enquiry.questions", "/bordet/tillsammans"}, {"own.consents", "/bordet/samtycken"}, {"table.opinion", "/bordet/tyck-till"}, {"table.trusted", showing}, {"table.story", "/berattelse"},
	{"proposal.table", "/bordet/forslag"}, {"evaluation.title", evaluationTable}, {"table.notes", "/bordet/anteckningar"}, {"comment.list.title", "/bordet/sagt"}, {"table.readings", "/lasningar"}, {"table.everything", "/allt"},
}

// tableRoutes are what the person can do on their own pages, done together in their language.
func (p *Pages) tableRoutes() []web.Route {
	read, write := access.Read, access.Write
	at := "/arbete/person/{person}/bordet"
	wishes := at + "/onskemal"
	return []web.Route{
		{Method: "GET", Pattern: wishes, Needs: web.OnePerson(placeNeed, read), Handle: p.getTableWishes},
		{Method: "POST", Pattern: wishes, Needs: web.OnePerson(placeNeed, read, write), Handle: p.postTableWish},
		{Method: "POST", Pattern: wishes + "/{place}/tillbaka", Needs: web.OnePerson(place.Need, write), Handle: p.postTableWishBack},
		{Method: "GET", Pattern: at + "/tyck-till", Needs: web.OnePerson(access.Identity, read), Handle: p.getOpine},
		{Method: "POST", Pattern: at + "/tyck-till", Needs: web.OnePerson(access.Identity, read, write), Handle: p.postOpine},
		{Method: "GET", Pattern: "/arbete/person/{person}/tyck-till", Needs: web.OnePerson(access.Identity, read), Handle: p.getOpine},
		{Method: "POST", Pattern: "/arbete/person/{person}/tyck-till", Needs: web.OnePerson(access.Identity, read, write), Handle: p.postOpine},
		{Method: "GET", Pattern: at + "/coach", Needs: web.OnePerson(bookCategories, read), Handle: p.getTableCoach},
		{Method: "POST", Pattern: at + "/coach", Needs: web.OnePerson(bookCategories, read, write), Handle: p.postTableCoach},
	}
}

// href is the page of an act, with the language that staff came with.
func (p tablePage) href(a tableAct) string {
	path := personPath(p.Who, a.Path)
	if from := p.R.URL.Query().Get("fran"); i18n.Known(from) {
		path += "?fran=" + from
	}
	return path
}

// can are the acts that there is something to do in now.
func (p tablePage) can() (list []tableAct) {
	for _, a := range tableActs {
		if a.Key != "table.coach" || p.Enrolment.ID != 0 {
			list = append(list, a)
		}
	}
	return list
}

// joint gives the addresses under a page at the table.
func joint(r *web.Request, who id.Person, page string) func(string) string {
	return func(part string) string { return tablePath(r, who, page+part) }
}

func (p *Pages) tableWishes(r *web.Request) (who id.Person, v acts.Wishes, err error) {
	if who, err = r.Person(); err != nil {
		return who, v, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, who, placeNeed, access.Read, access.ForPlan)
		if err == nil {
			v.List, v.Rest, err = way.WishesOf(r.Context(), tx, r.Actor, a)
		}
		if err != nil {
			return err
		}
		mine, err := placement.Mine(r.Context(), tx, r.Actor, a)
		v.Work = acts.Wished(mine)
		return err
	})
	v.Page, v.At, v.Back = r.Page("mine.wish.title"), joint(r, who, "/onskemal"), tablePath(r, who, "")
	return who, v, err
}

func (p *Pages) getTableWishes(r *web.Request) (web.Answer, error) {
	_, v, err := p.tableWishes(r)
	return web.Show(tableWishes(v)), err
}

func (p *Pages) postTableWish(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	x, because, err := acts.ReadWish(r)
	if err == nil {
		_, err = p.Place.Wish(r.Context(), r.Actor, who, x, because)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(tablePath(r, who, "/onskemal"), "table.saved"), err
	}
	_, v, err := p.tableWishes(r)
	return web.Again(tableWishes(v.Again(r, faults))), err
}

func (p *Pages) postTableWishBack(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	k, err := acts.PlaceID(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(tablePath(r, who, "/onskemal"), "mine.wish.taken"), p.Place.Withdraw(r.Context(), r.Actor, who, k, r.Form.Version())
}

// tableCoachPage is where the person says whom they want as coach instead.
type tableCoachPage struct {
	ui.Page
	intake.Desired
	Who    id.Person
	At     string
	Back   string
	Faults fault.Form
	Words  string // as typed, of a wish for another coach

	Wish, WishBack string // where such a wish is posted, and taken back
}

// others are those the person can choose among: not who is their coach, nor those whose names are not shown.
func (p tableCoachPage) others() (list []ui.Option) {
	for _, c := range p.Candidates {
		if c.ID != p.Enrolment.Coach && !c.NameHidden {
			list = append(list, ui.Option{Value: c.ID.String(), Text: p.L.Apart(c.Name)})
		}
	}
	return list
}

func (p *Pages) tableCoach(r *web.Request) (page tableCoachPage, err error) {
	c, err := p.coachPage(r)
	if err != nil {
		return page, err
	}
	who := c.Person.ID
	return tableCoachPage{Page: r.Page("table.coach"), Desired: c.Desired, Who: who, At: tablePath(r, who, "/coach"), Back: tablePath(r, who, ""),
		Wish: tablePath(r, who, "/coach/onskan"), WishBack: tablePath(r, who, "/coach/onskan/tillbaka")}, nil
}

func (p *Pages) getTableCoach(r *web.Request) (web.Answer, error) {
	page, err := p.tableCoach(r)
	return web.Show(tableCoach(page)), err
}

func (p *Pages) postTableCoach(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var to id.Post
	_ = to.UnmarshalText([]byte(r.Form.Raw("coach"))) // none, which the desk refuses
	err = p.Contact.NewCoach(r.Context(), r.Actor, who, r.Form.Version(), to, "")
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(tablePath(r, who, ""), "table.coach.saved"), err
	}
	page, err := p.tableCoach(r)
	page.Failed, page.Faults = true, faults
	return web.Again(tableCoach(page)), err
}
