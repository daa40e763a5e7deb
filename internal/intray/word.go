package intray

import (
	"strings"
	"sync"

	"sluss/internal/i18n"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/sheet"
)

var kindWords = map[referral.Kind][]string{
	referral.Remiss:   {"remiss", "remitterad", "remitterats", "referral", "referred", "r"},
	referral.Anvisad:  {"anvisning", "anvisad", "anvisat", "anv", "instructed", "assigned", "required", "mandatory", "instruction"},
	referral.Own:      {"egen anmälan", "egen", "egenanmälan", "själv", "egen ansökan", "self-referral", "self", "own", "self referred"},
	referral.Outreach: {"uppsökt", "uppsökande", "uppsök", "uppsökande verksamhet", "outreach"},
}

var reasonWords = map[string][]string{
	"work":     {"arbete", "jobb", "arbetslöshet", "arbetslös", "söka arbete", "work", "job", "unemployment"},
	"studies":  {"studier", "utbildning", "plugga", "skola", "studies", "study", "education", "school"},
	"health":   {"hälsa", "ohälsa", "sjukdom", "sjukskrivning", "sjukskriven", "psykisk ohälsa", "health", "illness"},
	"language": {"språk", "svenska", "lära sig svenska", "language", "swedish"},
	"routine":  {"rutiner", "vardag", "vardagsrutiner", "struktur", "sysselsättning", "routine", "routines", "structure"},
	"unknown":  {"okänt", "okänd", "oklart", "vet inte", "vet ej", "ej angivet", "unknown", "not known"},
}

var languageWords = map[string][]string{
	"sv": {"svenska", "swedish", "swe"}, "ar": {"arabiska", "arabic"}, "en": {"engelska", "english"}, "fa": {"persiska", "farsi", "persian"},
	"prs": {"dari"}, "so": {"somaliska", "somali"}, "ti": {"tigrinja", "tigrinska", "tigrinya"}, "uk": {"ukrainska", "ukrainian"},
	"ru": {"ryska", "russian"}, "pl": {"polska", "polish"}, "tr": {"turkiska", "turkish"}, "ku": {"kurdiska", "kurmanji", "nordkurdiska", "kurdish"},
	"ckb": {"sorani", "sydkurdiska", "centralkurdiska"}, "ps": {"pashto", "pashtu"}, "th": {"thailändska", "thai"}, "es": {"spanska", "spanish"},
	"fr": {"franska", "french"}, "fi": {"finska", "finnish"}, "bs": {"bosniska", "bosnian", "bks", "serbokroatiska", "kroatiska", "serbiska"},
	"sq": {"albanska", "albanian"}, "am": {"amhariska", "amharic"}, "sgn": {"teckenspråk", "svenskt teckenspråk", "sign language"},
}

var sexWords = map[person.Sex][]string{
	person.Woman: {"kvinna", "k", "kv", "woman", "female", "f", "w"},
	person.Man:   {"man", "m", "male"},
}

var boolWords = map[bool][]string{
	true:  {"ja", "j", "x", "yes", "y", "1", "true", "sant", "✓"},
	false: {"nej", "n", "no", "0", "false", "falskt", "-", "inte", "ingen"},
}

// words are the closed lists by folded word, with the product's own texts in every language beside those above.
type words struct {
	kinds     map[string]referral.Kind
	reasons   map[string]string
	languages map[string]string
	sexes     map[string]person.Sex
	bools     map[string]bool
}

var vocabulary = sync.OnceValue(func() words {
	return words{turned(kindWords, "referral.kind."), turned(reasonWords, "referral.reason."), turned(languageWords, "person.lang."),
		turned(sexWords, ""), turned(boolWords, "")}
})

// turned gives the code of each word, of the code itself, and of the code's text in every language.
func turned[K comparable](lists map[K][]string, prefix string) map[string]K {
	m := map[string]K{}
	for code, list := range lists {
		for _, w := range list {
			m[fold(w)] = code
		}
		s, ok := any(code).(string)
		if k, is := any(code).(referral.Kind); is {
			s, ok = string(k), true
		}
		if !ok {
			continue
		}
		m[fold(s)] = code
		for _, l := range i18n.All() {
			if prefix != "" && l.Has(prefix+s) {
				m[fold(l.T(prefix+s))] = code
			}
		}
	}
	return m
}

// fold writes a word in one way; one of signs only stays as it is.
func fold(s string) string {
	if f := sheet.Fold(s); f != "" {
		return f
	}
	return strings.TrimSpace(s)
}
