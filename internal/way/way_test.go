package way_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/demand"
	"sluss/internal/demo/demotest"
	"sluss/internal/enquiry"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/myplace"
	"sluss/internal/newcoach"
	"sluss/internal/org"
	"sluss/internal/place"
	"sluss/internal/plan"
	"sluss/internal/proposal"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/way"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// decided says of every field of the records that a way is made from whether the person sees it, and on what ground not.
var decided = map[reflect.Type]map[string]string{
	reflect.TypeFor[plan.Plan](): {
		"ID": "not shown: of no use to read", "Enrolment": "shown: by its own list", "State": "not shown: staff's own work on the page",
		"StateOn": "not shown: as State", "AgreedOn": "not shown: as State", "Step": "shown", "StepOn": "not shown: how long in a step measures nobody",
		"Asked": "shown", "Version": "shown: the form needs it", "Goals": "shown: those alive, by their own list", "Tasks": "shown: those to do, by their own list",
		"Measures": "shown: those under way that are written for the person, by their own list; others may name others", "Steps": "shown", "Promise": "shown",
		"Return": "not shown: staff's own work", "Unheard": "not shown: staff's own work",
	},
	reflect.TypeFor[plan.Goal](): {
		"ID": "shown", "Words": "shown", "Lang": "shown", "Translation": "shown: into one's own language; not into Swedish, which is made for staff", "To": "shown: as Translation", "Translator": "not shown: a third person",
		"SaidOn": "shown", "YesOn": "not shown: the agreement says it", "YesHow": "shown: whether one wrote it alone", "Paper": "not shown: how it was typed in",
		"UnclearOn": "not shown: it is for staff to mend", "State": "not shown: only those alive are", "StateOn": "not shown: as State", "Place": "shown: by the order",
		"Version": "shown: the form needs it", "wordsNo": "not shown: of no use to read",
	},
	reflect.TypeFor[plan.Task](): {
		"ID": "shown: to take it oneself", "Goal": "not shown: not needed yet", "Words": "shown", "Other": "shown", "Who": "shown",
		"WhoOn": "not shown: how long something takes blames nobody", "Paper": "not shown: how it was typed in", "State": "not shown: only those to do are",
		"StateOn": "not shown: as State", "Version": "shown: the form needs it",
	},
	reflect.TypeFor[plan.Measure](): {
		"ID": "shown", "Goal": "shown: in the person's words", "Agency": "shown: by name", "Unit": "shown: by name", "What": "shown", "WhyNow": "shown", "WhatNext": "shown",
		"Went": "not shown: of what is over", "From": "shown", "To": "shown", "EndedOn": "not shown: only those under way are", "Paper": "not shown: how it was typed in",
		"Told": "shown: only those that are", "YesOn": "shown", "UnclearOn": "shown: that it is so", "Version": "shown: the form needs it",
	},
	reflect.TypeFor[proposal.Proposal](): {
		"ID": "shown", "About": "shown", "Ref": "shown: to propose another about the same", "Thing": "shown", "Words": "shown: the person's own", "Because": "shown", "How": "shown",
		"Post": "shown: by name, or not where so decided", "Made": "shown: the day", "State": "shown", "Since": "shown: the day", "Answer": "shown: it is written for the person",
		"Answered": "shown: the day", "Answerer": "shown: as Post", "Replaces": "not shown: the older one leads to the newer", "ReplacedBy": "shown", "Version": "shown: the form needs it",
	},
	reflect.TypeFor[demand.Demand](): {
		"Form": "shown: by its own list", "ID": "shown: to say something of it", "Kind": "shown", "Ref": "shown: to mark the thing itself", "Called": "shown: in By", "At": "not shown: it stands in all that is kept",
		"Post": "not shown: as At", "State": "not shown: only what is required now is", "EndedOn": "not shown: as State", "EndedBy": "not shown: as State", "Version": "not shown: nothing is done with it here",
	},
	reflect.TypeFor[demand.Form](): {
		"Thing": "not shown: the key of the form; see Kind and Ref", "Words": "shown", "Agency": "shown: by name", "Elsewhere": "not shown: of the form", "Office": "shown: in By", "Phone": "shown", "Law": "shown", "LawWords": "shown",
		"Otherwise": "shown", "Appeal": "shown", "Since": "shown", "AppealBy": "shown",
	},
	reflect.TypeFor[demand.Order](): {"Agency": "shown: by name", "Unit": "shown: by name", "On": "shown"},
	reflect.TypeFor[proposal.Thing](): {
		"About": "shown", "Ref": "shown: the form needs it", "Words": "shown: of what the person sees in their plan", "Other": "shown", "On": "shown", "At": "shown", "Names": "shown",
	},
	reflect.TypeFor[place.Extent](): {
		"From": "shown", "Days": "shown", "Hours": "shown", "Percent": "shown", "Words": "shown", "At": "not shown: of no use to read", "By": "not shown: as At",
	},
	reflect.TypeFor[place.Place](): {
		"ID": "shown: the form needs it", "UnclearOn": "shown: whether the person has said it", "OwnOn": "not shown: it asks their coach to talk with them", "Person": "not shown: it is the reader", "Activity": "shown: by name", "Run": "shown: when it is held next",
		"Goal": "shown: in the person's words", "State": "shown: whether it is offered; a wish is what the person has said", "WishedOn": "not shown: how long somebody waits blames nobody",
		"From": "shown: by what is held next", "To": "shown: as From", "EndedWith": "not shown: of no use to read", "Version": "shown: the form needs it",
		"AnswerBy": "shown", "AskedAt": "not shown: of no use to read", "freedAt": "not shown: as AskedAt", "MovedAt": "not shown: it stands in all that is kept",
		"MovedBy": "not shown: as MovedAt",
		"words":   "shown: why now and what next; the person's own words they know",
	},
	reflect.TypeFor[myplace.Place](): {
		"Words": "shown: the person's own", "Version": "not shown: nothing is done with it here", "Lang": "shown", "How": "not shown: it stands in all that is kept",
		"On": "not shown: as How", "At": "not shown: as How", "Post": "not shown: as How",
	},
	reflect.TypeFor[myplace.Adaptation](): {
		"AdaptationForm": "shown: what is asked, the answer, who sees to it and by when", "AskedOn": "shown: since when one waits", "AnsweredOn": "not shown: it stands in all that is kept",
		"At": "not shown: as AnsweredOn", "Post": "not shown: as AnsweredOn",
	},
	reflect.TypeFor[enquiry.Enquiry](): {
		"ID": "shown: to lead to it", "Goal": "not shown: by the question itself", "From": "shown: by name", "To": "shown: by name", "By": "not shown: as Goal",
		"Task": "not shown: as Goal", "Words": "shown", "Asked": "shown: the day", "Answer": "not shown: as Goal", "Answered": "shown: that it waits no more",
		"Answerer": "not shown: as Goal", "Taken": "shown: as Answered", "Lost": "shown: as Answered", "Version": "not shown: as Goal", "plan": "not shown: of no use to read",
	},
	reflect.TypeFor[newcoach.Wish](): {
		"ID": "not shown: nothing is done with it here", "Words": "not shown: what goes past the coach stands on a page of its own", "How": "not shown: as Words", "At": "shown: the day",
		"State": "shown: that it waits", "Answer": "not shown: as Words", "Answered": "not shown: as Words", "By": "not shown: as Words", "Version": "not shown: as ID",
	},
	reflect.TypeFor[away.Word](): {
		"ID": "not shown: nothing is done with it here", "At": "shown: the day", "By": "not shown: it stands by the time itself", "Paper": "not shown: as By", "ReadAt": "shown: that nobody has read it",
		"ReadBy": "not shown: as By", "Version": "not shown: as ID", "Excuse": "not shown: why is one's own, and stands by the time itself",
	},
	reflect.TypeFor[contact.Appointment](): {
		"ID": "shown: as what another time is proposed for", "Person": "not shown: it is the reader", "Post": "shown: by name, or role where so decided", "With": "not shown: as Post",
		"On": "shown", "At": "shown", "How": "shown", "Room": "shown", "About": "not shown: staff's own words, may name others", "State": "not shown: only those planned are",
		"StateOn": "not shown: as State", "MovedTo": "not shown: as State", "Version": "not shown: nothing is done with it here",
	},
	reflect.TypeFor[intake.Enrolment](): {
		"ID": "shown: as what another time is proposed for", "Person": "not shown: it is the reader", "Unit": "shown: by name", "Referral": "not shown: may name the sender's worker",
		"Start": "not shown: it has been", "State": "shown", "StateOn": "not shown: not needed", "MeetsOn": "shown", "MeetsAt": "shown", "Room": "shown", "Coach": "shown",
		"BeganOn": "not shown: how long somebody has been here measures nobody", "LeftOn": "not shown: as BeganOn", "Version": "not shown: nothing is done with it here",
	},
}

// A translation into Swedish was made for staff; one into the person's own language was made for them.
func TestAGoalIsReadInOnesOwnLanguage(t *testing.T) {
	for _, c := range []struct {
		goal  way.Goal
		l     string
		words string
	}{
		{way.Goal{Words: "Laga mat", Lang: "sv", Other: "أن أطبخ", To: "ar"}, "ar", "أن أطبخ"},
		{way.Goal{Words: "Laga mat", Lang: "sv", Other: "أن أطبخ", To: "ar"}, "sv", "Laga mat"},
		{way.Goal{Words: "Laga mat", Lang: "sv", Other: "أن أطبخ", To: "ar"}, "en", "Laga mat"},
		{way.Goal{Words: "Laga mat", Lang: "sv"}, "ar", "Laga mat"},
		{way.Goal{Words: "أن أطبخ", Lang: "ar"}, i18n.Easy, "أن أطبخ"},
	} {
		if words, in := c.goal.For(i18n.Get(c.l)); words != c.words || (in.Dir == "rtl") != (c.words[0] != 'L') {
			t.Errorf("%+v in %s is %q, %s", c.goal, c.l, words, in.Dir)
		}
	}
}

// Who is late looks for the way; when an hour has gone, something else is next.
func TestAMeetingIsNextUntilAnHourAfterItHasBegun(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		lena := w.Actor(t, "lena")
		now := lena.Now().LocalTime()
		for name, x := range map[string]struct{ minutes, ahead int }{"Samira": {-60, 0}, "Yonas": {-59, 1}, "Ulrika": {30, 1}} {
			who := w.Participant(t, "karin", "lena", name, "Haddad")
			_, err := (&contact.Desk{Store: s}).Plan(t.Context(), w.Actor(t, "samar"), who, contact.Form{On: lena.Today(), At: now.Add(x.minutes), How: "phone"})
			must(t, err)
			me := w.Themself(t, who)
			me.Declare(access.OwnView, access.Read)
			if got := read(t, w, me); len(got.Meets) != x.ahead {
				t.Errorf("%d minutes from %s there are %+v ahead", x.minutes, now, got.Meets)
			}
		}
	})
}

func TestEveryFieldIsDecidedAndANewOneIsHidden(t *testing.T) {
	for typ, fields := range decided {
		var have []string
		for i := range typ.NumField() {
			have = append(have, typ.Field(i).Name)
			if v := fields[typ.Field(i).Name]; v != "shown" && !strings.HasPrefix(v, "shown: ") && !strings.HasPrefix(v, "not shown: ") {
				t.Errorf("%s.%s: nobody has decided whether the person sees it; until then it must not be in way.Way", typ, typ.Field(i).Name)
			}
		}
		for name := range fields {
			if !slices.Contains(have, name) {
				t.Errorf("%s has no field %s any more", typ, name)
			}
		}
	}
	golden := map[reflect.Type]string{
		reflect.TypeFor[way.Way]():      "State Since Roughly Meets Goals Tasks Shared Places Steps Here Asked Version Promise",
		reflect.TypeFor[way.Goal]():     "ID Words Lang Other To Own SaidOn Version",
		reflect.TypeFor[way.Task]():     "ID Words Other Who Version",
		reflect.TypeFor[way.Measure]():  "ID Agency Unit What Why Next Goal From To YesOn Unclear Version",
		reflect.TypeFor[way.Meeting]():  "Kind On At How Room Who Key",
		reflect.TypeFor[way.Wish]():     "ID Names On Because Version",
		reflect.TypeFor[way.Choice]():   "ID Names Purposes",
		reflect.TypeFor[way.Proposal](): "ID About Ref Thing Words Because How By On State Since Answer Answered Answerer Newer Version Meets MeetsAt",
		reflect.TypeFor[way.MyPlace]():  "On Helps Touch Reach Lang Adapted",
		reflect.TypeFor[way.Wait]():     "What Ref Unit Post Names Words Since By",
		reflect.TypeFor[way.Adapted]():  "What Lang Answer Reply By AskedOn DueOn DoneOn",
		reflect.TypeFor[way.Place]():    "Names Offered AnswerBy On At Until Goal Why Next ID Version Unclear Extents Beside",
		reflect.TypeFor[way.Beside]():   "Names On At Until",
		reflect.TypeFor[way.Demand]():   "ID Kind Ref Words By Phone Law LawWords Otherwise Appeal Since AppealBy Over",
		reflect.TypeFor[way.Order]():    "Agency Unit On",
		reflect.TypeFor[way.Demands]():  "List Order",
	}
	for typ, want := range golden {
		var have []string
		for i := range typ.NumField() {
			have = append(have, typ.Field(i).Name)
		}
		if got := strings.Join(have, " "); got != want {
			t.Errorf("%s shows %s, decided is %s", typ, got, want)
		}
	}
}

// own enters as the person themself.
func own(t *testing.T, w *demotest.World, who id.Person) (a *access.Actor) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		keys, err := w.Vault.Area(t.Context(), tx, w.Place.Area)
		if err != nil {
			return err
		}
		a, err = access.EnterOwn(t.Context(), tx, keys, w.Place.Area, who, w.Now(), "test")
		return err
	}))
	a.Declare(access.OwnView, access.Read, access.Write)
	return a
}

func read(t *testing.T, w *demotest.World, me *access.Actor) (x way.Way) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(t.Context(), tx, me, way.Need, access.Read)
		if err == nil {
			x, err = way.Of(t.Context(), tx, me, a)
		}
		return err
	}))
	return x
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAPersonSeesWhatTheyTakePartInAndWhatItIsGoodFor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		who := w.Participant(t, "karin", "lena", "Roger", "Lindfors")
		karin, lena, me, ctx := w.Actor(t, "karin"), w.Actor(t, "lena"), own(t, w, who), t.Context()
		if x := read(t, w, me); len(x.Places) != 0 {
			t.Fatalf("takes part in %+v", x.Places)
		}
		offer, d := &activity.Desk{Store: s}, &place.Desk{Store: s}
		kind, err := offer.Add(ctx, karin, activity.Type{Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Samtalscirkeln", Purpose: "Att prata"}, "en": {Name: "The circle", Purpose: "To talk"}}}, "Den behövs")
		must(t, err)
		must(t, offer.Decide(ctx, karin, kind, 1, activity.Runs, "Nu"))
		run, err := (&schedule.Desk{Store: s}).Plan(ctx, karin, schedule.Run{Activity: kind, Entry: schedule.Rolling, From: karin.Today(), To: karin.Today().Add(42), Weeks: 6, Places: 4},
			[]schedule.Turn{{Weekday: time.Tuesday, At: "09:00", Until: "11:00", Leaders: []id.Post{w.Place.Posts["lena"]}}})
		must(t, err)
		goal, err := (&plan.Desk{Store: s}).WriteGoal(ctx, lena, who, plan.GoalForm{Words: "Jag vill laga mat", Lang: "sv"})
		must(t, err)
		k, err := d.Wish(ctx, lena, who, kind, "Jag vill prata")
		must(t, err)
		if x := read(t, w, me); len(x.Places) != 0 {
			t.Errorf("a wish alone is %+v", x.Places)
		}
		from := karin.Today().Add(7)
		must(t, d.Offer(ctx, lena, who, k, 1, place.Offer{Run: run, From: from, Thread: place.Thread{Goal: goal, Why: "För att du vågar nu", Next: "Praktik i ett kök"}}))
		if x := read(t, w, me); len(x.Places) != 1 || !x.Places[0].Offered || x.Places[0].AnswerBy != karin.Today().Add(7) {
			t.Fatalf("offered is %+v", x.Places)
		}
		must(t, d.Answer(ctx, lena, who, k, 2, true))
		got := read(t, w, me).Places[0]
		if got.Offered || got.Name("en") != "The circle" || got.Name("ar") != "Samtalscirkeln" || got.On != from.Add(1) || got.At != "09:00" || got.Until != "11:00" ||
			got.Goal == nil || got.Goal.Words != "Jag vill laga mat" || got.Why != "För att du vågar nu" || got.Next != "Praktik i ett kök" {
			t.Errorf("takes part in %+v", got)
		}
		other, err := offer.Add(ctx, karin, activity.Type{Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Köket", Purpose: "Att laga mat"}}}, "Det behövs")
		must(t, err)
		must(t, offer.Decide(ctx, karin, other, 1, activity.Runs, "Nu"))
		for at, want := range map[clock.LocalTime]string{"10:30": "Samtalscirkeln", "12:30": ""} {
			run, err := (&schedule.Desk{Store: s}).Plan(ctx, karin, schedule.Run{Activity: other, Entry: schedule.Rolling, From: karin.Today(), To: karin.Today().Add(42), Weeks: 6, Places: 4},
				[]schedule.Turn{{Weekday: time.Tuesday, At: at, Until: at.Add(60), Leaders: []id.Post{w.Place.Posts["samar"]}}})
			must(t, err)
			kitchen, err := d.Wish(ctx, lena, who, other, "Jag vill laga mat")
			must(t, err)
			must(t, d.Offer(ctx, lena, who, kitchen, 1, place.Offer{Run: run, From: from, Both: true, Thread: place.Thread{Goal: goal, Why: "Nu", Next: "Praktik"}}))
			for _, x := range read(t, w, me).Places {
				if got := x.Beside; x.Offered && (got == nil) != (want == "") || got != nil && (got.Name("sv") != want || got.On != from.Add(1) || got.At != at) {
					t.Errorf("offered at %s beside %+v, want %q", at, got, want)
				}
			}
			must(t, d.Answer(ctx, lena, who, kitchen, 2, false))
			must(t, d.Withdraw(ctx, lena, who, kitchen, 3))
		}
		must(t, d.Extend(ctx, lena, who, k, 3, place.Extent{From: from, Days: 2, Words: "Tisdag och torsdag"}))
		must(t, d.UnclearOwn(ctx, me, k, 4, true))
		if got := read(t, w, me).Places[0]; len(got.Extents) != 1 || got.Extents[0].Days != 2 || got.Extents[0].Words != "Tisdag och torsdag" || !got.Unclear || got.Version != 5 {
			t.Errorf("how much, and whether the thread is seen: %+v", got)
		}
		must(t, d.StepOut(ctx, lena, who, k, 5, from, ""))
		if x := read(t, w, me); len(x.Places) != 1 || x.Places[0].On != "" {
			t.Errorf("steps out before the next time: %+v", x.Places)
		}
		w.Pass(8)
		if x := read(t, w, own(t, w, who)); len(x.Places) != 0 {
			t.Errorf("has stepped out of %+v", x.Places)
		}
	})
}

func TestAPersonSeesAndChangesTheirOwnWay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		who := w.Participant(t, "karin", "lena", "Roger", "Lindfors")
		other := w.Participant(t, "karin", "lena", "Sven", "Berg")
		d, lena, me := &plan.Desk{Store: s}, w.Actor(t, "lena"), own(t, w, who)
		ctx := t.Context()

		g, err := d.WriteGoal(ctx, lena, who, plan.GoalForm{Words: "Jag vill laga mat", Lang: "sv"})
		must(t, err)
		_, err = d.WriteGoal(ctx, lena, other, plan.GoalForm{Words: "Svens mål", Lang: "sv"})
		must(t, err)
		_, err = d.WriteTask(ctx, lena, who, plan.TaskForm{Words: "Ring skolan", Who: plan.Self})
		must(t, err)
		x := read(t, w, me)
		if len(x.Goals) != 1 || x.Goals[0].Words != "Jag vill laga mat" || x.Goals[0].Own {
			t.Fatalf("goals %+v", x.Goals)
		}
		if todo, ok := x.Todo(); !ok || todo.Words != "Ring skolan" {
			t.Errorf("to do %+v %v", todo, ok)
		}

		must(t, d.ChangeOwnGoal(ctx, me, g, x.Goals[0].Version, plan.GoalForm{Words: "Jag vill arbeta med mat", Lang: "sv"}))
		if err := d.ChangeOwnGoal(ctx, me, g, x.Goals[0].Version, plan.GoalForm{Words: "Annat", Lang: "sv"}); !fault.Is(err, fault.Stale.Kind) {
			t.Errorf("an old version: %v", err)
		}
		if err := d.ChangeOwnGoal(ctx, own(t, w, other), g, 2, plan.GoalForm{Words: "Annat", Lang: "sv"}); err == nil {
			t.Error("somebody else changed the goal")
		}
		x = read(t, w, me)
		if !x.Goals[0].Own || x.Goals[0].Words != "Jag vill arbeta med mat" {
			t.Errorf("after the person's own change %+v", x.Goals[0])
		}
		v, err := d.Open(ctx, lena, who, plan.Need|access.Identity|access.Contact, access.Read)
		must(t, err)
		if v.Goals[0].YesHow != plan.ByOwn {
			t.Errorf("staff do not see whose words they are: %+v", v.Goals[0])
		}

		step := plan.StepForm{Version: x.Version, To: 2, Answer: plan.Yes}
		if err := d.OwnStep(ctx, me, step); !fault.Is(err, fault.Conflict) {
			t.Errorf("a step that nobody has asked about: %v", err)
		}
		must(t, d.AskStep(ctx, lena, who, x.Version, 2))
		before, moved := read(t, w, me), thread(t, w, who)
		must(t, d.OwnStep(ctx, me, plan.StepForm{Version: before.Version, To: 2, Answer: plan.Later}))
		if after := read(t, w, me); after.Version != before.Version || after.Asked != 2 || thread(t, w, who) != moved {
			t.Errorf("a not yet left a trace: %+v", after)
		}
		step.Version = before.Version
		must(t, d.OwnStep(ctx, me, step))
		if x = read(t, w, me); x.Here != 2 || x.Asked != 0 {
			t.Errorf("after the yes %+v", x)
		}
	})
}

// thread counts what has been written down about somebody.
func thread(t *testing.T, w *demotest.World, who id.Person) (n int) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT count(*) FROM thread_event WHERE area_id = $1 AND person_id = $2`), []any{w.Place.Area, who}, &n)
	}))
	return n
}

func TestWhoWaitsIsToldSinceWhen(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	_, who := w.Queued(t, "karin", "Roger", "Lindfors", "")
	x := read(t, w, own(t, w, who))
	if x.State != way.Waiting || x.Since == clock.Date("") || x.Planned() || x.Next() != nil {
		t.Errorf("%+v", x)
	}
}

func TestAPersonTakesATaskAndAnswersHowTheyHaveItByThemself(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		who, other := w.Participant(t, "karin", "lena", "Roger", "Lindfors"), w.Participant(t, "karin", "lena", "Sven", "Berg")
		d, lena, me := &plan.Desk{Store: s}, w.Actor(t, "lena"), own(t, w, who)
		me.Declare(access.OwnView|access.Assessment, access.Read, access.Write)
		ctx := t.Context()
		k, err := d.WriteTask(ctx, lena, who, plan.TaskForm{Words: "Ring skolan", Who: plan.Staff})
		must(t, err)
		if err := d.OwnTask(ctx, me, k, 1, plan.Staff); !fault.Is(err, fault.Invalid) {
			t.Errorf("the person gives staff a task: %v", err)
		}
		if err := d.OwnTask(ctx, own(t, w, other), k, 1, plan.Self); !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Conflict) {
			t.Errorf("somebody else takes it: %v", err)
		}
		must(t, d.OwnTask(ctx, me, k, read(t, w, me).Tasks[0].Version, plan.Self))
		if x := read(t, w, me); x.Tasks[0].Who != plan.Self {
			t.Errorf("%+v", x.Tasks)
		}
		if err := d.OwnTask(ctx, me, k, 1, plan.Together); !fault.Is(err, fault.Stale.Kind) {
			t.Errorf("an old version: %v", err)
		}

		must(t, d.OwnFill(ctx, me, plan.Answers{"meaning": {Value: 3}}))
		v, err := d.Open(ctx, lena, who, plan.Need|access.Identity|access.Contact|access.Assessment, access.Read)
		must(t, err)
		if len(v.Inventories) != 1 || v.Inventories[0].How != plan.ByOwn || v.Inventories[0].Answers["meaning"].Value != 3 {
			t.Errorf("staff see %+v", v.Inventories)
		}
		var alone int
		must(t, s.Read(ctx, func(tx *store.Tx) error {
			return tx.One(ctx, store.Q(`SELECT count(*) FROM thread_event WHERE area_id = $1 AND person_id = $2 AND kind = 'task.moved' AND post_id = 0`), []any{w.Place.Area, who}, &alone)
		}))
		if alone != 1 {
			t.Errorf("the move stands as the person's in %d events", alone)
		}
	})
}

func TestAPersonWishesForAnActivityAndAsksForAnAdaptation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		who := w.Participant(t, "karin", "lena", "Roger", "Lindfors")
		me, lena, ctx := own(t, w, who), w.Actor(t, "lena"), t.Context()
		me.Declare(access.OwnView|access.MyPlace, access.Read, access.Write)
		k, err := (&activity.Desk{Store: s}).Add(ctx, w.Actor(t, "karin"), activity.Type{Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Köket", Purpose: "Att laga mat"}}}, "Den behövs")
		must(t, err)
		wishes := func() (list []way.Wish, rest []way.Choice) {
			must(t, s.Read(ctx, func(tx *store.Tx) error {
				a, err := access.OpenOwn(ctx, tx, me, way.Need, access.Read)
				if err == nil {
					list, rest, err = way.WishesOf(ctx, tx, me, a)
				}
				return err
			}))
			return list, rest
		}
		if list, rest := wishes(); len(list) != 0 || len(rest) != 1 || rest[0].Purposes["sv"] != "Att laga mat" {
			t.Fatalf("%+v %+v", list, rest)
		}
		places := &place.Desk{Store: s}
		_, err = places.WishOwn(ctx, me, k, "Jag vill sy")
		must(t, err)
		if _, err := places.WishOwn(ctx, me, k, ""); fault.Fields(err) == nil {
			t.Errorf("the same wish twice: %v", err)
		}
		list, rest := wishes()
		if len(list) != 1 || list[0].Because != "Jag vill sy" || len(rest) != 0 {
			t.Fatalf("%+v %+v", list, rest)
		}
		must(t, places.WithdrawOwn(ctx, me, list[0].ID, list[0].Version))
		if list, _ := wishes(); len(list) != 0 {
			t.Errorf("taken back: %+v", list)
		}

		d := &myplace.Desk{Store: s}
		must(t, d.AskOwn(ctx, me, "Börja klockan tio", "sv"))
		v, err := d.Open(ctx, lena, who, access.Read)
		must(t, err)
		if len(v.Adapted) != 1 || v.Adapted[0].How != plan.ByOwn || v.Adapted[0].Responsible != w.Place.Posts["lena"] {
			t.Fatalf("staff see %+v", v.Adapted)
		}
		waits := func() (n int) {
			must(t, s.Read(ctx, func(tx *store.Tx) error {
				list, err := myplace.Late(ctx, tx, lena, 12)
				n = len(list)
				return err
			}))
			return n
		}
		if waits() != 1 {
			t.Error("the coach does not see that somebody waits for an answer")
		}
		f := v.Adapted[0].AdaptationForm
		f.How, f.Answer = plan.AtTable, myplace.Yes
		_, err = d.Adapt(ctx, lena, who, f)
		must(t, err)
		v, err = d.Open(ctx, lena, who, access.Read)
		must(t, err)
		if v.Adapted[0].How != plan.ByOwn || waits() != 0 {
			t.Errorf("after the answer %+v", v.Adapted)
		}
	})
}

func TestAPersonProposesNoChangeOfAMeasureThatIsNotWrittenForThem(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	who := w.Participant(t, "karin", "lena", "Roger", "Lindfors")
	lena, me := w.Actor(t, "lena"), own(t, w, who)
	_, err := (&plan.Desk{Store: w.Store}).BeginMeasure(t.Context(), lena, who, plan.MeasureForm{What: "Samtal med Svens bror", Agency: w.Place.Agencies[org.KindEmployment], From: lena.Today()})
	must(t, err)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		mine, err := access.OpenOwn(t.Context(), tx, me, way.Need, access.Read)
		must(t, err)
		_, things, err := way.ProposalsOf(t.Context(), tx, me, mine)
		must(t, err)
		if len(things) != 1 || things[0].About != proposal.New {
			t.Errorf("the person is shown %+v", things)
		}
		a, err := access.Open(t.Context(), tx, lena, who, way.Need, access.Read, access.ForPlan)
		must(t, err)
		_, things, err = way.ProposalsOf(t.Context(), tx, lena, a)
		if len(things) != 2 || things[1].Words != "Samtal med Svens bror" {
			t.Errorf("staff are shown %+v", things)
		}
		return err
	}))
}
