package archtest

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sluss/internal/i18n"
)

// dynamic are the beginnings of keys whose end is a code that is known only when the program runs. What may follow is a
// closed list in the code; a beginning that nothing in the code has is an error.
var dynamic = []string{
	"attendance.mark.", "attendance.own.mark.", "away.kind.", "away.move.", "away.today.", "requirement.rule.", "requirement.source.", "statement.form.", "statement.shown.", "application.kind.", "application.state.", "public.", "public.in.", "public.room.", "public.questions.", "site.field.", "site.page.",
	"activity.", "activity.access.", "activity.in.", "activity.state.", "activity.to.", "competence.level.", "competence.paid.", "room.has.", "schedule.",
	"schedule.band.", "schedule.change.", "schedule.clash.", "schedule.entry.", "schedule.form.", "schedule.hours.", "schedule.scope.", "schedule.turn.", "schedule.view.",
	"colleague.hide.", "comment.about.", "newcoach.state.", "contact.hold.", "contact.hold.why.", "contact.how.", "contact.kind.", "contact.state.", "date.mon.", "date.months.", "date.weekday.", "date.weekdays.",
	"blank.form.", "blank.lede.", "decide.", "demand.appeal.", "demand.law.", "demand.means.", "demand.state.", "demand.thing.", "extract.chosen.", "extract.doer.", "extract.flag.", "extract.here.", "extract.how.", "extract.is.", "extract.part.", "extract.post.", "extract.protected.", "extract.seen.",
	"extract.stands.", "extract.state.", "extract.why.", "extract.yesby.", "export.answer.", "export.list.", "export.state.", "flow.group.", "flow.list.", "flow.plot.", "forecast.field.", "forecast.line.",
	"course.", "course.form.", "course.list.", "course.kind.", "course.in.", "course.situation.", "conflict.is.", "conflict.kind.", "conflict.mine.", "conflict.since.", "consent.how.", "consent.part.", "consent.purpose.", "rule.",
	"lawful.law.", "lawful.means.", "coordinated.how.", "coordinated.yes.", "intray.column.", "intray.count.", "intray.state.", "intray.tab.", "intray.verdict.", "outcome.", "outcome.aid.", "outcome.ask.1.", "outcome.confirm.", "outcome.due.", "outcome.goes.", "outcome.income.", "outcome.kind.",
	"outcome.municipal.", "outcome.noview.", "outcome.pause.", "outcome.reason.", "outcome.sector.", "outcome.subsidy.", "outcome.u40455.",
	"placement.by.", "placement.form.", "placement.insurer.", "placement.kind.", "placement.next.", "placement.safety.", "placement.state.", "workplace.", "workplace.feature.", "people.", "people.lede.", "people.state.", "person.lang.", "person.reach.", "person.rep.", "person.sex.", "person.target.", "place.form.", "remind.choice.", "plan.agreed.lede.",
	"plan.goal.", "plan.goal.yes.", "plan.how.", "plan.item.", "person.lang.", "plan.since.", "plan.standing.agreed.", "plan.step.",
	"plan.steps.moved.", "plan.task.", "plan.word.", "protect.kind.", "referral.kind.", "referral.reason.", "reading.did.", "reading.ground.", "reading.kind.", "reading.purpose.", "round.goal.", "round.out.",
	"role.", "signin.letter.seen.", "set.", "set.week.", "sheet.", "sheet.date.", "start.tag.", "thread.kind.",
	"thread.more.", "today.duty.", "trusted.next.", "evaluation.ask.", "evaluation.short.", "evaluation.word.", "look.", "ui.gallery.", "glass.finding.", "glass.reason.",
	"logcheck.did.", "logcheck.finding.", "logcheck.ground.", "logcheck.kind.", "logcheck.purpose.", "logcheck.why.", "watch.late.", "keeping.did.", "own.measure.", "own.measure.saved.", "own.next.", "own.part.", "myplace.", "myplace.answer.",
	"project.", "sarah.state.", "document.kind.", "opinion.case.", "enquiry.", "enquiry.task.", "opinion.how.", "public.opinion.about.", "public.opinion.kind.", "proposal.about.", "proposal.thing.", "proposal.state.", "proposal.said.", "proposal.today.", "proposal.today.do.", "proposal.home.", "own.wait.", "own.wait.next.", "own.wait.by.",
}

// elsewhere are keys that something other than the program's own code names.
var elsewhere = []string{"lang.reviewed"}

// codes are the files whose words with dots are stored codes and not keys: kinds of events and jobs, names of settings.
var codes = []string{"internal/thread/thread.go", "internal/org/setting.go", "internal/intray/work.go", "internal/application/answer.go", "internal/opinion/answer.go"}

var keyLike = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)
var startLike = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\.$`)

// literals gives every text literal of the program, pages included, with where it first stands.
func literals(h *house, except ...string) map[string]string {
	m := map[string]string{}
	for _, f := range h.server() {
		if slices.Contains(except, f.path) {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if x, ok := n.(*ast.ImportSpec); ok && x != nil {
				return false
			}
			if x, ok := n.(*ast.BasicLit); ok && x.Kind == token.STRING {
				s, err := strconv.Unquote(x.Value)
				if err == nil && strings.HasPrefix(f.path, "internal/web/ui/gallery") && keyLike.MatchString("x."+s) {
					m["ui.gallery."+s] = h.at(n) // the page of parts writes its keys without their beginning
				}
				if err == nil {
					m[s] = h.at(n)
				}
			}
			return true
		})
	}
	return m
}

// nouns are the first words of keys.
func nouns(keys map[string]bool) map[string]bool {
	m := map[string]bool{}
	for k := range keys {
		m[k[:strings.Index(k, ".")]] = true
	}
	return m
}

func TestEveryTextThatIsAskedForExists(t *testing.T) {
	h := read(t)
	sv := i18n.Get("sv").Keys()
	first := nouns(sv)
	n := 0
	for s, at := range literals(h, codes...) {
		noun, _, _ := strings.Cut(s, ".")
		switch {
		case !first[noun]:
		case keyLike.MatchString(s) && !sv[s] && !notAKey(s) && !strings.HasPrefix(at, "internal/web/ui/gallery"):
			t.Errorf("%s: there is no text %s", at, s)
		case keyLike.MatchString(s):
			n++
		case startLike.MatchString(s) && !begins(sv, s):
			t.Errorf("%s: no text begins with %s", at, s)
		}
	}
	if n < 300 {
		t.Errorf("only %d keys found in the code", n)
	}
}

// notAKey are literals that look like keys: columns of statements and names of files.
func notAKey(s string) bool {
	return strings.HasSuffix(s, ".css") || strings.HasSuffix(s, ".js") || strings.HasSuffix(s, ".json") || strings.HasSuffix(s, ".csv") || strings.HasSuffix(s, ".txt") || strings.HasSuffix(s, ".html")
}

func begins(keys map[string]bool, prefix string) bool {
	for k := range keys {
		if strings.HasPrefix(k, prefix) {
			return true
		}
	}
	return false
}

func TestNoTextIsUnused(t *testing.T) {
	used := literals(read(t))
	for k := range i18n.Get("sv").Keys() {
		base := k
		for _, end := range []string{".good", ".means"} { // an example or a definition beside a text, found by its name
			base = strings.TrimSuffix(base, end)
		}
		if used[k] == "" && used[base] == "" && !slices.Contains(elsewhere, k) && !made(used, base) {
			t.Errorf("nothing asks for the text %s", k)
		}
	}
	for _, d := range dynamic {
		if used[d] == "" {
			t.Errorf("nothing in the code begins a key with %q: take it out of the list", d)
		}
	}
	for s, at := range used {
		noun, _, _ := strings.Cut(s, ".")
		if startLike.MatchString(s) && nouns(i18n.Get("sv").Keys())[noun] && !slices.Contains(dynamic, s) {
			t.Errorf("%s: %q begins keys; write it into the list", at, s)
		}
	}
}

// made tells whether the key can be put together: a listed beginning and then a number or codes that stand in the code.
func made(used map[string]string, key string) bool {
	for _, d := range dynamic {
		if rest, ok := strings.CutPrefix(key, d); ok && codesIn(used, rest) {
			return true
		}
	}
	return false
}

// codesIn tells whether the words, joined by dots, are codes that stand in the code, each of one word or several.
func codesIn(used map[string]string, words string) bool {
	if used[words] != "" || used["."+words] != "" || used["+"+words] != "" || number.MatchString(words) {
		return true
	}
	for i := range words {
		if words[i] == '.' && codesIn(used, words[:i]) && codesIn(used, words[i+1:]) {
			return true
		}
	}
	return false
}

var number = regexp.MustCompile(`^\d+$`)
