package walk

import (
	"context"
	"testing"

	"sluss/internal/course"
	"sluss/internal/demo"
	"sluss/internal/store"
)

// cooks is an occupation of the walk's forecast.
const cooks = "i5zY_AwC_RGf"

// letter is the code of something that has been sent, at each gateway.
const letter = "brev"

// forecast reads the demo's forecast of occupations in, and lets each gateway have something sent.
func (s *site) forecast(t testing.TB) {
	t.Helper()
	b, err := course.ReadBarometer(demo.Barometer())
	must(t, err)
	ctx, d := context.WithoutCancel(t.Context()), &course.Desk{Store: s.Store}
	must(t, d.Save(ctx, b, s.Now()))
	for _, worker := range []string{"karin", "ida"} {
		must(t, d.Reach(ctx, s.Actor(t, worker), course.Outreach{Name: "Brev", Code: letter, On: s.Now().Date()}))
	}
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
	s.offered["course"], s.offered["occupation"], s.offered["code"], p.ids["course"] = made[0].String(), cooks, letter, made[0].String()
	s.read(t, func(tx *store.Tx) error {
		list, err := course.OutreachOf(ctx, tx, karin.Area(), karin.Unit())
		s.offered["outreach"] = list[0].ID.String()
		return err
	})
}
