package staff

import (
	"strings"
	"testing"

	"sluss/internal/contact"
	"sluss/internal/i18n"
	"sluss/internal/outcome"
	"sluss/internal/thread"
)

func TestEveryEventIsASentenceInEveryLanguage(t *testing.T) {
	codes := map[thread.Kind][]string{
		thread.Referred: {"remiss", "anvisning+return", "egen+reopened", "uppsokt"}, thread.Answered: {"yes", "no", "other"},
		thread.Booked: {"group", "alone"}, thread.StepMoved: {"2"}, thread.TaskMoved: {"staff", "together", "self"}, thread.Met: {"here", "phone"},
	}
	for _, r := range outcome.Reasons {
		codes[thread.Left] = append(codes[thread.Left], string(r), string(r)+":moved")
	}
	codes[thread.Confirmed] = outcome.Confirms
	for _, a := range outcome.Goes {
		codes[thread.FollowedUp] = append(codes[thread.FollowedUp], "6:"+a)
	}
	for _, l := range i18n.All() {
		for _, k := range thread.Kinds {
			for _, code := range append(codes[k], "") {
				if k == thread.FollowedUp && code == "" {
					continue
				}
				s := told(l, thread.Event{Kind: k, Code: code})
				if s == "" || strings.ContainsAny(s, "⟦{}") || !l.Has("thread.kind."+string(k)) {
					t.Errorf("%s: %s %q: %q", l.Tag, k, code, s)
				}
			}
		}
	}
}

func TestAnEventIsToldPlainly(t *testing.T) {
	l := i18n.Get("sv")
	for want, e := range map[string]thread.Event{
		"Kom i kön genom remiss. Har varit här förut": {Kind: thread.Referred, Code: "remiss+return"},
		"Uppföljning efter 6 månader: söker arbete":   {Kind: thread.FollowedUp, Code: "6:search"},
		"Slutade av annat skäl":                       {Kind: thread.Left, Code: "other:moved"},
		"Gick till steg 2":                            {Kind: thread.StepMoved, Code: "2"},
		"Träffades":                                   {Kind: thread.Met, Code: "here"},
	} {
		if got := told(l, e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestClosedListsHaveNames holds that every choice of these pages has a name in every language.
func TestClosedListsHaveNames(t *testing.T) {
	for _, l := range i18n.All() {
		check := func(prefix string, values []string) {
			for _, v := range values {
				if !l.Has(prefix + v) {
					t.Errorf("%s: no %s%s", l.Tag, prefix, v)
				}
			}
		}
		for _, r := range outcome.Reasons {
			check("outcome.reason.", []string{string(r), string(r) + ".good"})
			check("outcome.kind.", r.Kinds())
		}
		check("outcome.subsidy.", outcome.Subsidies)
		check("outcome.sector.", outcome.Sectors)
		check("outcome.income.", outcome.Incomes)
		check("outcome.noview.", outcome.NoViews)
		check("outcome.pause.", outcome.PauseReasons)
		check("outcome.confirm.", outcome.Confirms)
		check("outcome.goes.", outcome.Goes)
		check("contact.kind.", contact.Kinds)
		check("contact.how.", contact.Hows)
	}
}
