package access

import (
	"context"
	"fmt"
	"strings"

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

// Clause is one line of the rule.
type Clause struct {
	Code    string // f1 … are prohibitions, g1 … grounds
	Verdict Verdict
	SQL     string
}

// Key is the key of the clause's words; the key of its example ends in .example.
func (c Clause) Key() string { return "rule." + c.Code }

// Name is the code as it is said and logged: F1, G1.
func (c Clause) Name() string { return strings.ToUpper(c.Code) }

// Prohibits tells whether the clause forbids; what it forbids no ground lifts.
func (c Clause) Prohibits() bool { return c.Verdict < 0 }

// Clauses are the rule, in the order in which it is tried.
func Clauses() []Clause {
	return []Clause{
		{"f1", Weeded, weeded}, {"f2", Ended, ended}, {"f3", Barred, barred}, {"f4", Shielded, shielded}, {"f5", OwnSelf, own},
		{"f6", Partial, partial}, {"f7", Halved, halved},
		{"g1", Verdict(AtUnit), atUnit}, {"g2", Verdict(ByCover), byCover}, {"g3", Verdict(AsHead), asHead},
		{"g5", Verdict(ByConsent), byConsent}, {"g6", Verdict(ByLaw), byLaw}, {"g7", Verdict(ByGlass), byGlass},
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
