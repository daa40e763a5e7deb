package plan

import (
	"slices"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/vault"
)

// Goal is what the person wants, in their own words and language.
type Goal struct {
	ID          GoalID
	Words       string
	Lang        string // of the words, one of Languages
	Translation string // to Swedish, when the words are in another language
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

// Languages are those that a goal may be written in; their names are texts plan.lang.*. The last is any other.
var Languages = []string{"sv", "ar", "en", "so", "fa", "ti", "uk", "fi", "other"}

// FromRight tells whether a language runs from the right.
func FromRight(lang string) bool { return lang == "ar" || lang == "fa" }

// Swedish is the goal as a Swedish reader sees it: the words, or their translation; "" when there is none yet.
func (g Goal) Swedish() string {
	if g.Lang == "sv" {
		return g.Words
	}
	return g.Translation
}

// GoalForm is what is written about a goal.
type GoalForm struct {
	Words, Lang, Translation, Translator string
	Paper                                bool
}

func (f *GoalForm) check() error {
	f.Words, f.Translation, f.Translator = strings.TrimSpace(f.Words), strings.TrimSpace(f.Translation), strings.TrimSpace(f.Translator)
	var form fault.Form
	if f.Words == "" {
		form.Add("words", "plan.goal.words.needed")
	}
	if !slices.Contains(Languages, f.Lang) {
		form.Add("lang", "plan.goal.lang.needed")
	}
	if f.Lang == "sv" {
		f.Translation, f.Translator = "", ""
	}
	if f.Translation != "" && f.Translator == "" {
		form.Add("translator", "plan.goal.translator.needed")
	}
	return form.Err()
}

// Former is how a goal was worded before it was changed.
type Former struct {
	Words, Lang, Translation string
	SaidOn, YesOn, ChangedOn clock.Date
}

func goalPlace(g GoalID) vault.Place {
	return vault.Place{Table: "plan_goal", Column: "sealed", Row: int64(g)}
}
