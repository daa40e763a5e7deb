package walk

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// ownPages gives each page of a person's own to read, as somebody who signs in sees it in a language.
func (s *site) ownPages(t *testing.T, lang string, read func(path string, page *html.Node)) {
	t.Helper()
	pages := 0
	for _, key := range []string{"active", "shared", "resting", "gone"} {
		me := s.themself(t, key)
		me.get("/min?lang=" + lang)
		for _, r := range s.routes {
			if r.Method != "GET" || !strings.HasPrefix(r.Pattern, "/min") {
				continue
			}
			for _, path := range s.addresses(r) {
				res := me.get(path)
				if res.Code != 200 || !strings.HasPrefix(res.Header().Get("Content-Type"), "text/html") {
					continue
				}
				page, err := html.Parse(strings.NewReader(res.Body.String()))
				must(t, err)
				read(path, page)
				pages++
			}
		}
	}
	if pages < 80 {
		t.Errorf("only %d pages read", pages)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// around is the nearest of the elements around a node; nil for none.
func around(n *html.Node, elements ...string) *html.Node {
	for n = n.Parent; n != nil && !slices.Contains(elements, n.Data); n = n.Parent {
	}
	return n
}

// TestEverythingAPersonIsAskedIsMarkedAsTheirChoiceOrAsRequired: each form on a person's own pages stands in a section, or on a page, with
// a mark that says whether it is their own choice or required, and by whom.
func TestEverythingAPersonIsAskedIsMarkedAsTheirChoiceOrAsRequired(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		forms, bare := 0, map[string]bool{}
		s.ownPages(t, "sv", func(path string, page *html.Node) {
			marked := map[*html.Node]bool{}
			for n := range page.Descendants() {
				if n.Type == html.ElementNode && n.Data == "p" && slices.Contains(strings.Fields(attr(n, "class")), "mark") {
					marked[around(n, "section", "main")] = true
				}
			}
			for n := range page.Descendants() {
				if n.Type != html.ElementNode || n.Data != "form" || attr(n, "method") != "post" || around(n, "main") == nil {
					continue
				}
				forms++
				at := around(n, "section", "main")
				for at != nil && !marked[at] {
					at = around(at, "section", "main")
				}
				if k := s.routeOf("POST", attr(n, "action")).Pattern; at == nil && !bare[k] {
					bare[k] = true
					t.Errorf("%s: the form to %s is not marked", path, k)
				}
			}
		})
		if forms < 60 {
			t.Errorf("only %d forms found", forms)
		}
	})
}

var (
	apart = regexp.MustCompile(`[\x{2066}-\x{2068}][^\x{2069}]*\x{2069}`)
	latin = regexp.MustCompile(`[A-Za-zÅÄÖåäö]{3,}`)
)

// TestWordsInAnotherScriptStandApartOnArabicPages: a word in Latin letters says its language, or at least stands apart, so that it is read
// aloud and turned the right way.
func TestWordsInAnotherScriptStandApartOnArabicPages(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		said := map[string]bool{}
		s.facing(t, "ar", func(path string, page *html.Node) {
			for n := range page.Descendants() {
				if n.Type != html.TextNode || around(n, "main") == nil || around(n, "script", "style", "bdi", "textarea", "option", "svg") != nil {
					continue
				}
				word := latin.FindString(apart.ReplaceAllString(n.Data, ""))
				at := n.Parent
				for at != nil && attr(at, "lang") == "" && attr(at, "dir") == "" {
					at = at.Parent
				}
				if word != "" && at.Data == "html" && !said[word+path] {
					said[word+path] = true
					t.Errorf("%s: %q in <%s> %.80q", path, word, n.Parent.Data, n.Data)
				}
			}
		})
	})
}
