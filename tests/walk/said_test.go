package walk

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/extract"
	"sluss/internal/i18n"
	"sluss/internal/newcoach"
	"sluss/internal/store"
)

var (
	todaysRead = regexp.MustCompile(`href="(/arbete/person/[^"#]+(?:#(?:sagt|n[0-9a-z]+)|/underlag/[0-9a-z]+))"`)
	hears      = regexp.MustCompile(`(?s)action="([^"]*/sagt/([a-z]+)-[^"]*/last)".*?name="to" value="([^"]+)"`)
)

// TestOfAllThatIsOfferedSomethingCanBeSaidAndWhoItWaitsForOpensThePage: of every person, whatever the page of what is written leads to.
func TestOfAllThatIsOfferedSomethingCanBeSaidAndWhoItWaitsForOpensThePage(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		d, kinds := &comment.Desk{Store: s.Store}, map[comment.Kind]int{}
		for key, p := range s.people {
			if key == "weeded" || key == "hidden" || key == "cleared" { // the coach may not open the record
				continue
			}
			var x extract.Record
			me := s.own(t, p)
			if me.Unit() == 0 {
				continue
			}
			me.Declare(access.OwnRecord, access.Read, access.Write)
			names, err := s.Org.Names(t.Context(), me)
			must(t, err)
			must(t, s.Store.Read(t.Context(), func(tx *store.Tx) error {
				a, err := access.OpenOwn(t.Context(), tx, me, access.OwnRecord, access.Read)
				if err == nil {
					x, err = extract.Written(t.Context(), tx, me, a, names)
				}
				return err
			}))
			said := 0
			for _, part := range x.Parts {
				for i := range part.Rows {
					if about, ok := part.Thing(i); ok {
						kinds[about.Kind]++
						said++
						if err := d.SayOwn(t.Context(), me, about, "Det stämmer inte"); err != nil {
							t.Errorf("%s is led to say something of %s, and cannot: %v", key, about.Kind, err)
						}
					}
				}
			}
			if n := strings.Count(s.themself(t, key).get("/min/sagt").Body.String(), "Det stämmer inte"); n != said {
				t.Errorf("of %d things that %s has said, %d stand by what they are of", said, key, n)
			}
		}
		heard := map[string]int{}
		for _, who := range []string{"lena", "samar", "karin", "omar", "ida", "petra"} {
			v := s.enter(t, who)
			if lines := todaysRead.FindAllStringSubmatch(v.get("/arbete").Body.String(), -1); len(lines) > 1 {
				seen := map[string]bool{}
				for _, x := range lines {
					person := strings.Split(x[1], "/")[3]
					if seen[person] {
						t.Errorf("%s has more than one line of what %s says", who, person)
					}
					seen[person] = true
				}
			}
			for {
				at := todaysRead.FindStringSubmatch(v.get("/arbete").Body.String())
				if at == nil {
					break
				}
				page, _, _ := strings.Cut(at[1], "#")
				res := v.get(page)
				read := hears.FindAllStringSubmatch(res.Body.String(), -1)
				if res.Code != 200 || len(read) == 0 {
					t.Fatalf("%s is led to %s, where nothing can be read: %d", who, at[1], res.Code)
				}
				for _, x := range read {
					heard[x[2]]++
					if to := v.post(x[1], url.Values{"to": {x[3]}}); to.Code != 303 {
						t.Fatalf("%s says that %s is read: %d", who, x[1], to.Code)
					}
				}
			}
		}
		for k, n := range kinds {
			if heard[string(k)] < n {
				t.Errorf("of %d things of the kind %s that something is said of, %d are read", n, k, heard[string(k)])
			}
		}
		if len(kinds) < 14 {
			t.Errorf("something is said of %v", kinds)
		}
	})
}

// TestWhoHasLeftIsNotToldThatACoachReadsWhatTheySay: nobody that was with them may open the record any more.
func TestWhoHasLeftIsNotToldThatACoachReadsWhatTheySay(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		sv := i18n.Get("sv")
		one := regexp.MustCompile(`href="(/min/sagt/[^"]+)"`)
		for key, gone := range map[string]bool{"active": false, "left": true} {
			me := s.themself(t, key)
			at := one.FindStringSubmatch(me.get("/min/sagt").Body.String())
			if at == nil {
				t.Fatal("nothing is written about ", key)
			}
			body := me.get(at[1]).Body.String()
			if strings.Contains(body, sv.T("comment.lede")) == gone || strings.Contains(body, sv.T("comment.lede.gone")) != gone {
				t.Errorf("%s is told wrongly who reads it", key)
			}
		}
	})
}

// TestWhoAsksForAnotherCoachIsToldTheUnitThatItGoesTo: the coach's, also when one has come to another since.
func TestWhoAsksForAnotherCoachIsToldTheUnitThatItGoesTo(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		p, sv := s.people["shared"], i18n.Get("sv")
		s.World.Pass(1)
		must(t, s.Store.Write(t.Context(), func(tx *store.Tx) error {
			a := s.Actor(t, "ida")
			return access.Tie(t.Context(), tx, a.Area(), p.id, a.Unit(), a.Today(), a.Now())
		}))
		if body := s.themself(t, "shared").get("/min/coach").Body.String(); !strings.Contains(body, sv.T("newcoach.past", sv.Apart("Vuxenslussen"))) {
			t.Error("another unit is named than the one that answers")
		}
	})
}

// TestOnlyWhoAnswersSeesThatSomebodyHasAskedForAnotherCoach: on every page that the coach, a colleague and the reception reach, nothing differs
// when somebody has asked, when it has been opened to be answered, and when it is answered with a no.
func TestOnlyWhoAnswersSeesThatSomebodyHasAskedForAnotherCoach(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		p, d := s.people["shared"], &newcoach.Desk{Store: s.Store}
		var paths []string
		for _, r := range s.routes {
			if r.Method == "GET" && strings.HasPrefix(r.Pattern, "/arbete") && !strings.HasPrefix(r.Pattern, "/arbete/jag") {
				paths = append(paths, s.paths(r)...)
			}
		}
		pages := func() map[string]string {
			s.forgetReadings(t)
			m := map[string]string{}
			for _, who := range []string{"lena", "samar", "britt"} {
				v := s.enter(t, who)
				for _, path := range paths {
					m[who+" "+path] = tag.ReplaceAllString(v.get(path).Body.String(), "")
				}
			}
			s.forgetReadings(t)
			return m
		}
		pages()
		before := pages()
		differ := func(when string) {
			t.Helper()
			for at, text := range pages() {
				if before[at] != text {
					t.Errorf("%s %s differs", when, at)
				}
			}
		}
		must(t, d.AskOwn(t.Context(), s.own(t, p), "qzwish"))
		differ("asked")
		c, err := d.Open(t.Context(), s.Actor(t, "karin"), p.id)
		must(t, err)
		must(t, d.Decline(t.Context(), s.Actor(t, "karin"), p.id, c.ID, c.Version, "qzno"))
		differ("answered")
		if len(before) < 500 {
			t.Errorf("only %d pages compared", len(before))
		}
	})
}
