package walk

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"sluss/internal/i18n"
)

// facing gives each page that is turned to whoever takes part or asks to, in a language: a person's own, those at the table, those for everybody.
func (s *site) facing(t *testing.T, lang string, read func(path string, page *html.Node)) {
	t.Helper()
	s.ownPages(t, lang, read)
	lena := s.enter(t, "lena")
	lena.get("/arbete?lang=" + lang)
	table := 0
	for _, r := range s.routes {
		if r.Method != "GET" || !strings.Contains(r.Pattern, "/person/{person}") || !strings.Contains(r.Pattern, "/bordet") {
			continue
		}
		for _, path := range s.addresses(r) {
			res := lena.get(path)
			if res.Code != 200 || !strings.HasPrefix(res.Header().Get("Content-Type"), "text/html") {
				continue
			}
			page, err := html.Parse(strings.NewReader(res.Body.String()))
			must(t, err)
			read(path, page)
			table++
		}
	}
	if table < 40 {
		t.Errorf("only %d pages at the table read", table)
	}
	(&visitor{site: s}).crawl(t, lang, []string{"/v"}, func(path, body string) {
		page, err := html.Parse(strings.NewReader(body))
		must(t, err)
		if strings.Contains(body, `<html lang="`+lang+`"`) {
			read(path, page)
		}
	}, "/")
}

// toldIn is the language that a node is in.
func toldIn(n *html.Node) string {
	for n = n.Parent; n != nil; n = n.Parent {
		if lang := attr(n, "lang"); lang != "" {
			return lang
		}
	}
	return ""
}

func classed(n *html.Node, class string) bool {
	return n.Type == html.ElementNode && slices.Contains(strings.Fields(attr(n, "class")), class)
}

var (
	gap    = regexp.MustCompile(`\{\d\}`)
	arabic = regexp.MustCompile(`\p{Arabic}{2,}`)
)

// bound are the longest parts of the Swedish texts that bind, and of the same in a language that may not say them.
func bound(lang string) (swedish, other map[string]string) {
	swedish, other = map[string]string{}, map[string]string{}
	for k := range i18n.Get("sv").Keys() {
		if !i18n.Binding(k) {
			continue
		}
		reviewed := *i18n.Get(lang)
		reviewed.Reviewed = true
		for into, l := range map[*map[string]string]*i18n.Lang{&swedish: i18n.Get("sv"), &other: &reviewed} {
			long := ""
			for _, part := range gap.Split(l.T(k), -1) {
				if len(part) > len(long) {
					long = part
				}
			}
			if long = strings.TrimSpace(long); utf8.RuneCountInString(long) > 25 {
				(*into)[long] = k
			}
		}
	}
	for part := range swedish { // what is said in Swedish in the other's own file
		delete(other, part)
	}
	return swedish, other
}

// TestConsentRightsAndMyPlaceAreInSwedishWithAnInterpreterOffered: on each page turned to somebody, in each language that nobody has reviewed.
func TestConsentRightsAndMyPlaceAreInSwedishWithAnInterpreterOffered(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		for _, lang := range []string{"ar", "en"} {
			swedish, other := bound(lang)
			pages, said := map[string]bool{}, map[string]bool{}
			s.facing(t, lang, func(path string, page *html.Node) {
				offers, boxes, binds := 0, 0, false
				for n := range page.Descendants() {
					switch {
					case classed(n, "binds"):
						offers++
					case classed(n, "binding"):
						boxes++
					}
					if n.Type != html.TextNode || around(n, "main") == nil || around(n, "textarea") != nil {
						continue
					}
					for part, key := range swedish {
						if strings.Contains(n.Data, part) && toldIn(n) != "sv" && !said[key] {
							said[key] = true
							t.Errorf("%s in %s: %s is not said to be Swedish", path, lang, key)
						}
						if strings.Contains(n.Data, part) {
							pages[path], binds = true, true
						}
					}
					for part, key := range other {
						if strings.Contains(n.Data, part) && !said[key] {
							said[key] = true
							t.Errorf("%s says %s in %s, which nobody has reviewed", path, key, lang)
						}
					}
					if box := boxOf(n); lang == "ar" && box != nil && toldIn(n) == "sv" && arabic.MatchString(n.Data) {
						t.Errorf("%s: %q stands among Swedish words that bind", path, n.Data)
					}
				}
				if boxes > 0 && (offers < 1 || offers > boxes) || binds && boxes == 0 {
					t.Errorf("%s in %s offers an interpreter %d times, over %d texts that bind", path, lang, offers, boxes)
				}
			})
			if len(pages) < 40 {
				t.Errorf("only %d pages in %s hold what binds", len(pages), lang)
			}
			for _, must := range []string{"/min", "/min/samtycken", "/min/lasningar", "/min/allt", "/v/vuxenslussen", "/v/vuxenslussen/fragor", "/v/vuxenslussen/uppgifter"} {
				if !pages[must] {
					t.Errorf("%s in %s holds nothing that binds", must, lang)
				}
			}
		}
	})
}

// boxOf is the box of what binds that a node stands in.
func boxOf(n *html.Node) *html.Node {
	for n = n.Parent; n != nil && !classed(n, "binding"); n = n.Parent {
	}
	return n
}
