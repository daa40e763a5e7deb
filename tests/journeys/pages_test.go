package journeys

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

// page is one address to open and who opens it: a worker of the demo, or nobody.
type page struct{ who, path string }

// pages gives one real address for every GET route of the program that shows a page, found by following links as the
// demo's workers.
func pages(t *testing.T, url string) map[string]page {
	t.Helper()
	found := map[string]page{"/{$}": {"", "/"}, "/arbete/in": {"", "/arbete/in"}, "/in": {"", "/in"}, "/in/{token}": {"", "/in/used"}}
	want := patterns(t)
	for _, who := range []string{"karin", "lena", "omar"} {
		c := client(t, url, who)
		visited := map[string]int{} // addresses read, by route
		queue := fixed(want)
		for seen := map[string]bool{}; len(queue) > 0; queue = queue[1:] {
			path := queue[0]
			route := routeOf(want, path)
			if seen[path] || route == "" || visited[route] == deep {
				continue
			}
			seen[path] = true
			visited[route]++
			body, ok := c.get(path)
			if !ok {
				continue
			}
			if _, had := found[route]; !had {
				found[route] = page{who, path}
			}
			for _, m := range link.FindAllStringSubmatch(body, -1) {
				if to := html.UnescapeString(m[1]); !strings.Contains(to, "lang=") { // a choice of language would hold for all that follows
					queue = append(queue, to)
				}
			}
		}
	}
	for _, p := range want {
		switch _, ok := found[p]; {
		case !ok && elsewhere[p] == "":
			t.Errorf("no link in the filled demo leads to %s", p)
		case ok && elsewhere[p] != "":
			t.Errorf("a link leads to %s: take it out of the list that says %q", p, elsewhere[p])
		}
	}
	return found
}

// elsewhere are the pages that none of the three comes to by following links, and why.
var elsewhere = map[string]string{
	"/v/{gateway}/tack":                                   "comes after asking, as tests/journeys/public does",
	"/v/{gateway}/bit":                                    "is shown inside another site's page, as tests/journeys/public does",
	"/arbete/person/{person}/disk":                        "is for who answers the telephone, as in tests/journeys/attendance",
	"/arbete/person/{person}/plan/samordnad/papper":       "comes when a coordinated plan has been decided; internal/plan decides, tests/walk opens it",
	"/min/jobb/{occupation}":                              "is the person's own, as in tests/journeys/course",
	"/api/v1/referrals/{referral}":                        "is for systems; internal/application and tests/walk ask",
	"/arbete/person/{person}/dokument/{document}":         "is a file; tests/walk fetches one",
	"/min/dokument/{document}":                            "likewise",
	"/arbete/delat/{person}":                              "is for those who work at other agencies, as in tests/journeys/consent",
	"/arbete/delat/{person}/insats":                       "as the one above, in tests/journeys/together",
	"/arbete/delat/{person}/insats/{measure}":             "as the one above, in tests/journeys/together",
	"/arbete/anmalan/{application}":                       "nobody has asked on the web in the demo; somebody does in tests/journeys/public",
	"/arbete/flode/framat/csv":                            "is a file",
	"/arbete/person/{person}/fraga/{question}":            "nobody has wondered in the demo; internal/reading and tests/walk ask",
	"/arbete/in/svar":                                     "comes back from an agency, as in tests/journeys/agency",
	"/arbete/in/{agency}":                                 "leads to an agency, as in tests/journeys/agency",
	"/in/e-legitimation/{way}":                            "leads to an e-identification, as in tests/journeys/agency",
	"/in/{token}/{agency}":                                "leads to an agency, as in tests/journeys/agency",
	"/in/valj":                                            "comes after a letter's code, as in tests/journeys/door",
	"/min/mal/{goal}":                                     "is the person's own, as in tests/journeys/own",
	"/min/samtycken/{zone}":                               "is the person's own, as in tests/journeys/own",
	"/arbete/person/{person}/underlag/{statement}":        "somebody has statements in the demo, whom the search for links may not come to; tests/journeys/statement opens one",
	"/arbete/person/{person}/underlag/{statement}/bordet": "likewise",
	"/arbete/person/{person}/underlag/{statement}/papper": "likewise",
	"/arbete/person/{person}/krav/{demand}":               "somebody is required something in the demo, whom the search for links may not come to; tests/journeys/own ends one",
	"/min/sagt/{thing}":                                   "is the person's own, as in tests/journeys/own",
	"/arbete/person/{person}/coach/onskan":                "nobody waits for another coach in the demo; somebody asks in tests/journeys/own",
	"/min/underlag/{statement}":                           "is the person's own, as in tests/journeys/statement",
	"/delad/{secret}":                                     "is opened by who holds a link, as in tests/journeys/trusted",
	"/v/{gateway}/framat":                                 "is there when the head shows it, as in TestTwoFutures",
	"/kalender/{token}":                                   "is read by a calendar program, as in tests/journeys/attendance",
}

// deep is how many addresses of one route are read in search of links.
const deep = 40

var link = regexp.MustCompile(`href="(/[^"#]*)`)

// patterns gives the GET routes of the program that show pages.
func patterns(t *testing.T) []string {
	var list []string
	for _, line := range strings.Split(harness.Must(t, "routes"), "\n") {
		f := strings.Fields(line)
		if len(f) > 2 && f[0] == "GET" && f[1] != "/arbete/import/mall" && !strings.HasSuffix(f[1], ".json") { // those are files
			list = append(list, f[1])
		}
	}
	if len(list) < 40 {
		t.Fatalf("sluss routes gives %d pages", len(list))
	}
	return list
}

// fixed gives the routes that are addresses as they stand.
func fixed(routes []string) (list []string) {
	for _, p := range routes {
		if !strings.Contains(p, "{") {
			list = append(list, p)
		}
	}
	return list
}

// routeOf gives the route that an address belongs to: one whose parts are the same, or nearly.
func routeOf(routes []string, address string) string {
	path, _, _ := strings.Cut(address, "?")
	best := ""
	for _, p := range routes {
		if fits(p, path) && (best == "" || strings.Count(p, "{") < strings.Count(best, "{")) {
			best = p
		}
	}
	return best
}

func fits(route, path string) bool {
	r, p := strings.Split(route, "/"), strings.Split(path, "/")
	if len(r) != len(p) {
		return false
	}
	for i := range r {
		if r[i] != p[i] && !strings.HasPrefix(r[i], "{") {
			return false
		}
	}
	return route != "/{$}"
}

// reader is a worker who reads pages without a browser.
type reader struct {
	t    *testing.T
	http http.Client
	url  string
}

func client(t *testing.T, address, who string) *reader {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &reader{t, http.Client{Jar: jar}, address}
	door, _ := c.get("/arbete/in")
	form := url.Values{"who": {who}}
	for _, name := range []string{"_token", "_once"} {
		m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(door)
		if m == nil {
			t.Fatalf("the door has no %s", name)
		}
		form.Set(name, m[1])
	}
	r, err := c.http.PostForm(address+"/demo/in", form)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	return c
}

// get gives a page's source, if there is such a page for the worker; a fault of the program's own fails the test.
func (c *reader) get(path string) (body string, ok bool) {
	c.t.Helper()
	r, err := c.http.Get(c.url + path)
	if err != nil {
		c.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if r.StatusCode >= 500 {
		c.t.Errorf("%s answers %d", path, r.StatusCode)
	}
	return string(b), r.StatusCode == http.StatusOK && strings.HasPrefix(r.Header.Get("Content-Type"), "text/html")
}

func TestEveryPageHoldsTheBarsInEveryLanguage(t *testing.T) {
	if testing.Short() {
		t.Skip("the journeys need a browser; run without -short")
	}
	address := strings.TrimSuffix(harness.Serve(t, "", "--months", "6"), "/")
	leave(t, address)
	all := pages(t, address)
	for lang, px := range map[string]int64{"sv": 360, "en": 1280, "ar": 1280} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			b := harness.Start(t)
			b.Width(px)
			b.Go(address + "/arbete/in?lang=" + lang)
			for _, who := range []string{"", "karin", "lena", "omar"} {
				if who != "" {
					b.Forget()
					signIn(b, address, who)
					b.Go(address + "/arbete?lang=" + lang)
				}
				for route, p := range all {
					if p.who == who {
						look(t, b, lang, route, address+p.path)
					}
				}
			}
			if lang == "sv" {
				b.Validate(t)
			}
		})
	}
}

// leave leaves a list as Karin and a note as Lena, so that there is a page of each.
func leave(t *testing.T, address string) {
	b := harness.Start(t)
	signIn(b, address, "karin")
	b.Go(address + "/arbete/import")
	b.Choose(`input[type="file"]`, "kön.xlsx", oldQueue(t))
	b.ClickText("Visa hur vi läser listan")
	b.Forget()
	signIn(b, address, "lena")
	b.Go(address + "/arbete/deltagare")
	b.Click("main tbody a")
	b.Click(`.subnav a[href$="/kontakt"]`)
	b.Fill("#f-text", "Vi ringde caféet.")
	b.Fill("#f-kind", "meeting")
	b.ClickText("Signera")
}

// look opens one page and holds it against the bars.
func look(t *testing.T, b *harness.Browser, lang, route, address string) {
	t.Helper()
	b.Go(address)
	own := strings.Contains(route, "/bordet") || strings.HasSuffix(route, "/papper") || strings.HasSuffix(route, "/blankett") || strings.HasSuffix(route, "/blanketter/{form}") || strings.Contains(route, "/sprak/") // these are in the languages of the two who meet
	if got := harness.Eval[string](b, `document.documentElement.lang`); got != lang && !own {
		t.Errorf("%s is in %q, not in %s", route, got, lang)
	}
	status := harness.Eval[int](b, `performance.getEntriesByType('navigation')[0].responseStatus`)
	if want := http.StatusOK; status != want && route != "/in/{token}" || status >= 500 {
		t.Errorf("%s answers %d", route, status)
	}
	if said := harness.Eval[string](b, `document.title + document.body.textContent`); strings.Contains(said, "⟦") {
		_, from, _ := strings.Cut(said, "⟦")
		key, _, _ := strings.Cut(from, "⟧")
		t.Errorf("%s has no text for %s in %s", route, key, lang)
	}
	b.Check(t, "page-"+lang+strings.NewReplacer("/", "_", "{", "", "}", "", "$", "").Replace(route))
}
