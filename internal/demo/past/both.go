package past

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/schedule"
)

// atBoth leads person by person at both gateways.
const atBoth = "lena"

// How many days they have led at the second gateway, after how many days the next one there asks for it, and how many of their places are
// there.
const (
	bothDays   = 240
	bothEvery  = 20
	bothPlaces = 4
)

// both lets them do so here, and the coach's participants ask for it.
func (p *player) both(from clock.Date) {
	until := p.Until.Date()
	begin := max(from.Add(60), until.Add(-bothDays))
	p.on(begin, func(ctx context.Context, d day) error { return d.leadsAlso(ctx) })
	n := 0
	for on := begin.Add(5); on < until; on = on.Add(bothEvery) {
		p.on(on, asks(p.coaches[0], n, until.AddMonths(12)))
		n++
	}
}

// leadsAlso gives them a post here as well, and plans what they lead here.
func (d day) leadsAlso(ctx context.Context) error {
	a, err := d.as(ctx, d.leader)
	if err != nil {
		return err
	}
	there, err := org.GetPost(ctx, d.tx, demo.AreaID, d.place.Posts[atBoth], a.Now())
	if err != nil {
		return err
	}
	here := org.Post{ID: id.NewPost(a.Now()), Worker: there.Worker, Unit: a.Unit(), Role: access.Coach, Title: "Handledare", Phone: there.Phone, Languages: there.Languages, From: d.today}
	if err := org.AddPost(ctx, d.tx, demo.AreaID, here); err != nil {
		return err
	}
	desk := &activity.Desk{Store: d.db()}
	x, err := desk.Add(ctx, a, activity.Type{Together: 1, Size: 10, Caseload: 10, Access: []string{"small"}, Languages: []string{"sv", "en"}, Words: words(
		activity.Words{Name: "Stöd hela vägen till arbete", Purpose: "Att hitta, få och behålla ett arbete med någon vid sin sida.", Leads: "Anställning."},
		activity.Words{Name: "Support all the way to work", Purpose: "To find, get and keep a job with somebody at one's side."},
		activity.Words{Name: "دعم طوال الطريق إلى العمل", Purpose: "للعثور على عمل والحصول عليه والاحتفاظ به مع شخص إلى جانبك."})}, "Några unga vill arbeta men behöver någon vid sin sida.")
	if err != nil {
		return err
	}
	if err := desk.Decide(ctx, a, x, 1, activity.Runs, "Vi delar handledare med Vuxenslussen."); err != nil {
		return err
	}
	r := schedule.Run{Activity: x, Entry: schedule.Rolling, From: schedule.Week(d.today), To: schedule.Week(d.Until.Date()).Add(7 * 2 * cycle), Weeks: cycle, Places: bothPlaces}
	h, err := schedule.Enter(ctx, d.tx, a, clock.Span{From: r.From, To: r.To})
	if err != nil {
		return err
	}
	found := h.Find(r, 60, 0)
	if len(found) == 0 {
		return nil
	}
	t := found[len(found)-1]
	t.Week, t.Leaders = cycle, []id.Post{here.ID} // they all meet once a cycle
	_, err = (&schedule.Desk{Store: d.db()}).Plan(ctx, a, r, []schedule.Turn{t})
	return err
}
