package way

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/plan"
	"sluss/internal/proposal"
	"sluss/internal/store"
)

// Proposal is a change in the plan that the person has proposed, and what they were answered.
type Proposal struct {
	ID       proposal.ID
	About    proposal.About
	Ref      int64
	Thing    string // what it is about was called then
	Words    string
	Because  string
	How      plan.How
	By       id.Post // who wrote it with the person, 0 for nobody
	On       clock.Date
	State    proposal.State
	Since    clock.Date
	Answer   string
	Answered clock.Date // "" until there is an answer
	Answerer id.Post
	Newer    proposal.ID // what stands in its place, 0 for none
	Version  int

	Meets   clock.Date // of one about a meeting or a start: when it was
	MeetsAt clock.LocalTime
}

// ProposalsOf gives what the person of the access has proposed, the newest first, and what they may propose a change of. It needs access
// to Need.
func ProposalsOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (list []Proposal, things []proposal.Thing, err error) {
	a.Must(Need)
	if actor.Unit() == 0 {
		return nil, nil, nil
	}
	if things, err = proposal.Things(ctx, tx, actor, a); err != nil {
		return nil, nil, err
	}
	all, err := proposal.Of(ctx, tx, actor, a)
	for _, p := range all {
		x := Proposal{ID: p.ID, About: p.About, Ref: p.Ref, Thing: p.Thing, Words: p.Words, Because: p.Because, How: p.How, By: p.Post, On: p.Made.Date(), State: p.State,
			Since: p.Since.Date(), Answer: p.Answer, Answerer: p.Answerer, Newer: p.ReplacedBy, Version: p.Version}
		if p.Answered != 0 {
			x.Answered = p.Answered.Date()
		}
		if p.About.Timed() {
			x.Meets, x.MeetsAt = p.Meets()
		}
		list = append(list, x)
	}
	return list, things, err
}
