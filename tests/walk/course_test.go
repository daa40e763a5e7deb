package walk

import (
	"context"
	"testing"

	"sluss/internal/course"
	"sluss/internal/demo"
)

// cooks is an occupation of the walk's forecast.
const cooks = "i5zY_AwC_RGf"

// forecast reads the demo's forecast of occupations in.
func (s *site) forecast(t testing.TB) {
	t.Helper()
	b, err := course.ReadBarometer(demo.Barometer())
	must(t, err)
	must(t, (&course.Desk{Store: s.Store}).Save(context.WithoutCancel(t.Context()), b, s.Now()))
}

// teach lets karin write two courses and link one from an occupation; one of the people is interested in that.
func (s *site) teach(t testing.TB) {
	t.Helper()
	s.forecast(t)
	ctx, karin, d := context.WithoutCancel(t.Context()), s.Actor(t, "karin"), &course.Desk{Store: s.Store}
	var made []course.ID
	for _, title := range []string{"Prova på köket", "Kock på komvux"} {
		c, err := d.Add(ctx, karin, course.Course{Kind: course.Taster, Title: title, Giver: "Vuxenutbildningen"})
		must(t, err)
		made = append(made, c)
	}
	must(t, d.Describe(ctx, karin, course.Description{Occupation: cooks, Words: map[string]course.Words{}, Courses: made}))
	p := s.people["active"]
	must(t, d.WantOwn(ctx, s.own(t, p), made[0], true))
	s.offered["course"], s.offered["occupation"], p.ids["course"] = made[0].String(), cooks, made[0].String()
}
