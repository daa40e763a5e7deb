package way

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/myplace"
	"sluss/internal/store"
)

// MyPlace is what the person and the gateway have agreed about the person's place.
type MyPlace struct {
	On                  bool   // something can be asked for
	Helps, Touch, Reach string // the person's own words, "" where nothing has been said
	Lang                string // of them
	Adapted             []Adapted
}

// Adapted is something that the gateway does in another way for the person, or has been asked to.
type Adapted struct {
	What    string
	Lang    string
	Answer  myplace.Answer
	Reply   string
	By      id.Post // who sees to it
	AskedOn clock.Date
	DueOn   clock.Date
	DoneOn  clock.Date // "" until it is done
}

// Waits tells whether somebody at the gateway still has something to do.
func (a Adapted) Waits() bool { return a.DoneOn == "" && a.Answer != myplace.No }

// MyPlaceOf reads what is agreed about the place of the person of the access. It needs access to myplace.Need and to the thread.
func MyPlaceOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (MyPlace, error) {
	o, err := myplace.Own(ctx, tx, actor, a)
	m := MyPlace{On: o.On, Helps: o.Place.Helps, Touch: o.Place.Touch, Reach: o.Place.Reach, Lang: o.Place.Lang}
	for _, x := range o.Adapted {
		m.Adapted = append(m.Adapted, Adapted{x.What, x.Lang, x.Answer, x.Reply, x.Responsible, x.AskedOn, x.DueOn, x.DoneOn})
	}
	return m, err
}
