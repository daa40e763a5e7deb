package staff

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/remind"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// remindRoutes are the routes of what people choose of reminders, as they tell it.
func (p *Pages) remindRoutes() []web.Route {
	const page, table = "/arbete/person/{person}/paminnelser", "/arbete/person/{person}/bordet/paminnelser"
	return []web.Route{
		{Method: "GET", Pattern: page, Needs: web.OnePerson(access.Identity|remind.Need, access.Read), Handle: p.getReminders},
		{Method: "POST", Pattern: page, Needs: web.OnePerson(access.Identity|remind.Need, access.Read, access.Write), Handle: p.postReminders},
		{Method: "GET", Pattern: table, Needs: web.OnePerson(access.Identity|remind.Need, access.Read), Handle: p.getReminders},
		{Method: "POST", Pattern: table, Needs: web.OnePerson(access.Identity|remind.Need, access.Read, access.Write), Handle: p.postReminders},
	}
}

// remindPage is when somebody is reminded of their times.
type remindPage struct {
	ui.Page
	remind.Mine
	At     string // the page's address
	Back   ui.Link
	Joint  bool // read together
	Faults fault.Form
}

func (p *Pages) remindPage(r *web.Request) (page remindPage, err error) {
	who, err := r.Person()
	if err != nil {
		return page, err
	}
	var x person.Person
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, who, access.Identity|remind.Need, access.Read, access.ForContact)
		if err != nil {
			return err
		}
		if x, err = person.Get(r.Context(), tx, r.Actor, a); err != nil {
			return err
		}
		page.Mine, err = remind.Of(r.Context(), tx, r.Actor, a)
		return err
	})
	page.Page, page.At, page.Back = r.Page("remind.title"), personPath(who, "/paminnelser"), ui.Link{Text: x.Name(), Href: personPath(who, "/tider")}
	if page.Joint = atTable(r); page.Joint {
		page.At, page.Back = tablePath(r, who, "/paminnelser"), ui.Link{Text: r.L.T("table.back"), Href: tablePath(r, who, "")}
	}
	return page, err
}

func (p *Pages) getReminders(r *web.Request) (web.Answer, error) {
	page, err := p.remindPage(r)
	return web.Show(page.view()), err
}

func (p *Pages) postReminders(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	err = p.Remind.Choose(r.Context(), r.Actor, who, r.Form.Version(), r.Form.Raw("remind"))
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale {
		at := personPath(who, "/paminnelser")
		if atTable(r) {
			at = tablePath(r, who, "/paminnelser")
		}
		return web.Saved(at, "remind.saved"), err
	}
	page, err := p.remindPage(r)
	page.Faults, page.Failed = faults, true
	if stale {
		page.Faults = fault.Form{fault.Stale}
		return web.Differs(page.view()), err
	}
	return web.Again(page.view()), err
}

// remindOptions are when one can be reminded.
func remindOptions(l *i18n.Lang) (list []ui.Option) {
	for _, c := range org.Reminders {
		list = append(list, ui.Option{Value: c, Text: l.T("remind.choice." + c)})
	}
	return list
}
