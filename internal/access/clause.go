package access

import (
	"context"
	"fmt"

	"sluss/internal/id"
	"sluss/internal/store"
)

// Verdict is the rule's answer about one post and one person: above 0 the Ground, 0 when nothing speaks for it, below 0
// the prohibition that holds.
type Verdict int

// The prohibitions.
const (
	Weeded   Verdict = -1 - iota // the record is destroyed
	Ended                        // the post or its agency has ended
	Barred                       // a category that the kind of agency never gets
	Shielded                     // protected, and the post is not among those named
	OwnSelf                      // the worker's own record
	Partial                      // the worker knows the person, or is a relative
	Halved                       // merged with a record that may not be seen
)

// Clause is one line of the rule. Its words are the texts rule.<code> and rule.<code>.example.
type Clause struct {
	Code    string // F1 … are prohibitions, G1 … grounds
	Verdict Verdict
	SQL     string
}

// Prohibits tells whether the clause forbids; what it forbids no ground lifts.
func (c Clause) Prohibits() bool { return c.Verdict < 0 }

// Clauses are the rule, in the order in which it is tried.
func Clauses() []Clause {
	return []Clause{
		{"F1", Weeded, weeded}, {"F2", Ended, ended}, {"F3", Barred, barred}, {"F4", Shielded, shielded}, {"F5", OwnSelf, own},
		{"F6", Partial, partial}, {"F7", Halved, halved},
		{"G1", Verdict(AtUnit), atUnit}, {"G2", Verdict(ByCover), byCover}, {"G3", Verdict(AsHead), asHead},
		{"G5", Verdict(ByConsent), byConsent}, {"G6", Verdict(ByLaw), byLaw}, {"G7", Verdict(ByGlass), byGlass},
	}
}

var judge = store.Q(`SELECT ` + verdict + ` FROM person p WHERE p.area_id = $1 AND p.person_id = $7`)

// Judge gives the rule's answer for any post of the actor's area, 0 for a person who does not exist. It shows nothing
// about the person, and its answer is for the program: a page that told it would tell who has a record here.
func Judge(ctx context.Context, tx *store.Tx, actor *Actor, post id.Post, who id.Person, c Category, a Action) (v Verdict, err error) {
	args := actor.Args(c, a)
	args[1] = int64(post)
	err = tx.One(ctx, judge, append(args, int64(who)), &v)
	if store.None(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("verdict on person %s: %w", who, err)
	}
	return v, nil
}
