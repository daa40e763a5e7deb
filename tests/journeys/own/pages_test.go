package own_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

var link = regexp.MustCompile(`href="(/min[^"#]*)`)

func TestEveryPageOfAPersonHoldsTheBarsInEveryLanguage(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	for _, lang := range []string{"sv", "sv-x-latt", "en", "ar"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			b := harness.Start(t)
			b.ScriptOff()
			b.Width(360)
			b.Go(url + "/arbete/in?lang=sv")
			b.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
			b.Go(url + "/min?lang=" + lang)
			seen := crawl(b, []string{"/min"}, link, func(path string) {
				b.Go(url + path)
				if got := harness.Eval[string](b, `document.documentElement.lang`); got != lang {
					t.Errorf("%s is in %q", path, got)
				}
				if said := b.Text("html"); strings.Contains(said, "⟦") {
					t.Errorf("%s lacks a text: %s", path, said)
				}
				if unlike := harness.Eval[string](b, answers); unlike != "" {
					t.Errorf("%s: a yes and its other answer do not look alike: %s", path, unlike)
				}
				b.Check(t, "own-"+lang+strings.NewReplacer("/", "_", "?", "_").Replace(path))
				if n := packed(b.Source()); n > 15_000 {
					t.Errorf("%s is %d bytes packed", path, n)
				}
			})
			if len(seen) < 22 {
				t.Errorf("only %d pages are linked: %v", len(seen), seen)
			}
			b.Validate(t)
		})
	}
}

// crawl opens one page of each kind that links lead to.
func crawl(b *harness.Browser, queue []string, link *regexp.Regexp, open func(path string)) (seen map[string]bool) {
	seen = map[string]bool{}
	for ; len(queue) > 0; queue = queue[1:] {
		kind := alike(queue[0])
		if seen[kind] {
			continue
		}
		seen[kind] = true
		open(queue[0])
		for _, m := range link.FindAllStringSubmatch(b.Source(), -1) {
			if to := html.UnescapeString(m[1]); !file.MatchString(to) {
				queue = append(queue, to)
			}
		}
	}
	return seen
}

// all are the person's own pages, and those for everybody.
var all = regexp.MustCompile(`href="(/(?:min|v|in)\b[^"#]*)`)

func TestEveryPageIsWholeHoweverOneSeesIt(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	for _, lang := range []string{"sv", "ar"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			b := harness.Start(t)
			look := func(path string) { b.Sight(t, url+path) }
			b.Go(url + "/in?lang=" + lang)
			look("/in")
			b.Go(url + "/arbete/in?lang=sv")
			b.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
			b.Go(url + "/min?lang=" + lang)
			seen := crawl(b, []string{"/min", "/v/vuxenslussen"}, all, look)
			if len(seen) < 35 {
				t.Errorf("only %d pages are linked: %v", len(seen), seen)
			}
		})
	}
}

// answers gives the looks of a yes and of what one may answer instead, where they differ.
const answers = `[...document.querySelectorAll('main .row, main form')].map(row => [...row.querySelectorAll('button')].filter(e => {
	const hidden = e.form.querySelector('[name=answer]');
	return ['yes', 'no', 'later'].includes(e.name === 'answer' ? e.value : hidden && hidden.value);
}).map(e => [e.dataset.variant, e.dataset.size, e.querySelector('svg') !== null].join(' '))).filter(looks => new Set(looks).size > 1).join('; ')`

// file is what a link leads to that is no page, and a choice of how pages look, which would hold for all that follow.
var file = regexp.MustCompile(`^/min/(allt\.json|dokument/)|\.ics$|(lang|text|kontrast)=`)

// key is an id, which a word of as many letters is not, or a day.
var key = regexp.MustCompile(`([/=])(?:[a-zA-Z]*[0-9][a-zA-Z0-9_-]{0,11}|[a-zA-Z0-9]{4}_[a-zA-Z0-9]{3}_[a-zA-Z0-9]{3})(?:$|\b)`)

// alike gives pages that differ in whom or what they tell of one name, so that one of each is looked at.
func alike(address string) string {
	path, _, _ := strings.Cut(address, "&")
	return key.ReplaceAllString(path, "$1…")
}
