package archtest

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// owners tells who writes each table. A table has one owner; where two packages write one, the reason stands here.
var owners = map[string][]string{
	"area": {"org"}, "area_key": {"vault"}, "agency": {"org"}, "zone": {"org"}, "unit": {"org"}, "worker": {"org"}, "post": {"org"}, "room": {"org"},
	"closed": {"org"}, "setting": {"org"}, "population": {"org"}, "unit_text": {"org"},
	"role_right": {"access"}, "tie": {"access"}, "assignment": {"access"}, "cover": {"access"}, "clearance": {"access"}, "access_epoch": {"access"},
	"consent": {"access"}, "legal_ground": {"access"}, "barred": {"access"}, "conflict": {"access"}, "glass": {"access"}, "consent_asked": {"consent"},
	"person":  {"person", "vault"}, // the rotation of keys wraps them anew; a renewal writes what is sealed, in all the tables of internal/vault/contents.go
	"weeding": {"retention"}, "weeding_round": {"retention"},
	"merged": {"person"}, "representative": {"person"}, "protection": {"person"},
	"disclosure": {"audit"}, "disclosure_person": {"audit"}, "disclosure_tree": {"audit"}, "disclosure_hash": {"audit"},
	"disclosure_checkpoint": {"audit"}, "witness": {"audit"},
	"session": {"signin"}, "typed": {"signin", "vault"}, "invite": {"signin"}, "passkey": {"signin"}, "sign_in_letter": {"signin"}, "own_passkey": {"signin"}, "sign_in_wrong": {"signin"}, "agency_account": {"signin"},
	"trusted_link": {"trusted", "signin"}, "trusted_opening": {"trusted"}, // what lets a person in and what they show end together
	"feed": {"signin"}, "agency_system": {"signin"}, "system_pass": {"signin"},
	// access marks a form as saved in the change's own transaction; signin writes where its answer led.
	"submission":   {"access", "signin"},
	"thread_event": {"thread"}, "thread_stale": {"thread"},
	"job":      {"job"},
	"referral": {"referral"}, "start": {"intake"}, "called": {"intake"}, "enrolment": {"intake"},
	"plan": {"plan"}, "plan_goal": {"plan"}, "plan_goal_word": {"plan"}, "plan_task": {"plan"}, "plan_measure": {"plan"}, "plan_step": {"plan"},
	"plan_agreed": {"plan"}, "plan_inventory": {"plan"}, "plan_coordinated": {"plan"},
	"exit": {"outcome"}, "followup": {"outcome"}, "pause": {"outcome"},
	"forecast_scenario": {"forecast"}, "forecast_shown": {"forecast"},
	"flow_state": {"flow"}, "flow_day": {"flow"}, "flow_sum": {"flow"},
	"intray": {"intray", "vault"}, "intray_row": {"intray"}, "intray_count": {"intray"}, "intray_columns": {"intray"}, "intray_mark": {"intray"},
	"note": {"contact"}, "comment": {"comment"}, "coach_wish": {"newcoach"}, "appointment": {"contact"},
	"document": {"document"}, "document_piece": {"document"},
	"method": {"competence"}, "competence": {"competence"}, "training": {"competence"}, "activity": {"activity"}, "activity_decision": {"activity"},
	"run": {"schedule"}, "turn": {"schedule"}, "turn_pattern": {"schedule"}, "occasion": {"schedule"}, "occasion_change": {"schedule"}, "occasion_notice": {"schedule"},
	"work_hours": {"schedule"},
	"reminder":   {"remind"}, "reminder_choice": {"remind"},
	"place": {"place"}, "place_extent": {"place"},
	"workplace": {"workplace", "vault"}, "placement": {"placement"}, "placement_talk": {"placement"},
	"attendance": {"attendance"}, "attendance_word": {"attendance"}, "attendance_list": {"attendance"}, "away": {"away"},
	"statement":   {"statement"},
	"name_hidden": {"org"}, "reading_delay": {"reading"}, "reading_question": {"reading"}, "review": {"access"},
	"log_round": {"logcheck"}, "log_reading": {"logcheck"},
	"my_place": {"myplace"}, "adaptation": {"myplace"},
	"enquiry":  {"enquiry"},
	"proposal": {"proposal"}, "demand": {"demand"},
	"site_text": {"site"}, "visit": {"site"}, "application": {"application", "vault"}, "application_sent": {"application"}, "opinion": {"opinion", "vault"},
	"sarah_report": {"sarah", "vault"}, "sarah_step": {"sarah"},
	"project": {"project"}, "project_activity": {"project"}, "project_keep": {"project"}, "project_time": {"project"}, "project_decision": {"project"},
	"practice_version": {"practice"}, "practice_seen": {"practice"},
	"occupation": {"course"}, "occupation_forecast": {"course"}, "occupation_edition": {"course"}, "occupation_words": {"course"},
	"course": {"course"}, "course_way": {"course"}, "course_interest": {"course"}, "outreach": {"course"}, "story": {"story"}, "story_shown": {"story"},
	"evaluation": {"evaluation"}, "evaluation_said": {"evaluation", "vault"},
}

// reference are the tables without an area: the areas themselves and code lists.
var reference = []string{"area", "role_right", "occupation", "occupation_forecast", "occupation_edition", "goose_db_version", "sqlite_master", "sqlite_schema"}

// statement is the constant text given to store.Q, with the constants of the project put in as {name}.
type statement struct {
	text string
	pkg  string
	at   string
}

// statements gives every text that the program makes a statement of.
func statements(h *house) []statement {
	var list []statement
	for _, f := range h.server() {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok || len(c.Args) != 1 {
				return true
			}
			s, ok := c.Fun.(*ast.SelectorExpr)
			if ok && s.Sel.Name == "Q" {
				list = append(list, statement{textOf(c.Args[0]), strings.TrimPrefix(f.pkg, "internal/"), h.at(n)})
			}
			return true
		})
	}
	return list
}

func textOf(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			s, _ := strconv.Unquote(x.Value)
			return s
		}
	case *ast.BinaryExpr:
		return textOf(x.X) + textOf(x.Y)
	case *ast.ParenExpr:
		return textOf(x.X)
	case *ast.SelectorExpr:
		return " {" + x.Sel.Name + "} "
	case *ast.Ident:
		return " {" + x.Name + "} "
	}
	return ""
}

var writes = regexp.MustCompile(`(?i)\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+([a-z_]+)`)

func TestEveryTableHasOneWriter(t *testing.T) {
	h := read(t)
	seen := 0
	for _, s := range statements(h) {
		text := strings.ReplaceAll(s.text, "DO UPDATE SET", "DO")
		for _, m := range writes.FindAllStringSubmatch(text, -1) {
			seen++
			own, ok := owners[m[1]]
			if !ok {
				t.Errorf("%s: the table %s has no owner; write it into the list", s.at, m[1])
			} else if !slices.Contains(own, s.pkg) {
				t.Errorf("%s: %s writes %s, which belongs to %v", s.at, s.pkg, m[1], own)
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d writes found", seen)
	}
}

func TestEveryTableOfTheSchemaHasAnOwner(t *testing.T) {
	h := read(t)
	made := regexp.MustCompile(`CREATE TABLE (?:IF NOT EXISTS )?([a-z_]+)`)
	paths, err := filepath.Glob(filepath.Join(h.root, "internal/store/migrations/*.sql"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no migrations found ", err)
	}
	tables := map[string]bool{}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range made.FindAllStringSubmatch(string(b), -1) {
			tables[m[1]] = true
			if owners[m[1]] == nil {
				t.Errorf("%s: %s has no owner", filepath.Base(p), m[1])
			}
		}
	}
	for name := range owners {
		if !tables[name] {
			t.Errorf("%s has an owner, but there is no such table", name)
		}
	}
}

var table = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|UPDATE|INTO)\s+([a-z_]+)`)

func TestEveryStatementNamesItsArea(t *testing.T) {
	h := read(t)
	n := 0
	for _, s := range statements(h) {
		if in(s.pkg, "store") { // the store's own: pragmas, notifications, the schema's version
			continue
		}
		whole := regexp.MustCompile(`(?i)^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b`).MatchString(s.text)
		if !whole {
			continue
		}
		n++
		areal := false
		for _, m := range table.FindAllStringSubmatch(strings.ReplaceAll(s.text, "DO UPDATE SET", "DO"), -1) {
			areal = areal || owners[m[1]] != nil && !slices.Contains(reference, m[1])
		}
		if areal && !strings.Contains(s.text, "area_id") && !strings.Contains(s.text, "{Visible}") {
			t.Errorf("%s: the statement names no area_id:\n%s", s.at, s.text)
		}
	}
	if n < 100 {
		t.Errorf("only %d statements found", n)
	}
}

func TestJoinsNameTheArea(t *testing.T) {
	h := read(t)
	join := regexp.MustCompile(`(?is)\bJOIN\s+([a-z_]+)(?:\s+(?:AS\s+)?[a-z]+)?\s+ON\s+(.*?)(?:\bJOIN\b|\bLEFT\b|\bWHERE\b|\bGROUP\b|\bORDER\b|$)`)
	for _, s := range statements(h) {
		for _, m := range join.FindAllStringSubmatch(s.text, -1) {
			if owners[m[1]] != nil && !slices.Contains(reference, m[1]) && !strings.Contains(m[2], "area_id") {
				t.Errorf("%s: %s is joined without its area", s.at, m[1])
			}
		}
	}
}

// TestPagesWriteNoSQL: pages open a read of the unit's own facts (names, rooms, settings) and give the transaction to the
// noun's function; what they may not do is to write a statement, run one, or begin a change. See docs/decisions.
func TestPagesWriteNoSQL(t *testing.T) {
	h := read(t)
	for _, f := range h.server() {
		if !in(f.pkg, "internal/web") {
			continue
		}
		for p, n := range f.imports() {
			if p == "database/sql" || p == "sluss/internal/store" && f.pkg == "internal/web" {
				t.Errorf("%s imports %s", h.at(n), p)
			}
		}
		if f.imports()["sluss/internal/store"] == nil {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if ok && slices.Contains([]string{"Q", "Exec", "Query", "One", "Join", "All"}, s.Sel.Name) && named(s.X, "store", "tx") {
				t.Errorf("%s: a page runs SQL", h.at(n))
			}
			if ok && s.Sel.Name == "Write" && endsIn(s.X, "Store") {
				t.Errorf("%s: a page begins a change", h.at(n))
			}
			return true
		})
	}
}

func named(e ast.Expr, names ...string) bool {
	i, ok := e.(*ast.Ident)
	return ok && slices.Contains(names, i.Name)
}

func endsIn(e ast.Expr, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && s.Sel.Name == name
}
