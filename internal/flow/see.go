package flow

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// AllUnits chooses all the gateways one may choose among.
const AllUnits id.Unit = 0

// See gives the figures of a unit over so many months. Workers see their own unit; a head may choose another gateway of
// the same agency, or all. A unit that one may not choose is Missing.
func (d *Desk) See(ctx context.Context, actor *access.Actor, unit id.Unit, months int) (f Figures, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		f, err = d.see(ctx, tx, actor, unit, months)
		return err
	})
	return f, err
}

// Months gives the table of the months alone, oldest first, as plain rows to take out.
func (d *Desk) Months(ctx context.Context, actor *access.Actor, unit id.Unit, months int) ([]Month, error) {
	f, err := d.See(ctx, actor, unit, months)
	return f.Months, err
}

// Choose gives the gateways that the actor may see the flow of, and those of them that were chosen. Missing when the unit may
// not be chosen.
func Choose(ctx context.Context, tx *store.Tx, actor *access.Actor, unit id.Unit) (may, chosen []org.Unit, err error) {
	if err := access.Unit(ctx, tx, actor, access.Staff...); err != nil {
		return nil, nil, err
	}
	own, err := org.GetUnit(ctx, tx, actor.Area(), actor.Unit())
	if err != nil {
		return nil, nil, err
	}
	may = []org.Unit{own}
	if actor.Role() == access.Head {
		if may, err = sameAgency(ctx, tx, actor.Area(), own); err != nil {
			return nil, nil, err
		}
	}
	if unit == AllUnits {
		return may, may, nil
	}
	for _, u := range may {
		if u.ID == unit {
			return may, []org.Unit{u}, nil
		}
	}
	return nil, nil, fault.Missing
}

func sameAgency(ctx context.Context, tx *store.Tx, area id.Area, own org.Unit) ([]org.Unit, error) {
	all, err := gateways(ctx, tx, area)
	var list []org.Unit
	for _, u := range all {
		if u.Agency == own.Agency {
			list = append(list, u)
		}
	}
	return list, err
}

func (d *Desk) see(ctx context.Context, tx *store.Tx, actor *access.Actor, unit id.Unit, months int) (Figures, error) {
	may, chosen, err := Choose(ctx, tx, actor, unit)
	if err != nil {
		return Figures{}, err
	}
	today := actor.Today()
	f := Figures{Unit: unit, Today: today, Since: today.AddMonths(-12).Month()}
	from := min(today.Month().AddMonths(1-months), f.Since)
	var news []fresh
	for _, u := range chosen {
		n, err := readFresh(ctx, tx, actor.Area(), u.ID, today)
		if err != nil {
			return f, err
		}
		news = append(news, n)
		set, err := org.SettingsAt(ctx, tx, actor.Area(), u.ID, today)
		if err != nil {
			return f, err
		}
		f.name(set.Steps)
	}
	people, err := population(ctx, tx, actor.Area(), chosen, from)
	if err != nil {
		return f, err
	}
	f, err = d.made.get(keyOf(actor.Area(), f, months, news, people), func() (Figures, error) {
		var spans []*span
		for _, n := range news {
			s, err := n.read(ctx, tx, actor.Area(), from, f.Since, today)
			if err != nil {
				return f, err
			}
			spans = append(spans, s)
		}
		f.fill(spans, people, today.Month().AddMonths(1-months))
		return f, nil
	})
	f.Units = may
	return f, err
}

// name keeps the names of the unit with most steps.
func (f *Figures) name(steps []org.Step) {
	if len(steps) <= len(f.StepNames) {
		return
	}
	f.StepNames = nil
	for _, s := range steps {
		f.StepNames = append(f.StepNames, s.Name)
	}
}

// fill works out everything from what was read.
func (f *Figures) fill(spans []*span, people map[string]int, first clock.Date) {
	var all []Month
	var units []map[string]sums
	var waits spells
	for _, s := range spans {
		all = together(all, s.table(max(1, len(f.StepNames))))
		units = append(units, s.byGroup())
		waits.join(s.spells)
	}
	for i := range all {
		if n, ok := people[string(all[i].Month[:7])]; ok {
			all[i].Population = n
		}
	}
	all = trimmed(all)
	f.Year, f.Pace, f.Waits = yearOf(all, f.Since), paceOf(all), Wait(waits.all)
	f.Groups = grouped(units)
	f.waits(waits)
	for len(all) > 0 && all[0].Month < first {
		all = all[1:]
	}
	f.Months = all
}

// waits tells how long each sex and age group waits.
func (f *Figures) waits(waits spells) {
	f.WaitBySex, f.WaitByAge = make([]WaitOf, sexes), make([]WaitOf, ageGroups)
	for sex, at := range sexParts {
		f.WaitBySex[at] = waitOf(waits.bySex[sex])
	}
	for age, at := range ageParts {
		f.WaitByAge[at] = waitOf(waits.byAge[age])
	}
}

// together adds the months of two units.
func together(a, b []Month) []Month {
	if a == nil {
		return b
	}
	for i := range a {
		x, y := &a[i], b[i]
		x.plus(y)
		x.Arrived, x.Outreach, x.Called, x.Began, x.Gone = x.Arrived+y.Arrived, x.Outreach+y.Outreach, x.Called+y.Called, x.Began+y.Began, x.Gone+y.Gone
		x.Work, x.Studies, x.Other, x.Back = x.Work+y.Work, x.Studies+y.Studies, x.Other+y.Other, x.Back+y.Back
		for k := range x.MovedOn {
			x.MovedOn[k] += y.MovedOn[k]
		}
	}
	return a
}

// population gives the adults on social assistance by month (its first seven characters), for months that all the units
// have a number of.
func population(ctx context.Context, tx *store.Tx, area id.Area, units []org.Unit, from clock.Date) (map[string]int, error) {
	type row struct {
		month  string
		people int
	}
	sum, told := map[string]int{}, map[string]int{}
	for _, u := range units {
		rows, err := store.All(ctx, tx, store.Q(`SELECT month, people FROM population WHERE area_id = $1 AND unit_id = $2 AND month >= $3`),
			[]any{area, u.ID, string(from[:7])}, func(r *store.Cursor) (x row, err error) {
				err = r.Scan(&x.month, &x.people)
				return x, err
			})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			sum[r.month[:7]] += r.people
			told[r.month[:7]]++
		}
	}
	for m, n := range told {
		if n < len(units) {
			delete(sum, m)
		}
	}
	return sum, nil
}
