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
			queue, seen := []string{"/min"}, map[string]bool{}
			for ; len(queue) > 0; queue = queue[1:] {
				page := strings.NewReplacer("/", "_", "?", "_").Replace(queue[0])
				if kind := alike(queue[0]); seen[kind] {
					continue
				} else {
					seen[kind] = true
				}
				b.Go(url + queue[0])
				if got := harness.Eval[string](b, `document.documentElement.lang`); got != lang {
					t.Errorf("%s is in %q", queue[0], got)
				}
				if said := b.Text("html"); strings.Contains(said, "⟦") {
					t.Errorf("%s lacks a text: %s", queue[0], said)
				}
				if unlike := harness.Eval[string](b, answers); unlike != "" {
					t.Errorf("%s: a yes and its other answer do not look alike: %s", queue[0], unlike)
				}
				b.Check(t, "own-"+lang+page)
				source := b.Source()
				if n := packed(source); n > 15_000 {
					t.Errorf("%s is %d bytes packed", queue[0], n)
				}
				for _, m := range link.FindAllStringSubmatch(source, -1) {
					if to := html.UnescapeString(m[1]); !file.MatchString(to) {
						queue = append(queue, to)
					}
				}
			}
			if len(seen) < 22 {
				t.Errorf("only %d pages are linked: %v", len(seen), seen)
			}
			b.Validate(t)
		})
	}
}

// answers gives the looks of a yes and of what one may answer instead, where they differ.
const answers = `[...document.querySelectorAll('main .row, main form')].map(row => [...row.querySelectorAll('button')].filter(e => {
	const hidden = e.form.querySelector('[name=answer]');
	return ['yes', 'no', 'later'].includes(e.name === 'answer' ? e.value : hidden && hidden.value);
}).map(e => [e.dataset.variant, e.dataset.size, e.querySelector('svg') !== null].join(' '))).filter(looks => new Set(looks).size > 1).join('; ')`

// file is what a link leads to that is no page, and a choice of how pages look, which would hold for all that follow.
var file = regexp.MustCompile(`^/min/(allt\.json|dokument/)|(lang|text|kontrast)=`)

var key = regexp.MustCompile(`/[a-zA-Z0-9_-]{12}\b`)

// alike gives pages that differ in whom or what they tell of one name, so that one of each is looked at.
func alike(address string) string {
	path, _, _ := strings.Cut(address, "&")
	return key.ReplaceAllString(path, "/…")
}
