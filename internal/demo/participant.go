package demo

import (
	"context"

	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Participant is one of the named participants one can be in the demo.
type Participant struct {
	Key, Given, Family string
	Number             string // an official test number that nobody else in the demo gets
	Language           string
	Interpreter        bool
	Came               int // how many days ago
}

// Participants are those one can be in the demo, in the order of the page. All have come to Vuxenslussen.
var Participants = []Participant{
	{"samira", "Samira", "Haddad", "197510179281", "ar", true, 150},
	{"ulrika", "Ulrika", "Lindfors", "196904302384", "sv", false, 110},
	{"yonas", "Yonas", "Tesfai", "197601042398", "ti", true, 45},
}

// FindParticipants tells who of the named participants the demo's history holds, by their keys.
func FindParticipants(ctx context.Context, tx *store.Tx, keys *vault.Area) (map[string]id.Person, error) {
	found := map[string]id.Person{}
	for _, p := range Participants {
		index, err := keys.Index("number", p.Number)
		if err != nil {
			return nil, err
		}
		var who id.Person
		err = tx.One(ctx, store.Q(`SELECT person_id FROM person WHERE area_id = $1 AND number_index = $2`), []any{AreaID, index}, &who)
		if err == nil {
			found[p.Key] = who
		} else if !store.None(err) {
			return nil, err
		}
	}
	return found, nil
}
