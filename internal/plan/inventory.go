package plan

import (
	"context"
	"encoding/json"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// The inventory is the house's own: a few questions in plain words that the person alone answers, each of which may be
// left out. Their texts are plan.item.*.
var (
	// Scales are answered with one of four words, worst first: 1 to 4.
	Scales = []string{"now", "meaning", "participation", "motivation"}
	// Areas are the parts of life, answered in the same way, and in the person's own words.
	Areas = []string{"home", "everyday", "health", "money", "people", "learning", "work"}
	// Questions are answered in the person's own words alone.
	Questions = []string{"matters", "helps"}
)

// Best is the highest answer on a scale; 1 is the lowest and 0 none.
const Best = 4

// Answer is what a person answered to one question: 0 and "" when they left it out.
type Answer struct {
	Value int    `json:"value,omitempty"`
	Words string `json:"words,omitempty"`
}

// Answers are a person's answers, by question.
type Answers map[string]Answer

// Given tells whether anything was answered.
func (a Answers) Given() bool {
	for _, x := range a {
		if x.Value != 0 || strings.TrimSpace(x.Words) != "" {
			return true
		}
	}
	return false
}

// Inventory is one time the person answered.
type Inventory struct {
	ID      InventoryID
	On      clock.Date
	How     How
	Answers Answers
}

// Fill keeps a person's answers beside the earlier ones, which never change. Answering nothing keeps nothing. on may be
// "" for today.
func (d *Desk) Fill(ctx context.Context, actor *access.Actor, who id.Person, on clock.Date, how How, a Answers) error {
	if on == "" {
		on = actor.Today()
	}
	return d.change(ctx, actor, who, Need|access.Assessment, func(c *change) error {
		var form fault.Form
		checkYes(&form, how, on, actor.Today())
		if err := form.Err(); err != nil {
			return err
		}
		return c.fill(ctx, on, how, a)
	})
}

// OwnFill is Fill for the person alone on their own pages.
func (d *Desk) OwnFill(ctx context.Context, actor *access.Actor, a Answers) error {
	return d.own(ctx, actor, Need|access.Assessment, func(c *change) error { return c.fill(ctx, actor.Today(), ByOwn, a) })
}

func (c *change) fill(ctx context.Context, on clock.Date, how How, a Answers) error {
	if !a.Given() {
		return nil
	}
	kept, err := a.known()
	if err != nil {
		return err
	}
	i := id.New[inventoryTag](c.actor.Now())
	sealed := c.a.Key(access.Assessment).Seal(inventoryPlace(i), kept)
	_, err = c.tx.Exec(ctx, store.Q(`INSERT INTO plan_inventory (area_id, inventory_id, plan_id, person_id, on_date, at, how, sealed)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`), c.actor.Area(), i, c.plan.ID, c.a.Person(), string(on), int64(c.actor.Now()), string(how), sealed)
	return err
}

// known writes the answers to questions there are, and refuses one off the scale.
func (a Answers) known() (string, error) {
	kept := Answers{}
	for _, list := range [][]string{Scales, Areas, Questions} {
		for _, item := range list {
			x := a[item]
			if x.Value < 0 || x.Value > Best {
				return "", fault.New(fault.Invalid, "form.choose")
			}
			if x.Words = strings.TrimSpace(x.Words); x != (Answer{}) {
				kept[item] = x
			}
		}
	}
	b, err := json.Marshal(kept)
	return string(b), err
}

// Change is a question answered at two times.
type Change struct {
	Item    string
	Was, Is Answer
}

// Compare sets two times beside each other, question by question; those answered at neither are left out.
func Compare(was, is Inventory) []Change {
	var list []Change
	for _, items := range [][]string{Scales, Areas, Questions} {
		for _, item := range items {
			c := Change{item, was.Answers[item], is.Answers[item]}
			if c.Was != (Answer{}) || c.Is != (Answer{}) {
				list = append(list, c)
			}
		}
	}
	return list
}

func inventoryPlace(i InventoryID) vault.Place {
	return vault.Place{Table: "plan_inventory", Column: "sealed", Row: int64(i)}
}

// inventories gives the times the person has answered at the actor's unit, oldest first, also in earlier times here.
func inventories(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Inventory, error) {
	key := a.Key(access.Assessment)
	return store.All(ctx, tx, store.Q(`SELECT i.inventory_id, i.on_date, i.how, i.sealed FROM plan_inventory i
	 JOIN plan p ON p.area_id = i.area_id AND p.plan_id = i.plan_id
	 WHERE i.area_id = $1 AND i.person_id = $2 AND p.unit_id = $3 ORDER BY i.on_date, i.inventory_id`),
		[]any{actor.Area(), a.Person(), actor.Unit()}, func(r *store.Cursor) (i Inventory, err error) {
			var sealed []byte
			if err = r.Scan(&i.ID, &i.On, &i.How, &sealed); err != nil {
				return i, err
			}
			text, err := key.Open(inventoryPlace(i.ID), 1, sealed)
			if err != nil {
				return i, err
			}
			return i, json.Unmarshal([]byte(text[0]), &i.Answers)
		})
}

// OwnInventories gives the person of the access the times they have answered, oldest first. It needs access to Assessment.
func OwnInventories(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Inventory, error) {
	return inventories(ctx, tx, actor, a)
}
