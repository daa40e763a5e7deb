package walk

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sluss/internal/id"
)

var idLike = regexp.MustCompile(`^[0-9a-v]*[0-9][0-9a-v]*$`)

// aims are the ids in a form: in its address and in its fields.
func (f form) aims() []string {
	var list []string
	for _, m := range param.FindAllStringSubmatch(f.route.Pattern, -1) {
		list = append(list, "{"+m[1]+"}")
	}
	for k, vs := range f.fields {
		if k == "key" || k == "session" || len(vs[0]) > 9 && idLike.MatchString(vs[0]) && k[0] != '_' {
			list = append(list, k)
		}
	}
	return list
}

// aimed is the form with another id at one place.
func (f form) aimed(at, other string) form {
	g := f
	if at[0] != '{' {
		g.fields = clone(f.fields)
		g.fields.Set(at, other)
		return g
	}
	parts := strings.Split(f.action, "/")
	for i, p := range strings.Split(f.route.Pattern, "/") {
		if p == at {
			parts[i] = url.PathEscape(other)
		}
	}
	g.action = strings.Join(parts, "/")
	return g
}

// TestAnIdThatIsNotOnesOwnChangesNothing aims every form at what is not there, is no id, or is another's.
func TestAnIdThatIsNotOnesOwnChangesNothing(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		foreign, n := s.people["foreign"], 0
		for _, who := range []string{"karin", "lena", "omar"} {
			v := s.enter(t, who)
			forms, before := oneOfEach(s.harvest(t, v)), s.digest(t)
			for _, f := range forms {
				for _, at := range f.aims() {
					others := []string{id.New[struct{}](s.Now()).String(), "0", "-1", "zz!", "1' OR 1=1", strings.Repeat("7", 40), s.people["called"].ids["start ida 0"], s.Place.Posts["petra"].String()}
					for _, k := range []string{"person", "referral", "goal", "task", "measure", "note", "agreed"} {
						others = append(others, foreign.ids[k])
					}
					for _, other := range others {
						kept := at == "coach" && strings.HasSuffix(f.action, "/egen-start") && f.fields.Get("_v") > "0"                                    // a booking that is moved keeps its coach
						late := at == "post" && strings.HasSuffix(f.action, "/lasningar/senare") && other == s.Place.Posts["petra"].String()               // any reader's may be shown later
						read := at == "reader" && strings.Contains(f.action, s.people["broken"].ids["person"]) && other == s.Place.Posts["petra"].String() // she has read it, so it can be asked why
						if kept || late || read || at == "room" && other == "0" {                                                                          // no room is a choice
							continue
						}
						n++
						g := f.aimed(at, other)
						res := v.insist(g, with(g.fields, "_token", v.token))
						if shown := s.shown(res); res.Code < 400 || res.Code >= 500 || len(shown) > 0 && contains(shown, foreign) {
							t.Errorf("%s by %s with %s for %s: %d to %s", f.route.Pattern, who, other, at, res.Code, res.Header().Get("Location"))
						}
					}
					if changed := differ(before, s.digest(t)); len(changed) > 0 {
						t.Errorf("%s by %s with another %s changed %v", f.route.Pattern, who, at, changed)
						before = s.digest(t)
					}
				}
			}
		}
		if n < 2000 {
			t.Errorf("only %d forms sent", n)
		}
	})
}

func with(v url.Values, name, value string) url.Values {
	m := clone(v)
	m.Set(name, value)
	return m
}
