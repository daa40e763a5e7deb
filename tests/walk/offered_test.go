package walk

import (
	"slices"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/consent"
	"sluss/internal/demo/demotest"
	"sluss/internal/export"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/web"
)

// TestWhatWasOfferedBeforeARightEndedOpensNothingAfterwards: a page of another agency that stood open when the person took their yes
// back, and lists that were offered before somebody was protected. Nothing is shown, and nothing is in the log.
func TestWhatWasOfferedBeforeARightEndedOpensNothingAfterwards(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		s := newSite(t, demotest.New(t, db))
		s.populate(t)
		ctx, p, q := t.Context(), s.people["shared"], s.people["active"]
		amina, karin := s.enter(t, "amina"), s.enter(t, "karin")
		var links []string
		for _, r := range s.routes {
			if to := ownPath(p, r); r.Method == "GET" && strings.HasPrefix(r.Pattern, "/arbete/delat/{person}") && r.Needs.Audience == web.Partner {
				links = append(links, to)
			}
		}
		links = slices.DeleteFunc(links, func(to string) bool { return !slices.Contains(s.shown(amina.get(to)), p) })
		if len(links) == 0 {
			t.Fatal("amina is shown nothing of the person before")
		}
		var lists []form
		for _, f := range s.harvest(t, karin) {
			if strings.HasPrefix(f.action, "/arbete/export/") {
				lists = append(lists, f)
			}
		}
		if len(lists) == 0 || len(lists) > len(export.Lists) {
			t.Fatalf("%d lists are offered", len(lists))
		}
		must(t, (&consent.Desk{Store: db}).Withdraw(ctx, s.Actor(t, "lena"), p.id, access.Zone(s.Place.Agencies[org.KindEmployment]), false))
		f := person.ProtectForm{Version: 1, Kind: person.Marked, Posts: []id.Post{s.Place.Posts["lena"], s.Place.Posts["omar"]}}
		must(t, (&person.Desk{Store: db}).Protect(ctx, s.Actor(t, "lena"), q.id, f))
		before := s.rowsOf(t, p, "amina") + s.rowsOf(t, q, "karin")
		for _, to := range links {
			if res := amina.get(to); res.Code != 404 || slices.Contains(s.shown(res), p) {
				t.Errorf("%s after the yes was taken back: %d", to, res.Code)
			}
		}
		held := 0
		for _, l := range lists {
			if res := karin.post(l.action, l.fields); slices.Contains(s.shown(res), q) {
				t.Errorf("%s holds somebody who has been protected since", l.action)
			} else if len(s.shown(res)) > 0 {
				held++
			}
		}
		if held < 2 {
			t.Errorf("only %d lists hold anybody: they say little", held)
		}
		if n := s.rowsOf(t, p, "amina") + s.rowsOf(t, q, "karin"); n != before {
			t.Errorf("the log has %d rows more of what nobody was shown", n-before)
		}
	})
}

// rowsOf counts the rows of the log in which a worker was shown somebody.
func (s *site) rowsOf(t *testing.T, p *soul, key string) (n int) {
	t.Helper()
	var alias []byte
	must(t, s.Store.Read(t.Context(), func(tx *store.Tx) error {
		if err := tx.One(t.Context(), store.Q(`SELECT alias FROM person WHERE area_id = $1 AND person_id = $2`), []any{s.Place.Area, p.id}, &alias); err != nil {
			return err
		}
		_, err := store.All(t.Context(), tx, store.Q(`SELECT people FROM disclosure WHERE area_id = $1 AND post_id = $2`), []any{s.Place.Area, s.Place.Posts[key]},
			func(c *store.Cursor) (_ struct{}, err error) {
				var b []byte
				for err = c.Scan(&b); len(b) >= audit.AliasBytes; b = b[audit.AliasBytes:] {
					if slices.Equal(b[:audit.AliasBytes], alias) {
						n++
					}
				}
				return struct{}{}, err
			})
		return err
	}))
	return n
}
