package demand

import (
	"slices"

	"sluss/internal/clock"
	"sluss/internal/org"
)

// Law is one by which something can be required. Its name is the text demand.law.*, what it says demand.means.*, and how one appeals
// demand.appeal.*.
type Law struct {
	Code  string
	Kinds []string   // of agencies that require something by it, besides those that are not in the area; none is every
	From  clock.Date // the first day something can be required by it, "" for long ago
}

// Other is the law that is told in words.
const Other = "other"

// Laws are the closed list.
var Laws = []Law{
	{"sol_12_3", []string{org.KindMunicipality}, ""},
	{"sol_12_4", []string{org.KindMunicipality}, ""},
	{"sol_activity", []string{org.KindMunicipality}, "2026-07-01"},
	{"unemployment", []string{org.KindEmployment, org.KindOther}, ""},
	{"support", []string{org.KindEmployment}, ""},
	{"sfb", []string{org.KindInsurance}, ""},
	{Other, nil, ""},
}

func lawOf(code string) (Law, bool) {
	i := slices.IndexFunc(Laws, func(l Law) bool { return l.Code == code })
	if i < 0 {
		return Law{}, false
	}
	return Laws[i], true
}

// by tells whether an agency of a kind requires things by the law; "" is one that is not in the area.
func (l Law) by(kind string) bool {
	return kind == "" || l.Kinds == nil || slices.Contains(l.Kinds, kind)
}
