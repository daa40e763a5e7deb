package outcome

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Case is all that the page of an exit shows about one person at the actor's unit.
type Case struct {
	Person    person.Person // who it is; nothing but the identity
	Enrolled  bool
	Enrolment intake.Enrolment // when Enrolled
	Exit      *Exit            // of that enrolment, nil while it goes on
	Pause     *Pause           // nil unless the person rests now
	Earlier   []Exit           // of enrolments before, and those taken back; newest first
}

// Open reads a person's case for a page.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person) (c Case, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		var a access.Access
		if c.Person, a, err = person.Open(ctx, tx, actor, who, access.Identity|Seen, access.Read, access.ForFollowUp); err != nil {
			return err
		}
		c, err = read(ctx, tx, actor, a, c)
		return err
	})
	return c, err
}

func read(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, c Case) (Case, error) {
	var err error
	if c.Enrolment, c.Enrolled, err = intake.Current(ctx, tx, actor, a); err != nil {
		return c, err
	}
	exits, err := Of(ctx, tx, actor, a)
	if err != nil {
		return c, err
	}
	for i, x := range exits {
		if !x.Undone && x.Enrolment == c.Enrolment.ID {
			c.Exit = &exits[i]
			continue
		}
		c.Earlier = append(c.Earlier, x)
	}
	c.Pause, err = resting(ctx, tx, actor, a, c.Enrolment)
	return c, err
}

// Of gives the person's exits from the actor's unit with their follow-ups, newest first, those taken back too.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Exit, error) {
	a.Must(Seen)
	exits, err := selectExits(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	follows, err := selectFollowUps(ctx, tx, actor, a)
	if err != nil {
		return nil, err
	}
	for i := range exits {
		for _, f := range follows {
			if f.Exit == exits[i].ID {
				exits[i].FollowUps = append(exits[i].FollowUps, f)
			}
		}
	}
	return exits, nil
}
