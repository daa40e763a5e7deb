package course

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"sluss/internal/i18n"
)

// Words are what an occupation is called, the plainest first, and what one does in it, in one language.
type Words struct {
	Names []string `json:"names,omitempty"`
	Does  string   `json:"does,omitempty"`
}

//go:embed plain.json
var plainText []byte

// plain is what the product itself says of some occupations: by code, then by language.
var plain = sync.OnceValue(func() map[string]map[string]Words {
	m := map[string]map[string]Words{}
	if err := json.Unmarshal(plainText, &m); err != nil {
		panic(err)
	}
	return m
})

// Listed is an occupation as a unit tells of it to everybody.
type Listed struct {
	Occupation
	Forecast
	Ways    int              // courses of the unit that lead there
	Own     map[string]Words // the unit's own words, by language
	Version int              // of its own words; 0 for none
}

// tongue is the language whose words are used for a language of the pages.
func tongue(lang string) string {
	if lang == i18n.Easy {
		return "sv"
	}
	return lang
}

// group gives the product's own words of the code's group in a language.
func (o Listed) group(lang string) Words {
	code, _, _ := strings.Cut(o.SSYK, " ")
	return plain()[code][lang]
}

// said gives those of the words that are true of the occupation itself: none when it is a part of the group that the words do not name.
func (o Listed) said(lang string) Words {
	if o.About == "" {
		return o.group(lang)
	}
	for _, n := range o.group("sv").Names {
		if alike(i18n.Fold(n), i18n.Fold(o.Name)) {
			return o.group(lang)
		}
	}
	return Words{}
}

// Called gives what the occupation is called in a language: in plain words where there are any, else as the forecast calls it, in Swedish.
func (o Listed) Called(lang string) (name, in string) {
	lang = tongue(lang)
	for _, w := range []Words{o.Own[lang], o.said(lang)} {
		if len(w.Names) > 0 && lang != "sv" {
			return w.Names[0], lang
		}
	}
	return o.Name, "sv"
}

// Does gives what one does, in the language, else in Swedish; "" when nobody has written it.
func (o Listed) Does(lang string) (text, in string) {
	for _, l := range []string{tongue(lang), "sv"} {
		for _, w := range []Words{o.Own[l], o.said(l)} {
			if w.Does != "" {
				return w.Does, l
			}
		}
	}
	return "", "sv"
}

// sayings are all that one may call the occupation, in every language, made comparable: its own names, and those of its group that are
// not said of it.
func (o Listed) sayings() (own, group []string) {
	own, group = []string{i18n.Fold(o.Name)}, []string{i18n.Fold(o.SSYKName)}
	for _, lang := range []string{"sv", "en", "ar"} {
		said := o.said(lang).Names
		for _, n := range slices.Concat(o.Own[lang].Names, said) {
			own = append(own, i18n.Fold(n))
		}
		if len(said) == 0 {
			for _, n := range o.group(lang).Names {
				group = append(group, i18n.Fold(n))
			}
		}
	}
	return own, group
}

// idle are words that say nothing of which occupation is meant.
var idle = strings.Fields(i18n.Fold(`jag vill kan vara bli jobba jobb arbeta arbete med som och att i på en ett det yrke gillar tycker om
 i want to be would like work job with as a an the and in my أريد أن أعمل في مع عمل`))

// Find gives the occupations that somebody may mean by the words, the closest first. All words must be met, if any occupation meets all;
// else those that meet most, and then whole is false. Words that say nothing find nothing.
func Find(list []Listed, words string) (found []Listed, whole bool) {
	asked := slices.DeleteFunc(strings.Fields(i18n.Fold(words)), func(w string) bool { return slices.Contains(idle, w) })
	type hit struct {
		o      Listed
		met, n int
	}
	var hits []hit
	most := 0
	for _, o := range list {
		h := hit{o: o}
		for _, w := range asked {
			if n := o.meets(w); n > 0 {
				h.met, h.n = h.met+1, h.n+n
			}
		}
		if h.met > 0 {
			hits = append(hits, h)
			most = max(most, h.met)
		}
	}
	hits = slices.DeleteFunc(hits, func(h hit) bool { return h.met < most })
	slices.SortStableFunc(hits, func(a, b hit) int { return b.n - a.n })
	for _, h := range hits {
		found = append(found, h.o)
	}
	return found, most == len(asked)
}

// meets tells how well a word meets the occupation: 3 for a word of what it is called, 2 for the beginning of one or one of which it is
// the beginning, 1 for a part of a compound or a word of its group alone, 0 not at all.
func (o Listed) meets(asked string) int {
	own, group := o.sayings()
	return max(among(own, asked), min(among(group, asked), 1))
}

func among(sayings []string, asked string) (best int) {
	for _, s := range sayings {
		for w := range strings.FieldsSeq(s) {
			switch {
			case w == asked:
				return 3
			case alike(w, asked):
				best = max(best, 2)
			case len([]rune(asked)) >= 4 && strings.Contains(w, asked):
				best = max(best, 1)
			}
		}
	}
	return best
}

// alike tells whether two words differ by a short ending alone: laga and lagar, kock and kockar, gryta and grytor.
func alike(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	same := 0
	for same < len(x) && x[same] == y[same] {
		same++
	}
	whole := same == len(x) && same >= 3
	return (whole || same >= 4 && len(x)-same == 1) && len(y)-same <= 3
}
