package access_test

import (
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"sluss/internal/access"
)

func TestTheRuleIsMadeOfItsClauses(t *testing.T) {
	alone, halved := "p.area_id = $1", ""
	for _, c := range access.Clauses() {
		if c.Verdict == access.Halved {
			halved = c.SQL
		} else if c.Prohibits() {
			alone += " AND NOT " + c.SQL
		}
	}
	ground := "CASE"
	for _, c := range access.Clauses() {
		if !c.Prohibits() {
			ground += fmt.Sprintf(" WHEN %s = 1 THEN %d", c.SQL, c.Verdict)
		}
	}
	ground += " ELSE 0 END"
	alone += " AND " + ground + " > 0"
	if access.Visible != alone+" AND NOT "+halved {
		t.Error("the rule is not what its clauses say")
	}
	if !strings.HasSuffix(access.Columns, ground) {
		t.Error("the ground that is told is not what the clauses say")
	}
}

// comparison is a condition of the rule, with one side a column.
var comparison = regexp.MustCompile(`\(?\b[a-z]\.[a-z_]+(?: & \$5\))? (<=|>=|<>|=|<|>) (?:\$\d|\d|[a-z]\.[a-z_]+|\{\w+\}|\$5)|\$6 (=) 1|\$6 = 2|\$5 = 4|\{desk\} IS NOT NULL`)

// spared are the changes that change nothing, each with why.
var spared = map[string]string{
	"{f5} p.number_index IS NOT NULL": "it only spares the database the question, since nothing equals NULL",
	"{f7} p.merged <> 0":              "it only spares the database the question: who has no other record has no row",
	"{zoneOf} r.action = $6":          "reading is asked of it, which whoever may do anything with a category may, and writing in the plan, which whoever may read it may",
}

// spoil gives every change of a part of the rule: each condition dropped, each limit moved by one.
func spoil(name, part string) map[string]string {
	list := map[string]string{}
	add := func(from, to int, what string) {
		list[fmt.Sprintf("{%s} %s, at %d, becomes %s", name, part[from:to], from, what)] = part[:from] + what + part[to:]
	}
	for _, m := range comparison.FindAllStringIndex(part, -1) {
		if part[m[0]] == '(' && !strings.Contains(part[m[0]:m[1]], ")") { // the bracket before it is not its own
			m[0]++
		}
		text := part[m[0]:m[1]]
		if spared["{"+name+"} "+text] != "" {
			continue
		}
		add(m[0], m[1], "1 = 1")
		for _, swap := range [][2]string{{" <= ", " < "}, {" > $", " >= $"}, {" = 3", " = 2"}, {"$6 = 1", "$6 < 3"}, {" & $5) = $5", " & $5) <> 0"}} {
			if strings.Contains(text, swap[0]) {
				add(m[0], m[1], strings.Replace(text, swap[0], swap[1], 1))
			}
		}
		if strings.HasSuffix(text, "_at > $3") {
			add(m[0], m[1], text+" + 1")
		}
	}
	return list
}

// parts gives the rule's parts by name, each with the others in it named in braces.
func parts() map[string]string {
	named := map[string]string{}
	for name, text := range access.Shared {
		named[name] = text
	}
	for _, c := range access.Clauses() {
		named[c.Code] = c.SQL
	}
	for name, text := range named {
		text = strings.ReplaceAll(text, access.Alone, "{alone}")
		for shared, inner := range access.Shared {
			if shared != name {
				text = strings.ReplaceAll(text, inner, "{"+shared+"}")
			}
		}
		named[name] = text
	}
	return named
}

// whole puts the named parts back into a text.
func whole(text string) string {
	text = strings.ReplaceAll(text, "{alone}", access.Alone)
	for name, part := range access.Shared {
		text = strings.ReplaceAll(text, "{"+name+"}", part)
	}
	return text
}

// TestEverySpoiltRuleIsFound tries every change; in short form one in five, others each time.
func TestEverySpoiltRuleIsFound(t *testing.T) {
	db := open(t, "sqlite")
	w := makeWorld(false)
	w.load(t, db)
	questions := mixed(w.questions())
	var killers []killer
	n := 0
	try := func(what, part, spoilt string) {
		if n++; testing.Short() && n%5 != 0 {
			return
		}
		text := strings.ReplaceAll(listText, whole(part), whole(spoilt))
		if text == listText {
			t.Errorf("%s is not in the rule", what)
		} else if !found(w, db, text, questions, &killers) {
			t.Errorf("nobody notices that %s", what)
		}
	}
	for name, part := range parts() {
		for what, spoilt := range spoil(name, part) {
			try(what, part, spoilt)
		}
	}
	for _, c := range access.Clauses() {
		gone := "(SELECT 0)"
		if c.Prohibits() {
			gone = "(1 = 0)"
		}
		try(c.Code+" is dropped", c.SQL, gone)
	}
	if n < 190 {
		t.Errorf("only %d spoilt rules tried", n)
	}
}

// killer is a question about one person that has shown that a rule was spoilt.
type killer struct {
	question
	who human
}

// found tells whether any question shows that the text is spoilt. What has shown it of another is asked first, the latest
// before the others, and of the one person alone.
func found(w *world, db *sql.DB, text string, questions []question, killers *[]killer) bool {
	check, err := db.Prepare(text + " AND p.person_id = $7")
	if err != nil {
		return true
	}
	defer check.Close()
	for i := len(*killers) - 1; i >= 0; i-- {
		k := (*killers)[i]
		rows, err := check.Query(append(w.args(k.question), k.who.id)...)
		if err != nil {
			return true
		}
		if m, err := grounds(rows); err != nil || m[k.who.id] != w.ground(k.post, k.who, k.c, k.action) {
			return true
		}
	}
	list, err := db.Prepare(text)
	if err != nil {
		return true
	}
	defer list.Close()
	for _, q := range questions {
		if h, what := w.differs(list, q); what != "" {
			*killers = append(*killers, killer{q, h})
			return true
		}
	}
	return false
}

// mixed puts questions of all kinds early, by a stride that shares no factor with their number.
func mixed(list []question) []question {
	stride := 89
	for len(list)%stride == 0 {
		stride += 2
	}
	kept := make([]question, len(list))
	for i := range list {
		kept[i] = list[i*stride%len(list)]
	}
	return kept
}
