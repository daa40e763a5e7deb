package demo

import (
	"os"
	"path"
	"strings"
	"testing"

	"sluss/internal/i18n"
	"sluss/internal/site"
)

func TestWhatTheDemoSaysToEverybodyIsEasyAndInEveryLanguage(t *testing.T) {
	gateways, err := words.ReadDir("words")
	if err != nil || len(gateways) != 2 {
		t.Fatal(len(gateways), err)
	}
	for _, g := range gateways {
		files, err := words.ReadDir(path.Join("words", g.Name()))
		if err != nil {
			t.Fatal(err)
		}
		langs, read := map[string]int{}, map[string]string{}
		for _, f := range files {
			field, lang, _ := strings.Cut(strings.TrimSuffix(f.Name(), ".txt"), ".")
			langs[field]++
			b, err := os.ReadFile(path.Join("words", g.Name(), f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			d := site.Draft{Field: site.Field(field), Lang: lang, Words: string(b)}
			if err := d.Check(true); err != nil {
				t.Errorf("%s: %v", f.Name(), err)
			}
			read[lang] += d.Words + "\n"
		}
		for lang, most := range map[string]float64{"sv": 40, i18n.Easy: 30} { // a few words alone say little of how hard they are
			if n := i18n.LIX(read[lang]); n >= most {
				t.Errorf("%s in %s has LIX %.0f", g.Name(), lang, n)
			}
		}
		for field, n := range langs {
			if n != len(i18n.Public()) {
				t.Errorf("%s %s is in %d languages", g.Name(), field, n)
			}
		}
	}
}
