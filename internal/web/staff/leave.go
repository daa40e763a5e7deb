package staff

import (
	"sluss/internal/consent"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// leavePage is an agency that is to leave, and what goes with it.
type leavePage struct {
	ui.Page
	consent.Leaving
}

func agencyIn(r *web.Request) (a id.Agency, err error) {
	if a.UnmarshalText([]byte(r.PathValue("agency"))) != nil {
		return 0, fault.Missing
	}
	return a, nil
}

func (p *Pages) getAgencyLeave(r *web.Request) (web.Answer, error) {
	a, err := agencyIn(r)
	if err != nil {
		return web.Answer{}, err
	}
	l, err := p.Consent.Leaving(r.Context(), r.Actor, a)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(leaveView(leavePage{r.Titled(l.Agency.Name), l})), nil
}

func (p *Pages) postAgencyLeave(r *web.Request) (web.Answer, error) {
	a, err := agencyIn(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(agencyPath(a), "leave.done"), p.Consent.Leave(r.Context(), r.Actor, a)
}

func agencyPath(a id.Agency) string { return operation + "/myndighet/" + a.String() }
