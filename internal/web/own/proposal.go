package own

import (
	"net/url"

	"sluss/internal/access"
	"sluss/internal/plan"
	"sluss/internal/proposal"
	"sluss/internal/store"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/proposals"
)

const proposing = "/min/forslag"

// proposed is where a change is proposed of the thing of a key.
func proposed(key string) string {
	return proposing + "?" + url.Values{proposals.Of: {key}}.Encode()
}

func (p *Pages) proposalRoutes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: proposing, Needs: web.Themself(access.OwnView, read), Handle: p.getProposals},
		{Method: "POST", Pattern: proposing, Needs: web.Themself(access.OwnView, read, write), Handle: p.postProposal},
		{Method: "POST", Pattern: proposing + "/{proposal}/tillbaka", Needs: web.Themself(proposal.Need, write), Handle: p.postProposalBack},
	}
}

// proposals begins the page of what the person has proposed.
func (p *Pages) proposals(r *web.Request) (v proposals.View, err error) {
	me, err := p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		v.List, v.Things, err = way.ProposalsOf(r.Context(), tx, r.Actor, a)
		return err
	})
	v.Page, v.Names, v.Path, v.How, v.Phone, v.Voice, v.Other, v.Say = p.page(r, me, "proposal.title"), me.names, proposing, plan.ByOwn, me.unit.Phone, opinions, otherCoach, sayPath
	if me.coach.ID != 0 && !me.coach.NameHidden {
		v.Coach = me.coach.First()
	}
	return v, err
}

func (p *Pages) getProposals(r *web.Request) (web.Answer, error) {
	v, err := p.proposals(r)
	if err == nil {
		v, err = v.Open(r)
	}
	return web.Show(proposalView(v)).Refresh(r.Rest()), err
}

func (p *Pages) postProposal(r *web.Request) (web.Answer, error) {
	f, err := proposals.Typed(r)
	if err == nil {
		_, err = p.Proposal.ProposeOwn(r.Context(), r.Actor, f)
	}
	if err == nil {
		return web.Saved(proposing, "proposal.saved"), nil
	}
	v, bad := p.proposals(r)
	if bad != nil {
		return web.Answer{}, bad
	}
	if v, err = v.Again(f, err); v.Stored {
		return web.Differs(proposalView(v)), err
	}
	return web.Again(proposalView(v)), err
}

func (p *Pages) postProposalBack(r *web.Request) (web.Answer, error) {
	x, err := proposals.ID(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(proposing, "proposal.withdrawn.saved"), p.Proposal.WithdrawOwn(r.Context(), r.Actor, x, r.Form.Version())
}
