package staff

import (
	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

// tableConsentRoutes are where two see who may see what, and the person takes a yes back.
func (p *Pages) tableConsentRoutes() []web.Route {
	at := "/arbete/person/{person}/bordet/samtycken"
	return []web.Route{
		{Method: "GET", Pattern: at, Needs: web.OnePerson(consentNeed, access.Read), Handle: p.getTableConsents},
		{Method: "GET", Pattern: at + "/{zone}", Needs: web.OnePerson(consentNeed, access.Read), Handle: p.getTableConsentEnd},
		{Method: "POST", Pattern: at + "/{zone}", Needs: web.OnePerson(access.Collaboration, access.Write), Handle: p.postTableConsentEnd},
	}
}

func (p *Pages) tableConsents(r *web.Request) (who id.Person, v acts.Consents, err error) {
	if who, err = r.Person(); err != nil {
		return who, v, err
	}
	all, err := p.Consent.Open(r.Context(), r.Actor, who)
	if err != nil {
		return who, v, err
	}
	names, err := p.names(r)
	v.Page, v.At, v.Say, v.Readings = r.Page("own.consents"), joint(r, who, "/samtycken"), sayTogether(r, who), personPath(who, "/lasningar")
	v.List, v.Unit = all.Known(), names.Unit(r.Actor.Unit())
	return who, v, err
}

func (p *Pages) getTableConsents(r *web.Request) (web.Answer, error) {
	who, v, err := p.tableConsents(r)
	return web.Show(tableConsents(v, tablePath(r, who, ""))), err
}

func (p *Pages) getTableConsentEnd(r *web.Request) (web.Answer, error) {
	_, v, err := p.tableConsents(r)
	if err == nil {
		v, err = v.Ending(r)
	}
	if err != nil {
		return web.Answer{}, err
	}
	v.Page = r.Page("own.consent.end.title", acts.Called(r.L, v.One.Party))
	return web.Show(tableConsentEnd(v)), nil
}

// postTableConsentEnd takes a yes back. Like the one at the desk it reads nothing first.
func (p *Pages) postTableConsentEnd(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	z, err := acts.ZoneIn(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(tablePath(r, who, "/samtycken"), "consent.ended"), p.Consent.Withdraw(r.Context(), r.Actor, who, z, false)
}
