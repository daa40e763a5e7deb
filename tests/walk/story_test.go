package walk

import (
	"context"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/story"
)

// openly is what everybody may read in the walk: a story that nobody's word stands in.
const openly = "Jag satt hemma länge. Nu lagar jag mat för trettio personer varje tisdag, och någon väntar på mig."

// tell lets somebody tell a story that everybody reads, one whose story waits for an editor, and one who has not said yes.
func (s *site) tell(t testing.TB) {
	t.Helper()
	ctx, d := context.WithoutCancel(t.Context()), &story.Desk{Store: s.Store}
	for _, x := range []struct {
		key, words string
		yes        bool
	}{{"neighbour", openly, true}, {"active", " berättar om sin väg hit.", true}, {"shared", " berättar om sin väg hit.", false}} {
		p := s.people[x.key]
		words := x.words
		if words != openly {
			words = p.word + "tells" + words
		}
		must(t, d.WriteOwn(ctx, s.own(t, p), story.Form{Words: words, Lang: "sv"}))
		if x.yes {
			must(t, d.AgreeOwn(ctx, s.own(t, p), 1))
		}
	}
	must(t, d.Show(ctx, s.Actor(t, "karin"), s.people["neighbour"].id, 2))
	s.read(t, func(tx *store.Tx) error {
		list, err := story.ShownAt(ctx, tx, s.Place.Area, s.Place.Units["Vuxenslussen"], 1)
		s.offered["story"] = list[0].ID.String()
		return err
	})
}

// TestAStoryIsGoneFromEveryPageAtOnceWhenTheYesIsTakenBack asks the page, the front, the data and the piece for other sites.
func TestAStoryIsGoneFromEveryPageAtOnceWhenTheYesIsTakenBack(t *testing.T) {
	s := plainSite(t)
	who := s.Participant(t, "karin", "lena", "Rut", "Sahlin")
	d := &story.Desk{Store: s.Store}
	me := func() *access.Actor { return s.Themself(t, who) }
	must(t, d.WriteOwn(t.Context(), me(), story.Form{Words: openly, Name: "R", Lang: "sv"}))
	must(t, d.AgreeOwn(t.Context(), me(), 1))
	everywhere := func(want bool) {
		t.Helper()
		for _, part := range []string{"", "/berattelser", "/bit", "/data.json"} {
			res := (&visitor{site: s}).get("/v/vuxenslussen" + part)
			if got := strings.Contains(res.Body.String(), openly); got != want {
				t.Errorf("%q: the story is there %v, wants %v", part, got, want)
			}
			if h := res.Header().Get("Cache-Control"); h != "no-store" && h != "public, no-cache" {
				t.Errorf("%q may be kept: %s", part, h)
			}
			for _, trace := range []string{"Sahlin", id.Person(who).String()} {
				if strings.Contains(res.Body.String(), trace) {
					t.Errorf("%q tells who it is", part)
				}
			}
		}
	}
	everywhere(false)
	must(t, d.Show(t.Context(), s.Actor(t, "karin"), who, 2))
	everywhere(true)
	must(t, d.TakeOwn(t.Context(), me(), false))
	everywhere(false)
}
