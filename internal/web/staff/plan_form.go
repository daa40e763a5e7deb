package staff

import (
	"sluss/internal/i18n"
	"sluss/internal/person"
	"sluss/internal/web/ui"
)

// say gives a text about a goal, said to the person at the table and about them at the desk.
func (p goalPage) say(key string) string {
	if p.Joint {
		return p.L.T(key + ".joint")
	}
	return p.L.T(key, p.Given)
}

func langOptions(l *i18n.Lang) []ui.Option {
	list := make([]ui.Option, len(person.Written))
	for i, tag := range person.Written {
		list[i] = ui.Option{Value: tag, Text: l.T("person.lang." + tag)}
	}
	return list
}

// written leaves out what nothing stands at.
func written(facts []ui.Fact) []ui.Fact {
	var list []ui.Fact
	for _, f := range facts {
		if f.Text != "" {
			list = append(list, f)
		}
	}
	return list
}
