package sim_test

import (
	"context"
	"fmt"
	"log"

	"sluss/internal/sim"
)

// A course takes in up to eight people on the first of each month; those who finish find work in two cases of five, and the
// rest go to a coach who can have ten at a time. How long do people wait for the coach, and what would two places more do?
func Example() {
	share := func(p float64) *float64 { return &p }
	rate := sim.Level(7)
	model := sim.Model{
		Name: "course and coach", Unit: "month", Horizon: 240, Warmup: 24, Grid: 12,
		Calendars: []sim.Calendar{{Name: "first", Every: 1}},
		Resources: []sim.Resource{{Name: "coach", Level: sim.Level(10)}},
		Sources:   []sim.Source{{Name: "referrals", To: "course", Rate: &rate}},
		Stages: []sim.Stage{
			{
				Name: "course", Gate: &sim.Gate{Calendar: "first", Takes: sim.Level(8)},
				Duration: sim.Gamma(3, 4),
				Routes:   []sim.Route{{To: "work", P: share(0.4)}, {To: "coaching", P: share(0.6)}},
			},
			{
				Name: "coaching", Needs: []sim.Need{{Resource: "coach"}},
				Duration: sim.LogNormal(2.2, 0.5), Routes: []sim.Route{{To: "work"}},
			},
		},
		Exits: []sim.Exit{{Name: "work"}},
	}
	for _, places := range []float64{10, 12} {
		model.Resources[0].Level = sim.Level(places)
		program, err := model.Program()
		if err != nil {
			log.Fatal(err)
		}
		report, err := program.Run(context.Background(), sim.Options{Replications: 200, Seed: 1})
		if err != nil {
			log.Fatal(err)
		}
		wait, _ := report.Figure("coaching.wait")
		busy, _ := report.Figure("coach.used")
		fmt.Printf("%g places: wait %.2f months (± %.2f), %.0f %% in use\n", places, wait.Mean, wait.SE, 100*busy.Mean)
	}
	// Output:
	// 10 places: wait 1.31 months (± 0.09), 92 % in use
	// 12 places: wait 0.13 months (± 0.00), 77 % in use
}
