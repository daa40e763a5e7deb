// Package requirement is what is known of the activity requirement that those who decide on support hold to: dated sentences with where they are
// taken from, for people to read beside their hours. None has been held against the law as it was enacted. A rule is words alone, with no
// number in it, so that nothing can be held against hours: whoever decides does that, in another system.
package requirement

import "sluss/internal/clock"

// Source is where a rule is taken from; its name is the text requirement.source.*.
type Source string

// The sources: the bill as it went to the Council on Legislation, which came before the law, and the law as others tell of it.
const (
	Draft Source = "draft"
	Told  Source = "told"
)

// Rule is one rule; what it says is the text requirement.rule.*.
type Rule struct {
	Code   string
	From   clock.Date // the first day it holds
	To     clock.Date // the first day it holds no more, "" for no end that is known
	Source Source
}

// Rules are all that are known. One that is changed ends, and another begins.
var Rules = []Rule{
	{"who", "2026-07-01", "", Draft},
	{"not", "2026-07-01", "", Draft},
	{"municipality", "2026-07-01", "", Draft},
	{"kinds", "2026-07-01", "", Told},
	{"extent", "2026-07-01", "", Told},
	{"month", "2026-07-01", "", Told},
	{"reason", "2026-07-01", "", Draft},
	{"first", "2026-10-01", "", Draft},
}

// On gives the rules that hold on some of the days from a first to a last.
func On(first, last clock.Date) (list []Rule) {
	for _, r := range Rules {
		if r.From <= last && (r.To == "" || r.To > first) {
			list = append(list, r)
		}
	}
	return list
}
