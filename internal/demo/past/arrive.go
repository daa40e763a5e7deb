package past

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sluss/internal/demo"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/pnr"
	"sluss/internal/referral"
)

// soul is what the player knows of one person.
type soul struct {
	id       id.Person
	referral referral.ID
	who      person.Person
	coach    string
	goals    []plan.GoalID
	step     int
	times    int  // how often here
	heard    bool // was asked, at this return, what helped
	stays    bool // is one of those one can be in the demo
}

// arrival puts somebody in the queue: somebody new, or now and then somebody who has been here before.
func arrival(ctx context.Context, d day) error {
	s := d.returning()
	if s == nil {
		s = &soul{who: d.someone()}
	}
	return d.arrive(ctx, s)
}

// comes puts one of the named participants in the queue.
func comes(n demo.Participant) deed {
	return func(ctx context.Context, d day) error {
		number, err := pnr.Parse(n.Number, d.today)
		if err != nil {
			return err
		}
		s := &soul{who: d.someone(), stays: true}
		s.who.Identity = person.Identity{Given: n.Given, Family: n.Family, Number: number}
		s.who.Sex, s.who.BirthYear, s.who.Language, s.who.Interpreter = person.Sex(number.Sex()), 0, n.Language, n.Interpreter
		return d.arrive(ctx, s)
	}
}

func (d day) arrive(ctx context.Context, s *soul) error {
	a, err := d.as(ctx, d.leader)
	if err != nil {
		return err
	}
	f := d.letter(s)
	if s.referral, s.id, err = d.referral().Receive(ctx, a, f); err != nil {
		return err
	}
	s.times, s.heard = s.times+1, false
	d.known[s.id] = s
	if s.times > 1 && d.chance(0.85) {
		d.on(d.soon(3, 12), asked(s))
	}
	if d.chance(0.7) {
		d.on(d.soon(2, 10), replied(s))
	}
	return nil
}

func (d day) returning() *soul {
	if len(d.left) < 20 || !d.chance(0.11) {
		return nil
	}
	i := d.rnd.IntN(len(d.left))
	s := d.left[i]
	d.left = slices.Delete(d.left, i, i+1)
	d.player.left = d.left
	return s
}

// letter is how somebody comes: from whom, why, with which wish.
func (d day) letter(s *soul) referral.Form {
	f := referral.Form{Person: s.who, Reason: pick(d.player, referral.Reasons), ReceivedOn: d.today,
		Words: referral.Words{Wish: pick(d.player, wishes)}}
	switch n := d.rnd.IntN(100); {
	case n < 52:
		f.Kind, f.FromUnit, f.ReplyBy = referral.Remiss, d.place.Senders[pick(d.player, list("Ekonomiskt bistånd", "Ekonomiskt bistånd", "LSS-enheten", "Vuxenutbildningen"))], d.today.Add(21)
	case n < 62:
		f.Kind, f.Agency, f.ReplyBy = referral.Remiss, d.place.Agencies[pick(d.player, list(org.KindInsurance, org.KindEmployment, org.KindRegion))], d.today.Add(21)
	case n < 74:
		f.Kind, f.FromUnit = referral.Anvisad, d.place.Senders["Ekonomiskt bistånd"]
	case n < 92:
		f.Kind = referral.Own
	default:
		f.Kind = referral.Outreach
	}
	return f
}

// someone invents a person with an official test number; one in fifteen has none.
func (d day) someone() person.Person {
	n := d.rnd.IntN(100)
	o := origins[0]
	for _, x := range origins {
		if o = x; n < x.share {
			break
		}
		n -= x.share
	}
	p := person.Person{}
	sex := 1 + d.rnd.IntN(2)
	p.Sex, p.BirthYear = person.Sex(sex), d.Until.Date().Time().Year()-20-d.rnd.IntN(44)
	if d.unit == "Ungdomsslussen" {
		p.BirthYear = d.Until.Date().Time().Year() - 18 - d.rnd.IntN(7)
	}
	if num, ok := d.number(); ok {
		p.Number, p.Sex, p.BirthYear = num, person.Sex(num.Sex()), 0
	}
	p.Given, p.Family = pick(d.player, o.men), pick(d.player, o.house)
	if p.Sex == person.Woman {
		p.Given = pick(d.player, o.women)
	}
	p.Contact = person.Contact{Phone: fmt.Sprintf("070-174 06 %02d", d.rnd.IntN(100)), Street: fmt.Sprintf("%s %d", pick(d.player, streets), 1+d.rnd.IntN(60)),
		Postcode: "999 01", City: "Ekhamra", Reach: pick(d.player, list("phone", "phone", "sms", "sms", "sms", "letter", "email")), Language: "sv"}
	if o.lang != "sv" && d.chance(0.7) {
		p.Language, p.Interpreter = o.lang, d.chance(0.6)
	}
	p.Email = fmt.Sprintf("person%d@ekhamra.example", d.rnd.IntN(1e6))
	p.Needs = person.Needs{Access: pick(d.player, needs), Targets: d.targets()}
	return p
}

func (d day) targets() []string {
	out := []string{"assistance"}
	for _, t := range person.Targets[1:] {
		if d.chance(0.15) {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Compare(a, b) })
	return out
}

// number takes the next test number of somebody of the unit's age.
func (d day) number() (pnr.Number, bool) {
	if d.chance(0.07) {
		return pnr.Number{}, false
	}
	young := d.unit == "Ungdomsslussen"
	for i, text := range *d.numbers {
		n, err := pnr.Parse(text, d.today)
		if err != nil || n.BirthDate() == "" {
			continue
		}
		age := d.today.Sub(n.BirthDate()) / 365
		if age < 18 || young != (age < 25) {
			continue
		}
		*d.numbers = slices.Delete(*d.numbers, i, i+1)
		return n, true
	}
	return pnr.Number{}, false
}
