package flow

import "sluss/internal/few"

// What is counted by sex and by age group, in the order of the table.
const (
	ByArrived = "arrived" // since Since
	ByBegan   = "began"
	ByLine    = "line"   // wait for their individual start today
	ByInside  = "inside" // participants today
	ByWork    = Work     // left since Since
	ByStudies = Studies
	ByOther   = Other
	ByBack    = "back"
)

var groupRows = []string{ByArrived, ByBegan, ByLine, ByInside, ByWork, ByStudies, ByOther, ByBack}

// Group is one row of numbers by sex and by age group, with what must be hidden hidden.
type Group struct {
	What string
	Sex  Row // parts: women, men, not known
	Age  Row // parts: to 24, 25–39, 40–54, from 55, not known
}

// WaitOf is how long a group waits; Few when it is too small to say.
type WaitOf struct {
	Half Quantile
	Few  bool
}

var sexParts = [sexes]int{2, 0, 1} // where each sex stands among the parts
var ageParts = [ageGroups]int{4, 0, 1, 2, 3}

// sums is the parts of one row for one unit.
type sums struct{ sex, age []int }

func (s span) byGroup() map[string]sums {
	all := map[string]sums{}
	for _, what := range groupRows {
		all[what] = sums{make([]int, sexes), make([]int, ageGroups)}
	}
	for c, n := range s.groups {
		if r, ok := all[rowFor(c)]; ok {
			r.sex[sexParts[c.Sex]] += n
			r.age[ageParts[c.Age]] += n
		}
	}
	return all
}

// rowFor names the row that a cell counts in, or nothing.
func rowFor(c cell) string {
	switch {
	case c.Kind == stock && Stock(c.Code).InLine():
		return ByLine
	case c.Kind == stock:
		return ByInside
	case c.Kind == arrived:
		return ByArrived
	case c.Kind == began:
		return ByBegan
	case c.Kind == cameBack:
		return ByBack
	case c.Kind == left:
		return WayOut(c.Code)
	}
	return ""
}

// grouped hides what must be hidden, over all units together.
func grouped(units []map[string]sums) []Group {
	var list []Group
	for _, what := range groupRows {
		var sex, age [][]int
		for _, u := range units {
			sex, age = append(sex, u[what].sex), append(age, u[what].age)
		}
		list = append(list, Group{what, rowOf(sex), rowOf(age)})
	}
	return list
}

// fewWaits is how many must have begun in a group for its wait to be told.
const fewWaits = 2 * few.Fewest

// waitOf tells how long a group waits, unless it is small.
func waitOf(spells []Spell) WaitOf {
	begun := 0
	for _, s := range spells {
		if s.Begun {
			begun += s.N
		}
	}
	if begun < fewWaits {
		return WaitOf{Few: true}
	}
	return WaitOf{Half: Wait(spells).Half}
}
