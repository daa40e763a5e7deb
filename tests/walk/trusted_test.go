package walk

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/store"
	"sluss/internal/trusted"
	"sluss/internal/web/trust"
)

// trusts lets one of the people show their plan to somebody.
func (s *site) trusts(t testing.TB) {
	t.Helper()
	p := s.people["active"]
	me := s.own(t, p)
	me.Declare(access.OwnRecord, access.Read, access.Write)
	m, err := (&trusted.Desk{Store: s.Store}).Make(context.WithoutCancel(t.Context()), me, p.id, trusted.Form{Reader: p.word + "sister", Days: 30, Helps: true})
	must(t, err)
	s.offered["secret"], s.offered["said"] = m.Token, m.Code
	s.read(t, func(tx *store.Tx) error {
		var link trusted.ID
		err := tx.One(t.Context(), store.Q(`SELECT link_id FROM trusted_link WHERE area_id = $1 AND person_id = $2`), []any{s.Place.Area, p.id}, &link)
		p.ids["link"] = link.String()
		return err
	})
}

// trusting are the forms by which a plan is shown, which follow on another form's answer.
func (s *site) trusting(v *visitor) []form {
	made := url.Values{"reader": {"ord"}, "days": {"7"}, "_once": {"AAAA"}, "_token": {v.token}}
	f := form{fields: made}
	switch v.name {
	case self + "active":
		f.action = "/min/dela/ny"
	case "lena":
		f.action = "/arbete/person/" + s.people["active"].ids["person"] + "/bordet/dela/ny"
	case "nobody":
		f.action, f.fields = trust.At+s.offered["secret"], url.Values{"code": {s.offered["said"]}}
	default:
		return nil
	}
	f.route = s.routeOf("POST", f.action)
	return []form{f}
}

func TestALinkShowsItsPersonToWhoSaysTheCodeAndToNobodyElse(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		p, nobody, watch := s.people["active"], &visitor{site: s, name: "nobody"}, s.watch(t)
		at := trust.At + s.offered["secret"]
		asks := nobody.get(at)
		if h := asks.Header(); asks.Code != 200 || len(s.shown(asks)) > 0 || h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "no-referrer" || !strings.Contains(h.Get("X-Robots-Tag"), "noindex") {
			t.Errorf("%d %v", asks.Code, h)
		}
		wrong := nobody.post(at, url.Values{"code": {"x"}})
		if wrong.Code != 422 || len(s.shown(wrong)) > 0 || len(watch.disclosed(t)) > 0 {
			t.Errorf("a wrong code: %d shows %v", wrong.Code, s.shown(wrong))
		}
		res := nobody.post(at, url.Values{"code": {s.offered["said"]}})
		log := watch.disclosed(t)
		if shown := s.shown(res); res.Code != 200 || len(shown) != 1 || shown[0] != p || len(log) != 1 || !log[0][p] {
			t.Errorf("the right code: %d shows %v, and the log names %v", res.Code, s.shown(res), log)
		}
		text := strings.ToLower(res.Body.String())
		for _, not := range []string{"lena", "vuxenslussen", p.word + "note", p.word + "sister", `href="/min`, `href="/arbete`, `href="/"`} {
			if strings.Contains(text, strings.ToLower(not)) {
				t.Errorf("the page of who holds the link holds %q", not)
			}
		}
		if res := nobody.get(trust.At + s.offered["secret"] + "x"); res.Code != 404 || !strings.Contains(res.Header().Get("X-Robots-Tag"), "noindex") {
			t.Errorf("an address of nothing: %d %v", res.Code, res.Header())
		}
	})
}
