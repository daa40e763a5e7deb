package hours

import "sluss/internal/requirement"

// rules are those that hold on the days of a page with hours. They know nothing of the hours.
type rules struct {
	ID   string // of their heading
	List []requirement.Rule
}

// rules are those that hold on some of the days of a statement.
func (v View) rules() rules {
	return rules{v.id("h-rules"), requirement.On(v.From, v.To)}
}
