package outcome

import (
	"slices"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/fault"
)

func confirmed(e Exit, answer string) Exit {
	e.FollowUps = []FollowUp{{Months: 1, State: Done, Answer: answer}, {Months: 3, Answer: "work"}}
	return e
}

func TestU40455CountsConfirmedWorkAndStudiesWithAid(t *testing.T) {
	work, aided := Exit{Reason: Work, Kind: "hourly", Subsidy: "none", Sector: "private"}, Exit{Reason: Studies, Kind: "komvux", StudyAid: true}
	subsidised := Exit{Reason: Work, Kind: "fixed", Subsidy: "lonebidrag", Sector: "municipal"}
	labour := Exit{Reason: Work, Kind: "fixed", Subsidy: "annat", Sector: "municipal", Municipal: true}
	undone := work
	undone.Undone = true
	for name, x := range map[string]struct {
		exit Exit
		want bool
	}{
		"work that lasted a month":               {confirmed(work, Yes), true},
		"subsidised work on the regular market":  {confirmed(subsidised, Yes), true},
		"studies with study aid":                 {confirmed(aided, Yes), true},
		"work that ended within the month":       {confirmed(work, No), false},
		"work of one who could not be reached":   {confirmed(work, Unreached), false},
		"work not yet asked about":               {work, false},
		"a labour-market employment":             {confirmed(labour, Yes), false},
		"studies without study aid":              {confirmed(Exit{Reason: Studies, Kind: "sfi"}, Yes), false},
		"another exit":                           {confirmed(Exit{Reason: Other, Kind: "programme"}, Yes), false},
		"an exit that was taken back":            {confirmed(undone, Yes), false},
		"an answer at three months, none at one": {Exit{Reason: Work, FollowUps: []FollowUp{{Months: 3, Answer: "work"}}}, false},
		"sent on to somebody else":               {confirmed(Exit{Reason: Redirected}, Yes), false},
	} {
		if got := CountsAsU40455(x.exit); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

const today, began = clock.Date("2026-10-12"), clock.Date("2026-03-02")

func whole() Form {
	return Form{Reason: Work, Kind: "fixed", Subsidy: "none", Sector: "private", Municipal: No, On: "2026-10-01", Before: "assistance", After: "wage",
		Words: Words{View: "Jag fick säga hur jag ville ha det."}}
}

func TestNoExitWithoutOwnViewOrReason(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*Form)
		want   string // the field at fault, "" for none
	}{
		"whole":                       {func(f *Form) {}, ""},
		"neither view nor reason":     {func(f *Form) { f.View = "" }, "view"},
		"both":                        {func(f *Form) { f.NoView, f.WhyNot = "declined", "Ville inte." }, "noview"},
		"a reason without words":      {func(f *Form) { f.View, f.NoView = "", "unreached" }, "whynot"},
		"a reason with words":         {func(f *Form) { f.View, f.NoView, f.WhyNot = "", "unreached", "Ringt tre gånger, skrivit brev." }, ""},
		"no reason":                   {func(f *Form) { f.Reason = "" }, "reason"},
		"no kind of work":             {func(f *Form) { f.Kind = "" }, "kind"},
		"no subsidy":                  {func(f *Form) { f.Subsidy = "" }, "subsidy"},
		"no sector":                   {func(f *Form) { f.Sector = "" }, "sector"},
		"not told if labour-market":   {func(f *Form) { f.Municipal = "" }, "municipal"},
		"labour-market, but private":  {func(f *Form) { f.Municipal = Yes }, "municipal"},
		"studies, aid not told":       {func(f *Form) { f.Reason, f.Kind = Studies, "komvux" }, "aid"},
		"sent on to nobody":           {func(f *Form) { f.Reason = Redirected }, "to"},
		"no day":                      {func(f *Form) { f.On = "" }, "on"},
		"a day ahead":                 {func(f *Form) { f.On = today.Add(1) }, "on"},
		"before the individual start": {func(f *Form) { f.On = began.Add(-1) }, "on"},
		"no income before":            {func(f *Form) { f.Before = "" }, "before"},
		"no income after":             {func(f *Form) { f.After = "" }, "after"},
		"deceased":                    {func(f *Form) { f.Reason, f.Kind, f.After, f.View, f.NoView = Other, Deceased, "", "", Deceased }, ""},
	} {
		f := whole()
		x.change(&f)
		got := ""
		if form := fault.Fields(f.check(today, began)); len(form) > 0 {
			got = form[0].Field
		}
		if got != x.want {
			t.Errorf("%s: fault at %q, want %q", name, got, x.want)
		}
	}
}

func TestExitKeepsOnlyWhatBelongsToItsReason(t *testing.T) {
	f := whole()
	f.Reason, f.Kind, f.StudyAid, f.To, f.Municipal = Studies, "komvux", Yes, "någon", Yes
	e := f.exit()
	if e.Subsidy != "" || e.Sector != "" || e.Municipal || e.To != "" || !e.StudyAid || e.Kind != "komvux" {
		t.Errorf("%+v", e)
	}
}

func TestFollowUpsByReason(t *testing.T) {
	for name, x := range map[string]struct {
		exit Exit
		want []int
	}{
		"work":       {Exit{Reason: Work}, []int{1, 3, 6, 12}},
		"studies":    {Exit{Reason: Studies}, []int{1, 3, 6, 12}},
		"redirected": {Exit{Reason: Redirected}, []int{3, 6, 12}},
		"moved":      {Exit{Reason: Other, Kind: "moved"}, []int{3, 6, 12}},
		"deceased":   {Exit{Reason: Other, Kind: Deceased}, nil},
	} {
		if got := schedule(x.exit); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAnswersComeInTheirTime(t *testing.T) {
	due := today.Add(20)
	for name, x := range map[string]struct {
		months int
		answer string
		on     clock.Date
		ok     bool
	}{
		"still working, before the month is out": {1, Yes, due.Add(-1), false},
		"still working, on the day":              {1, Yes, due, true},
		"ended within the month":                 {1, No, today, true},
		"three months, too early":                {3, "work", due.Add(-15), false},
		"three months, two weeks before":         {3, "work", due.Add(-14), true},
		"could not be reached":                   {6, Unreached, due, true},
		"an answer that is not in the list":      {6, Yes, due, false},
		"no answer":                              {1, "", due, false},
	} {
		f := FollowUp{Months: x.months, DueOn: due, State: Open}
		if err := f.check(x.answer, x.on); (err == nil) != x.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}
