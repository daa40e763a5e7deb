package own

import (
	"sluss/internal/access"
	"sluss/internal/consent"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

const consents = "/min/samtycken"

// consentsPage is what other agencies may see of the person, and by what right.
func (p *Pages) consentsPage(r *web.Request) (v acts.Consents, me around, err error) {
	me, err = p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		v.List, err = consent.Own(r.Context(), tx, r.Actor, a)
		return err
	})
	v.At, v.Say, v.Readings, v.Unit = under(consents), sayPath, readings, me.unit.Name
	return v, me, err
}

func (p *Pages) getConsents(r *web.Request) (web.Answer, error) {
	v, me, err := p.consentsPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	v.Page = p.page(r, me, "own.consents")
	return web.Show(consentsView(v)).Refresh(r.Rest()), nil
}

func (p *Pages) getConsentEnd(r *web.Request) (web.Answer, error) {
	v, me, err := p.consentsPage(r)
	if err == nil {
		v, err = v.Ending(r)
	}
	if err != nil {
		return web.Answer{}, err
	}
	v.Page = p.page(r, me, "own.consent.end.title", acts.Called(r.L, v.One.Party))
	return web.Show(consentEndView(v)).Refresh(r.Rest()), nil
}

func (p *Pages) postConsentEnd(r *web.Request) (web.Answer, error) {
	z, err := acts.ZoneIn(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(consents, "consent.ended"), p.Consent.WithdrawOwn(r.Context(), r.Actor, z)
}
