package plan

import (
	"reflect"
	"testing"

	"sluss/internal/fault"
	"sluss/internal/org"
)

func TestWhatHasChangedSinceIsTold(t *testing.T) {
	goal := FrozenGoal{ID: 1, Words: "Laga mat"}
	task := FrozenTask{ID: 2, Words: "Ringa", Who: Staff}
	measure := FrozenMeasure{ID: 3, What: "Kurs", WhyNow: "Plats finns"}
	base := Frozen{Goals: []FrozenGoal{goal}, Tasks: []FrozenTask{task}, Measures: []FrozenMeasure{measure}}
	with := func(f func(*Frozen)) Frozen {
		is := Frozen{Step: 2, Goals: []FrozenGoal{goal}, Tasks: []FrozenTask{task}, Measures: []FrozenMeasure{measure}}
		f(&is)
		return is
	}
	for name, c := range map[string]struct {
		is   Frozen
		want []Difference
	}{
		"a step only":     {with(func(*Frozen) {}), nil},
		"other words":     {with(func(f *Frozen) { f.Goals[0].Words = "Baka" }), []Difference{{Kind: "goal", Was: "Laga mat", Is: "Baka"}}},
		"a goal more":     {with(func(f *Frozen) { f.Goals = append(f.Goals, FrozenGoal{ID: 9, Words: "Cykla"}) }), []Difference{{Kind: "goal", Is: "Cykla"}}},
		"no goal":         {with(func(f *Frozen) { f.Goals = nil }), []Difference{{Kind: "goal", Was: "Laga mat"}}},
		"another does it": {with(func(f *Frozen) { f.Tasks[0].Who = Self }), []Difference{{Kind: "who", What: "Ringa", Was: "staff", Is: "self"}}},
		"a task done":     {with(func(f *Frozen) { f.Tasks = nil }), []Difference{{Kind: "task", Was: "Ringa"}}},
		"why now with a full stop": {with(func(f *Frozen) { f.Measures[0].WhyNow, f.Measures[0].WhatNext = "Ny start.", "Praktik." }),
			[]Difference{{Kind: "measure", Was: "Kurs. Plats finns", Is: "Kurs. Ny start. Praktik"}}},
		"why now changed": {with(func(f *Frozen) { f.Measures[0].WhyNow = "Ny start" }), []Difference{{Kind: "measure", Was: "Kurs. Plats finns", Is: "Kurs. Ny start"}}},
	} {
		if got := Since(base, c.is); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestWhatAMeasureNeeds(t *testing.T) {
	p := Plan{Goals: []Goal{{ID: 7, State: Open}}}
	whole := MeasureForm{What: "Kurs", Agency: 1, Goal: 7, WhyNow: "a", WhatNext: "b", From: "2026-10-12", To: "2026-10-13"}
	for name, c := range map[string]struct {
		change func(*MeasureForm)
		fields []string
	}{
		"whole":              {func(*MeasureForm) {}, nil},
		"loose":              {func(f *MeasureForm) { f.Goal, f.WhyNow, f.WhatNext = 0, "", "" }, nil},
		"tied without words": {func(f *MeasureForm) { f.WhyNow, f.WhatNext = " ", "" }, []string{"why", "next"}},
		"another's goal":     {func(f *MeasureForm) { f.Goal = 8 }, []string{"goal"}},
		"ends before":        {func(f *MeasureForm) { f.To = "2026-10-11" }, []string{"to"}},
		"empty":              {func(f *MeasureForm) { *f = MeasureForm{} }, []string{"what", "by", "from"}},
	} {
		f := whole
		c.change(&f)
		var got []string
		for _, x := range fault.Fields(f.check(p)) {
			got = append(got, x.Field)
		}
		if !reflect.DeepEqual(got, c.fields) {
			t.Errorf("%s: %v, want %v", name, got, c.fields)
		}
	}
}

func TestAStepThatTheUnitTookAwayIsTheLastThereIs(t *testing.T) {
	p := Plan{Step: 5, Steps: []org.Step{{Name: "a"}, {Name: "b"}}}
	if p.Here() != 2 || p.Next() != 0 || p.StepName(p.Here()) != "b" {
		t.Errorf("here %d, next %d", p.Here(), p.Next())
	}
}
