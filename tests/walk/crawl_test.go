package walk

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var (
	hrefs   = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	anchors = regexp.MustCompile(`\bid="([^"]*)"`)
)

// crawl reads all that links lead to from the addresses, as the visitor in a language, and calls see with each page; a link that leads to nothing, or to
// a part of a page that is not there, fails the test. It follows addresses that begin as one of within.
func (v *visitor) crawl(t *testing.T, lang string, within []string, see func(path, body string), from ...string) int {
	t.Helper()
	pages, parts, linked := map[string]string{}, map[string]map[string]bool{}, map[string][]string{}
	for queue := from; len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		if _, seen := pages[path]; seen {
			continue
		}
		r := v.request("GET", path, nil)
		r.AddCookie(&http.Cookie{Name: "lang", Value: lang})
		res := v.send(r)
		body := res.Body.String()
		if pages[path] = body; res.Code != 200 && res.Code != 303 {
			t.Errorf("%s leads to %s, which answers %d", linked[path], path, res.Code)
			continue
		}
		see(path, body)
		parts[path] = map[string]bool{"": true, "main": true}
		for _, m := range anchors.FindAllStringSubmatch(body, -1) {
			parts[path][m[1]] = true
		}
		for _, m := range hrefs.FindAllStringSubmatch(body, -1) {
			to, part, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			if to == "" && !parts[path][part] {
				t.Errorf("%s leads to its own part %q, which is not there", path, part)
			}
			for _, w := range within {
				if (to == w || strings.HasPrefix(to, w+"/") || strings.HasPrefix(to, w+"?")) && !strings.Contains(to, "lang=") {
					linked[to] = append(linked[to], path)
					queue = append(queue, to)
					break
				}
			}
		}
	}
	return len(pages)
}

// TestNoLinkOfAPageForEverybodyIsDeadAndNoPageTellsOfAnybody crawls the pages for everybody in a world full of people, in each language.
func TestNoLinkOfAPageForEverybodyIsDeadAndNoPageTellsOfAnybody(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		for _, lang := range []string{"sv", "sv-x-latt", "en", "ar"} {
			v := &visitor{site: s}
			spoken := 0
			v.crawl(t, lang, []string{"/v", "/static", "/in", "/arbete/in"}, func(path, body string) {
				if strings.Contains(body, `<html lang="`+lang+`"`) {
					spoken++
				}
				for _, p := range s.people {
					for _, trace := range p.traces {
						if strings.Contains(strings.ToLower(body), strings.ToLower(trace)) {
							t.Errorf("%s in %s tells %q of %s", path, lang, trace, p.key)
						}
					}
				}
			}, "/", "/v/vuxenslussen/bit", "/v/vuxenslussen/data.json")
			if spoken < 25 {
				t.Errorf("only %d pages in %s are read", spoken, lang)
			}
		}
	})
}

func TestNoLinkOfAPersonsOwnPagesIsDead(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		for _, key := range []string{"active", "shared"} {
			if n := s.themself(t, key).crawl(t, "sv", []string{"/min", "/static"}, func(string, string) {}, "/min"); n < 15 {
				t.Errorf("only %d pages of %s are read", n, key)
			}
		}
	})
}
