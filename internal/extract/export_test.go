package extract

import "sluss/internal/store"

// Decided tells of every column of a table what was decided: "shown", or the ground.
func Decided() map[string]map[string]Ground {
	m := map[string]map[string]Ground{}
	for _, t := range tables {
		columns := map[string]Ground{}
		for c, g := range t.hidden {
			columns[c] = g
		}
		for _, c := range t.shown {
			if !c.joined && c.name != "person_id" {
				columns[c.name] = "shown"
			}
		}
		m[t.name] = columns
	}
	return m
}

// EachStatement gives each table's statement with the columns it is to give.
func EachStatement(f func(name string, q store.SQL, columns []string) error) error {
	for _, t := range tables {
		var columns []string
		for _, c := range t.shown {
			columns = append(columns, c.name)
		}
		if err := f(t.name, t.query, columns); err != nil {
			return err
		}
	}
	return nil
}

// Texts are the keys of what an extract may say.
func Texts() (keys []string) {
	for _, t := range tables {
		keys = append(keys, "extract.part."+t.part)
		for _, c := range t.shown {
			if c.label != "" {
				keys = append(keys, label+c.label)
			}
			for _, f := range c.fields {
				if c.kind == sealed && f != "" && f[0] != '-' {
					keys = append(keys, label+f)
				}
				if f != "" && f[0] == '-' {
					keys = append(keys, "extract.why."+f[1:])
				}
			}
		}
	}
	return keys
}
