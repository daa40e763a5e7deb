package staff

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/proposal"
	"sluss/internal/store"
	"sluss/internal/way"
	"sluss/internal/web"
	"sluss/internal/web/proposals"
	"sluss/internal/web/ui"
)

// proposalNeed is what the pages of what somebody has proposed show.
const proposalNeed = access.Identity | proposal.Makes

// proposalRoutes are those of what somebody proposes: on staff's page, where it is answered and typed in from paper, and at the table.
func (p *Pages) proposalRoutes() []web.Route {
	const one = "/arbete/person/{person}"
	read, write := access.Read, access.Write
	list := []web.Route{
		{Method: "POST", Pattern: one + "/forslag/{proposal}/svar", Needs: web.OnePerson(proposalNeed, read, write), Handle: p.postProposalAnswer},
		{Method: "POST", Pattern: one + "/forslag/{proposal}/klart", Needs: web.OnePerson(proposal.Need, write), Handle: p.postProposalDone},
	}
	for _, at := range []string{"/forslag", "/bordet/forslag"} {
		list = append(list, web.Route{Method: "GET", Pattern: one + at, Needs: web.OnePerson(proposalNeed, read), Handle: p.getProposals},
			web.Route{Method: "POST", Pattern: one + at, Needs: web.OnePerson(proposalNeed, read, write), Handle: p.postProposal},
			web.Route{Method: "POST", Pattern: one + at + "/{proposal}/tillbaka", Needs: web.OnePerson(proposal.Need, write), Handle: p.postProposalBack})
	}
	return list
}

// proposalsPage is what somebody has proposed, on staff's page or at the table.
type proposalsPage struct {
	proposals.View
	Who  id.Person
	Tabs []ui.Tab
	Back string // of the table
}

func (p proposalsPage) show() web.Answer {
	if p.How == plan.AtTable {
		return web.Show(proposalTable(p))
	}
	return web.Show(proposalsView(p))
}

// again is the page with what is wrong, or with what was changed meanwhile.
func (p proposalsPage) again() web.Answer {
	if p.How == plan.AtTable {
		return again(proposalTable(p), p.Faults)
	}
	return again(proposalsView(p), p.Faults)
}

// proposalPath is the page's address, and how what is written there was said.
func proposalPath(r *web.Request, who id.Person) (string, plan.How) {
	if atTable(r) {
		return personPath(who, "/bordet/forslag"), plan.AtTable
	}
	return personPath(who, "/forslag"), plan.OnPaper
}

func (p *Pages) proposals(r *web.Request) (page proposalsPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	var name person.Person
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		var a access.Access
		if name, a, err = person.Open(r.Context(), tx, r.Actor, page.Who, proposalNeed, access.Read, access.ForPlan); err != nil {
			return err
		}
		page.List, page.Things, err = way.ProposalsOf(r.Context(), tx, r.Actor, a)
		return err
	})
	page.Path, page.How = proposalPath(r, page.Who)
	page.Voice = "/arbete/tyck-till/ny"
	if page.How == plan.AtTable {
		page.Other = tablePath(r, page.Who, "/coach")
		page.Page, page.Back, page.Say = r.Page("proposal.title"), tablePath(r, page.Who, ""), sayTogether(r, page.Who)
		return page, err
	}
	page.Page, page.Tabs, page.Person = r.Titled(name.Name()), personTabs(r, page.Who), name.Given
	return page, err
}

func (p *Pages) getProposals(r *web.Request) (web.Answer, error) {
	page, err := p.proposals(r)
	if err == nil {
		page.View, err = page.Open(r)
	}
	return page.show(), err
}

func (p *Pages) postProposal(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	path, how := proposalPath(r, who)
	f, err := proposals.Typed(r)
	if err == nil {
		_, err = p.Proposal.Propose(r.Context(), r.Actor, who, how, f)
	}
	if err == nil {
		return web.Saved(path, "proposal.saved"), nil
	}
	page, bad := p.proposals(r)
	if bad != nil {
		return web.Answer{}, bad
	}
	page.View, err = page.Again(f, err)
	return page.again(), err
}

func (p *Pages) postProposalBack(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	x, err := proposals.ID(r)
	if err != nil {
		return web.Answer{}, err
	}
	path, _ := proposalPath(r, who)
	return web.Saved(path, "proposal.withdrawn.saved"), p.Proposal.Withdraw(r.Context(), r.Actor, who, x, r.Form.Version())
}

func (p *Pages) postProposalAnswer(r *web.Request) (web.Answer, error) {
	page, err := p.proposals(r)
	if err != nil {
		return web.Answer{}, err
	}
	x, err := proposals.ID(r)
	if err != nil {
		return web.Answer{}, err
	}
	f := proposal.Reply{Yes: r.Form.Choice("do", "yes", "no") == "yes", Words: r.Form.Text("answer"), Version: r.Form.Version()}
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Proposal.Answer(r.Context(), r.Actor, page.Who, x, f)
	}
	switch {
	case err != nil:
		if fresh, bad := p.proposals(r); bad == nil {
			page = fresh
		}
		page.View, err = page.Unanswered(x, f, err)
		return page.again(), err
	case f.Yes:
		return web.Saved(page.Path+"#f-"+x.String(), "proposal.saved.yes"), nil
	default:
		return web.Saved(page.Path, "proposal.saved.no"), nil
	}
}

func (p *Pages) postProposalDone(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	x, err := proposals.ID(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(personPath(who, "/forslag"), "proposal.saved.done"), p.Proposal.Carry(r.Context(), r.Actor, who, x, r.Form.Version())
}

// proposedBy counts what is left to do about what somebody has proposed.
func (p *Pages) proposedBy(ctx context.Context, actor *access.Actor, who id.Person) (open int, err error) {
	err = p.Org.Store.Read(ctx, func(tx *store.Tx) error {
		open = 0
		a, err := access.Open(ctx, tx, actor, who, proposal.Need, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		list, err := proposal.Of(ctx, tx, actor, a)
		for _, x := range list {
			if x.State.Open() {
				open++
			}
		}
		return err
	})
	return open, err
}

// proposalLines are what people have proposed, that waits for an answer or for what it was answered yes to.
func (m *morning) proposalLines(r *web.Request) (list []todo) {
	for _, x := range m.proposed {
		do := r.L.T("proposal.today.do." + string(x.State))
		list = append(list, todo{since: x.Since.Date(), line: line(x.Person, x.Name, r.L.T("proposal.today."+string(x.State)), r.L.T("proposal.about."+string(x.About)),
			ui.Button{Text: do, Href: personPath(x.Person, "/forslag") + "#f-" + x.ID.String(), Variant: "secondary", Size: "sm", Label: r.L.List(do, x.Name)})})
	}
	return list
}
