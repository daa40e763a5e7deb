package plan

import (
	"slices"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/person"
	"sluss/internal/vault"
)

// Goal is what the person wants, in their own words and language.
type Goal struct {
	ID          GoalID
	Words       string
	Lang        string // of the words, one of person.Written
	Translation string // to Swedish, when the words are in another language; to the person's, when they are in Swedish
	To          string // the language of the translation, "" without one
	Translator  string // who translated
	SaidOn      clock.Date
	YesOn       clock.Date // the person's yes to these very words, "" without
	YesHow      How
	Paper       bool       // typed in from a paper
	UnclearOn   clock.Date // since when the person does not see the thread, "" when they do
	State       Life
	StateOn     clock.Date
	Place       int // order among the goals
	Version     int
	wordsNo     int // counts how often the words have changed
}

// In is the goal as it has been said in a language: the words, or their translation; "" when there is none yet.
func (g Goal) In(lang string) string {
	switch lang {
	case g.Lang:
		return g.Words
	case g.To:
		return g.Translation
	default:
		return ""
	}
}

// Swedish is the goal as a Swedish reader sees it.
func (g Goal) Swedish() string { return g.In("sv") }

// GoalForm is what is written about a goal.
type GoalForm struct {
	Words, Lang, Translation, Translator string
	To                                   string // the language of the translation of words in Swedish; that of other words is to Swedish
	Paper                                bool
}

func (f *GoalForm) check() error {
	f.Words, f.Translation, f.Translator = strings.TrimSpace(f.Words), strings.TrimSpace(f.Translation), strings.TrimSpace(f.Translator)
	var form fault.Form
	if f.Words == "" {
		form.Add("words", "plan.goal.words.needed")
	}
	if !slices.Contains(person.Written, f.Lang) {
		form.Add("lang", "plan.goal.lang.needed")
	}
	if f.Lang != "sv" {
		f.To = "sv"
	}
	if f.Translation == "" || f.To == "" || f.To == f.Lang {
		f.Translation, f.To = "", ""
	}
	if f.Translation == "" {
		f.Translator = ""
	}
	if f.Translation != "" && f.Translator == "" {
		form.Add("translator", "plan.goal.translator.needed")
	}
	return form.Err()
}

// Former is how a goal was worded before it was changed.
type Former struct {
	Words, Lang, Translation, To string
	SaidOn, YesOn, ChangedOn     clock.Date
}

func goalPlace(g GoalID) vault.Place {
	return vault.Place{Table: "plan_goal", Column: "sealed", Row: int64(g)}
}
