package proposal_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/plan"
	"sluss/internal/proposal"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/thread"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// bench is a world with a participant of lena's, who has something to do in the plan.
type bench struct {
	*demotest.World
	d    *proposal.Desk
	t    *testing.T
	who  id.Person
	task string // its key
}

func each(t *testing.T, f func(b *bench)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		b := &bench{World: w, d: &proposal.Desk{Store: s}, t: t, who: w.Participant(t, "karin", "lena", "Rut", "Sahlin")}
		k, err := (&plan.Desk{Store: s}).WriteTask(t.Context(), w.Actor(t, "lena"), b.who, plan.TaskForm{Words: "Ring skolan", Who: plan.Staff})
		must(t, err)
		b.task = proposal.KeyOf(proposal.Task, int64(k))
		f(b)
	})
}

func (b *bench) me() *access.Actor { return b.Themself(b.t, b.who) }

func (b *bench) proposes(f proposal.Form) proposal.ID {
	b.t.Helper()
	p, err := b.d.ProposeOwn(b.t.Context(), b.me(), f)
	must(b.t, err)
	return p
}

// of is what the person reads of one proposal.
func (b *bench) of(p proposal.ID) (found proposal.Proposal) {
	b.t.Helper()
	me := b.me()
	must(b.t, b.Store.Read(b.t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(b.t.Context(), tx, me, proposal.Need, access.Read)
		if err != nil {
			return err
		}
		list, err := proposal.Of(b.t.Context(), tx, me, a)
		for _, x := range list {
			if x.ID == p {
				found = x
			}
		}
		return err
	}))
	return found
}

func (b *bench) due(key string) (list []proposal.Due) {
	b.t.Helper()
	must(b.t, b.Store.Read(b.t.Context(), func(tx *store.Tx) (err error) {
		list, err = proposal.DueOf(b.t.Context(), tx, b.Actor(b.t, key), 10)
		return err
	}))
	return list
}

// told is what the thread tells of proposals: kind, code, and whether nobody's post stands at it.
func (b *bench) told() (list []string) {
	b.t.Helper()
	must(b.t, b.Store.Read(b.t.Context(), func(tx *store.Tx) (err error) {
		list, err = store.All(b.t.Context(), tx, store.Q(`SELECT kind, code, post_id FROM thread_event WHERE area_id = $1 AND person_id = $2 AND kind IN ($3, $4) ORDER BY event_id`),
			[]any{b.Place.Area, b.who, string(thread.Proposed), string(thread.ProposalMoved)}, func(r *store.Cursor) (s string, err error) {
				var kind, code string
				var post id.Post
				err = r.Scan(&kind, &code, &post)
				if s = kind + " " + code; post == 0 {
					s += " alone"
				}
				return s, err
			})
		return err
	}))
	return list
}

func TestAProposalIsAnsweredYesAndDone(t *testing.T) {
	each(t, func(b *bench) {
		t, ctx, lena := b.t, b.t.Context(), b.Actor(b.t, "lena")
		p := b.proposes(proposal.Form{Thing: b.task, Words: " Jag ringer själv på torsdag ", Because: "Jag vågar nu"})
		x := b.of(p)
		if x.Words != "Jag ringer själv på torsdag" || x.Because != "Jag vågar nu" || x.Thing != "Ring skolan" || x.About != proposal.Task || x.How != plan.ByOwn || x.Post != 0 || x.State != proposal.Waiting {
			t.Fatalf("proposed %+v", x)
		}
		if got := b.due("lena"); len(got) != 1 || got[0].Person != b.who || got[0].Name != "Rut Sahlin" || got[0].State != proposal.Waiting {
			t.Errorf("the coach is told %+v", got)
		}
		if got := b.due("samar"); len(got) != 0 {
			t.Errorf("another coach is told %+v", got)
		}
		if err := b.d.Carry(ctx, lena, b.who, p, 1); !errors.Is(err, fault.Stale) {
			t.Errorf("done before the yes: %v", err)
		}
		if err := b.d.Answer(ctx, b.Actor(t, "ida"), b.who, p, proposal.Reply{Yes: true, Version: 1}); err == nil {
			t.Error("another unit answers")
		}
		must(t, b.d.Answer(ctx, lena, b.who, p, proposal.Reply{Yes: true, Version: 1}))
		if err := b.d.Answer(ctx, lena, b.who, p, proposal.Reply{Words: "Nej", Version: 1}); !errors.Is(err, fault.Stale) {
			t.Errorf("answered twice: %v", err)
		}
		if got := b.due("lena"); len(got) != 1 || got[0].State != proposal.Approved {
			t.Errorf("what is left to do is %+v", got)
		}
		must(t, b.d.Carry(ctx, lena, b.who, p, 2))
		if x := b.of(p); x.State != proposal.Done || x.Answerer != lena.Post() || x.Answered == 0 || x.Since == 0 {
			t.Errorf("done %+v", x)
		}
		if got := b.due("lena"); len(got) != 0 {
			t.Errorf("what is done waits: %+v", got)
		}
		if err := b.d.WithdrawOwn(ctx, b.me(), p, 3); !errors.Is(err, fault.Stale) {
			t.Errorf("what is done is taken back: %v", err)
		}
		if got := b.told(); !slices.Equal(got, []string{"proposal.made task alone", "proposal.moved approved", "proposal.moved done"}) {
			t.Errorf("the thread tells %q", got)
		}
	})
}

func TestANoTellsWhy(t *testing.T) {
	each(t, func(b *bench) {
		t, ctx, lena := b.t, b.t.Context(), b.Actor(b.t, "lena")
		p := b.proposes(proposal.Form{Thing: "new", Words: "Jag vill börja på kören"})
		if err := b.d.Answer(ctx, lena, b.who, p, proposal.Reply{Words: " ", Version: 1}); len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Field != "answer" {
			t.Errorf("a no without a reason: %v", err)
		}
		must(t, b.d.Answer(ctx, lena, b.who, p, proposal.Reply{Words: "Kören är full till jul.", Version: 1}))
		if x := b.of(p); x.State != proposal.Declined || x.Answer != "Kören är full till jul." || x.Answerer != lena.Post() {
			t.Errorf("the person reads %+v", x)
		}
		if err := b.d.WithdrawOwn(ctx, b.me(), p, 2); !errors.Is(err, fault.Stale) {
			t.Errorf("what was answered no is taken back: %v", err)
		}
	})
}

func TestAPersonTakesBackOrReplacesWhatTheyProposed(t *testing.T) {
	each(t, func(b *bench) {
		t, ctx, lena := b.t, b.t.Context(), b.Actor(b.t, "lena")
		first := b.proposes(proposal.Form{Thing: b.task, Words: "På torsdag"})
		must(t, b.d.Answer(ctx, lena, b.who, first, proposal.Reply{Yes: true, Version: 1}))
		if _, err := b.d.ProposeOwn(ctx, b.me(), proposal.Form{Thing: b.task, Words: "På fredag", Replaces: first, Seen: 1}); !errors.Is(err, fault.Stale) {
			t.Errorf("what was answered meanwhile is replaced unseen: %v", err)
		}
		second, err := b.d.Propose(ctx, lena, b.who, plan.OnPaper, proposal.Form{Thing: b.task, Words: "På fredag", Replaces: first, Seen: 2})
		must(t, err)
		if x := b.of(first); x.State != proposal.Replaced || x.ReplacedBy != second || x.Words != "På torsdag" {
			t.Errorf("the older says %+v", x)
		}
		if x := b.of(second); x.Replaces != first || x.How != plan.OnPaper || x.Post != lena.Post() || x.State != proposal.Waiting {
			t.Errorf("the newer says %+v", x)
		}
		if err := b.d.Answer(ctx, lena, b.who, first, proposal.Reply{Yes: true, Version: 3}); !errors.Is(err, fault.Stale) {
			t.Errorf("what is replaced is answered: %v", err)
		}
		must(t, b.d.WithdrawOwn(ctx, b.me(), second, 1))
		if err := b.d.Answer(ctx, lena, b.who, second, proposal.Reply{Yes: true, Version: 1}); !errors.Is(err, fault.Stale) {
			t.Errorf("what is taken back is answered: %v", err)
		}
		if x := b.of(second); x.State != proposal.Withdrawn || len(b.due("lena")) != 0 {
			t.Errorf("taken back %+v, waits %+v", x, b.due("lena"))
		}
		if got := b.told(); !slices.Equal(got, []string{"proposal.made task alone", "proposal.moved approved", "proposal.moved replaced", "proposal.made task", "proposal.moved withdrawn alone"}) {
			t.Errorf("the thread tells %q", got)
		}
	})
}

func TestAProposalIsAboutWhatIsOnesOwn(t *testing.T) {
	each(t, func(b *bench) {
		t, ctx := b.t, b.t.Context()
		other := b.Participant(t, "karin", "lena", "Sven", "Berg")
		p := b.proposes(proposal.Form{Thing: b.task, Words: "På torsdag"})
		sven := func() *access.Actor { return b.Themself(t, other) }
		for _, x := range []struct{ thing, words, field string }{{b.task, "Mitt", "thing"}, {"", "Mitt", "thing"}, {"new", " ", "words"}, {"new", strings.Repeat("å", 2001), "words"}} {
			_, err := b.d.ProposeOwn(ctx, sven(), proposal.Form{Thing: x.thing, Words: x.words})
			if f := fault.Fields(err); len(f) != 1 || f[0].Field != x.field {
				t.Errorf("about %q: %v", x.thing, err)
			}
		}
		if _, err := b.d.ProposeOwn(ctx, sven(), proposal.Form{Thing: "new", Words: "Mitt", Replaces: p, Seen: 1}); !fault.Is(err, fault.NotFound) {
			t.Errorf("another's is replaced: %v", err)
		}
		if err := b.d.WithdrawOwn(ctx, sven(), p, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("another's is taken back: %v", err)
		}
		if _, err := b.d.Propose(ctx, b.Actor(t, "lena"), b.who, plan.ByOwn, proposal.Form{Thing: "new", Words: "Mitt"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("staff propose in the person's own way: %v", err)
		}
		_, queued := b.Queued(t, "karin", "Roger", "Lindfors", "")
		if _, err := b.d.ProposeOwn(ctx, b.Themself(t, queued), proposal.Form{Thing: "new", Words: "Mitt"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("proposed without a plan: %v", err)
		}
		if x := b.of(p); x.State != proposal.Waiting || x.Version != 1 {
			t.Errorf("it became %+v", x)
		}
	})
}

func TestWhoCannotComeToTheirStartOrTheirWorkplaceSaysSoAsOfAMeeting(t *testing.T) {
	each(t, func(b *bench) {
		t, ctx := b.t, b.t.Context()
		about := func(who id.Person) (list []string) {
			must(t, b.Store.Read(ctx, func(tx *store.Tx) error {
				me := b.Themself(t, who)
				a, err := access.OpenOwn(ctx, tx, me, proposal.Makes, access.Read)
				if err != nil {
					return err
				}
				things, err := proposal.Things(ctx, tx, me, a)
				for _, x := range things {
					if x.About == proposal.Start || x.About == proposal.Work {
						list = append(list, x.Key())
					}
				}
				return err
			}))
			return list
		}
		_, booked := b.Queued(t, "karin", "Maj", "Ahl", "")
		must(t, (&intake.Desk{Store: b.Store}).Book(ctx, b.Actor(t, "karin"), booked, intake.Booking{Coach: b.Place.Posts["lena"], On: b.Now().Date().Add(1), At: "10:00", WhyAlone: "Vill inte vara i grupp"}))
		things := about(booked)
		if len(things) != 1 || !strings.HasPrefix(things[0], "start:") {
			t.Fatalf("of who is to start: %v", things)
		}
		p, err := b.d.ProposeOwn(ctx, b.Themself(t, booked), proposal.Form{Thing: things[0], Words: "Jag är sjuk i dag"})
		must(t, err)
		var waits []proposal.Due
		must(t, b.Store.Read(ctx, func(tx *store.Tx) (err error) {
			waits, err = proposal.DueOf(ctx, tx, b.Actor(t, "lena"), 9)
			return err
		}))
		if len(waits) != 1 || waits[0].ID != p || waits[0].About != proposal.Start {
			t.Errorf("the coach is told %+v", waits)
		}
		if list := about(b.who); len(list) != 0 {
			t.Errorf("who takes part and is at no workplace: %v", list)
		}
	})
}
