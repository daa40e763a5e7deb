package walk

import (
	"html"
	"strings"
	"testing"

	"sluss/internal/i18n"
	"sluss/internal/lawful"
)

func TestThePageOfConsentsTellsWhatMayGoOutWithoutAYes(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		sv := i18n.Get("sv")
		for _, x := range []struct {
			by         *visitor
			page, read string
			lawful     bool
		}{
			{s.themself(t, "active"), "/min/samtycken", "/min/lasningar", false},
			{s.themself(t, "lawful"), "/min/samtycken", "/min/lasningar", true},
			{s.enter(t, "lena"), s.at("active", "/bordet/samtycken"), s.at("active", "/lasningar"), false},
			{s.enter(t, "karin"), s.at("lawful", "/bordet/samtycken"), s.at("lawful", "/lasningar"), true},
		} {
			said := html.UnescapeString(x.by.get(x.page).Body.String())
			_, said, found := strings.Cut(said, sv.T("reading.without"))
			if !found {
				t.Errorf("%s by %s has no such part", x.page, x.by.name)
			}
			want := []string{sv.T("reading.without.how"), sv.T("own.without.told"), `href="` + x.read + `"`, "Undrar du varför"}
			for _, l := range lawful.Laws {
				want = append(want, sv.T("lawful.law."+l.Code))
			}
			for _, w := range want {
				if !strings.Contains(said, w) {
					t.Errorf("%s by %s does not say %q", x.page, x.by.name, w)
				}
			}
			if got := strings.Contains(said, sv.T("own.without.none")); got == x.lawful {
				t.Errorf("%s by %s says that nobody sees: %v", x.page, x.by.name, got)
			}
			ends := s.Now().Date().AddMonths(1)
			now, _, _ := strings.Cut(said, sv.T("reading.without.how"))
			if got := strings.Contains(now, sv.T("own.without.now")) && strings.Contains(now, sv.T("lawful.law.osl_10_2")) && strings.Contains(now, sv.Date(ends)); got != x.lawful {
				t.Errorf("%s by %s says which law holds now and until when: %v", x.page, x.by.name, got)
			}
		}
	})
}

// at is an address under the page of one of the people of the walk.
func (s *site) at(key, path string) string {
	return "/arbete/person/" + s.people[key].id.String() + path
}
