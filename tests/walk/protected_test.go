package walk

import (
	"strings"
	"testing"

	"sluss/internal/org"
	"sluss/internal/vault"
)

func TestWithoutTheKeyOfProtectedPeopleOnlyTheirOwnPagesSayThatTheyCannotBeOpened(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		v, err := vault.Open(s.KeyFile, "")
		must(t, err)
		w := *s.World
		w.Vault, w.Org = v, &org.Desk{Store: s.Store, Vault: v}
		without := siteAt(t, &w, s.clock)
		without.people, without.listIDs, without.offered, without.invited = s.people, s.listIDs, s.offered, s.invited
		without.asked, without.reports, without.voiced = s.asked, s.reports, s.voiced
		closed := 0
		for _, r := range without.routes {
			if r.Method != "GET" {
				continue
			}
			for _, name := range []string{"karin", "omar"} {
				v := without.enter(t, name)
				for _, path := range without.addresses(r) {
					res := v.get(path)
					about := strings.Contains(path, s.people["cleared"].ids["person"])
					switch {
					case res.Code == 503 && about && strings.Contains(res.Body.String(), "skyddade personuppgifter"):
						closed++
					case res.Code >= 500:
						t.Errorf("GET %s by %s: %d", path, name, res.Code)
					case about && contains(s.shown(res), s.people["cleared"]):
						t.Errorf("GET %s by %s shows who is protected", path, name)
					}
				}
			}
		}
		if closed < 5 {
			t.Errorf("only %d pages said that the key is not here", closed)
		}
		hidden, err := without.kit.Signin.BeginOwn(t.Context(), s.Place.Area, s.people["hidden"].id, "sv")
		must(t, err)
		own := (&visitor{site: without, name: self + "hidden", cookie: hidden}).get("/min")
		if own.Code != 503 || !strings.Contains(own.Body.String(), "Vi kan inte visa dina uppgifter") {
			t.Errorf("a person's own page: %d", own.Code)
		}
		if page := without.enter(t, "karin").get("/arbete/deltagare"); page.Code != 200 || !strings.Contains(page.Body.String(), "•••") {
			t.Errorf("the list of participants: %d", page.Code)
		}
	})
}
