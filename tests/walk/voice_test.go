package walk

import (
	"context"
	"strings"
	"testing"

	"sluss/internal/newcoach"
	"sluss/internal/opinion"
	"sluss/internal/sarah"
	"sluss/internal/store"
)

// thought stands in what those who say no name think: only the head, who is to answer, may see it.
const thought = "qzthought"

// voices lets some say what they think of Vuxenslussen: nobody that is known, who waits and who has an answer, and two of the people.
func (s *site) voices(t testing.TB) {
	t.Helper()
	ctx, d := context.WithoutCancel(t.Context()), s.opinions()
	d.Clock = s.World.Clock() // as those who act have it, so that what comes last has the highest number
	s.voiced = map[string]string{}
	for _, what := range []string{"answered", "waiting"} {
		code, err := d.Give(ctx, s.Place.Area, s.Place.Units["Vuxenslussen"], opinion.Form{Kind: opinion.Praise, About: opinion.House, Press: []byte(what),
			Words: opinion.Words{Text: thought + what, Reach: thought}}, false)
		must(t, err)
		o := s.lastOpinion(t)
		s.voiced["code"], s.voiced[what] = code, o.ID.String()
		if what == "answered" {
			must(t, d.Answer(ctx, s.Actor(t, "omar"), o.ID, 1, opinion.Reply{Answer: thought}))
		}
	}
	for _, key := range []string{"resting", "active"} {
		p := s.people[key]
		must(t, d.GiveOwn(ctx, s.own(t, p), opinion.Form{Kind: opinion.Complaint, About: opinion.Somebody, Post: s.Place.Posts["lena"], Words: opinion.Words{Text: p.word + "thinks"}}))
		o := s.lastOpinion(t)
		p.ids["opinion"] = o.ID.String()
		if key == "resting" {
			must(t, d.AnswerTo(ctx, s.Actor(t, "omar"), p.id, o.ID, 1, opinion.Reply{Answer: p.word + "heard"}))
		}
		s.wishesCoach(t, p)
	}
}

// wrong stands in what lena has reported: only she and who received it may see it.
const wrong = "qzwrong"

// outside stands in what amina has reported from her agency: only she and omar may see it.
const outside = "qzelsewhere"

// sarahs has lena report to omar, who has begun to look into one, and one about omar to ida; and amina from another agency to omar.
func (s *site) sarahs(t testing.TB) {
	t.Helper()
	ctx, d := context.WithoutCancel(t.Context()), &sarah.Desk{Store: s.Store}
	s.reports = map[string]string{}
	for _, to := range []string{"omar", "begun", "ida"} {
		r, err := d.Make(ctx, s.Actor(t, "lena"), sarah.Form{Words: sarah.Words{What: wrong, Led: wrong, Done: wrong}, Head: to == "ida"})
		must(t, err)
		s.reports[to] = r.String()
		if to == "begun" {
			must(t, d.Step(ctx, s.Actor(t, "omar"), r, 1, sarah.StepForm{State: sarah.Looking, Words: wrong}))
		}
	}
	r, err := d.Make(ctx, s.Actor(t, "amina"), sarah.Form{Words: sarah.Words{What: outside}, Unit: s.Place.Units["Vuxenslussen"]})
	must(t, err)
	s.reports["amina"] = r.String()
}

func (s *site) opinions() *opinion.Desk {
	return &opinion.Desk{Store: s.Store, Vault: s.Vault, Clock: s.clock}
}

// lastOpinion is the one that waits for omar and came last.
func (s *site) lastOpinion(t testing.TB) (o opinion.Line) {
	t.Helper()
	omar := s.Actor(t, "omar")
	s.read(t, func(tx *store.Tx) error {
		list, err := opinion.ToAnswer(context.WithoutCancel(t.Context()), tx, omar)
		for _, x := range list {
			if x.ID > o.ID {
				o = x
			}
		}
		return err
	})
	return o
}

// TestACodeIsTriedTenTimesAndNoMore: the right one too is then refused, from the same network address.
func TestACodeIsTriedTenTimesAndNoMore(t *testing.T) {
	s := plainSite(t)
	code, err := s.opinions().Give(t.Context(), s.Place.Area, s.Place.Units["Vuxenslussen"], opinion.Form{Kind: opinion.Praise, About: opinion.House, Press: []byte("a"),
		Words: opinion.Words{Text: thought}}, false)
	must(t, err)
	look := func(code string) (int, string) {
		res := s.asking("/v/vuxenslussen/tyck-till/svar", "sv", map[string][]string{"code": {code}})
		return res.Code, strings.ToLower(res.Body.String())
	}
	if status, body := look(opinion.Spell(code)); status != 200 || !strings.Contains(body, "svaret kommer senast") || strings.Contains(body, thought) {
		t.Errorf("the right code: %d %s", status, body)
	}
	for range 9 {
		if status, _ := look("0000"); status != 422 {
			t.Errorf("a wrong code: %d", status)
		}
	}
	if status, _ := look(code); status != 429 {
		t.Errorf("after ten: %d", status)
	}
}

// wishesCoach has somebody ask for another coach, be answered, and ask again.
func (s *site) wishesCoach(t testing.TB, p *soul) {
	t.Helper()
	ctx, d := t.Context(), &newcoach.Desk{Store: s.Store}
	must(t, d.AskOwn(ctx, s.own(t, p), p.word+"changes"))
	c, err := d.Open(ctx, s.Actor(t, "karin"), p.id)
	must(t, err)
	must(t, d.Decline(ctx, s.Actor(t, "karin"), p.id, c.ID, c.Version, p.word+"reasons"))
	must(t, d.AskOwn(ctx, s.own(t, p), p.word+"changes again"))
}
