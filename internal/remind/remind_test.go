package remind_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/mail"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/place"
	"sluss/internal/remind"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// box keeps what was sent, and fails as it is told.
type box struct {
	mu    sync.Mutex
	sent  []mail.Message
	fails error
}

func (b *box) Send(_ context.Context, m mail.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fails != nil {
		return b.fails
	}
	b.sent = append(b.sent, m)
	return nil
}

// world is the demo's world in which Roger, who wants e-mail, has a place in an activity on Tuesday morning; it is Monday.
type world struct {
	*demotest.World
	t      testing.TB
	who    id.Person
	post   *remind.Post
	d      *remind.Desk
	box    *box
	moment time.Time
}

func made(t testing.TB, s *store.Store) *world {
	t.Helper()
	w := &world{World: demotest.New(t, s), t: t, d: &remind.Desk{Store: s}, box: &box{}, moment: demotest.Monday}
	w.post = &remind.Post{Store: s, Vault: w.Vault, Clock: func() time.Time { return w.moment }, Mail: w.box, Text: w.box, Told: attendance.HasTold}
	w.who = w.Participant(t, "karin", "lena", "Roger", "Ek")
	w.reach(w.who, person.Contact{Email: "roger@ekhamra.example", Reach: "email", Phone: "0700-12 34 56", Language: "sv"})
	ctx, karin, lena := t.Context(), w.Actor(t, "karin"), w.Actor(t, "lena")
	kinds := &activity.Desk{Store: s}
	x, err := kinds.Add(ctx, karin, activity.Type{Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Samtalscirkeln", Purpose: "Att prata"}}}, "Den behövs")
	must(t, err)
	must(t, kinds.Decide(ctx, karin, x, 1, activity.Runs, "Nu"))
	run, err := (&schedule.Desk{Store: s}).Plan(ctx, karin, schedule.Run{Activity: x, Entry: schedule.Rolling, From: karin.Today(), To: karin.Today().Add(42), Weeks: 6, Places: 4},
		[]schedule.Turn{{Weekday: time.Tuesday, At: "09:00", Until: "11:00", Leaders: []id.Post{w.Place.Posts["lena"]}}})
	must(t, err)
	places := &place.Desk{Store: s}
	k, err := places.Wish(ctx, lena, w.who, x, "")
	must(t, err)
	must(t, places.Offer(ctx, lena, w.who, k, 1, place.Offer{Run: run, From: lena.Today()}))
	must(t, places.Answer(ctx, lena, w.who, k, 2, true))
	return w
}

// reach writes how somebody wants to be reached.
func (w *world) reach(who id.Person, c person.Contact) {
	w.t.Helper()
	d, lena := &person.Desk{Store: w.Store}, w.Actor(w.t, "lena")
	p, err := d.Open(w.t.Context(), lena, who, access.Identity|access.Contact, access.ForContact)
	must(w.t, err)
	p.Contact = c
	must(w.t, d.Change(w.t.Context(), lena, p, p.Version))
}

// chooses writes what Roger wants himself.
func (w *world) chooses(choice string) {
	w.t.Helper()
	must(w.t, w.d.ChooseOwn(w.t.Context(), w.Themself(w.t, w.who), 0, choice))
}

// look makes what is due at a time of a day and gives the jobs that wait.
func (w *world) look(day clock.Date, at clock.LocalTime) (jobs []job.Job) {
	w.t.Helper()
	w.moment = day.At(at).Time()
	must(w.t, w.post.Make(w.t.Context(), w.Place.Area))
	must(w.t, w.Store.Read(w.t.Context(), func(tx *store.Tx) (err error) {
		jobs, err = store.All(w.t.Context(), tx, store.Q(`SELECT payload FROM job WHERE area_id = $1 AND kind = 'remind' AND state = 0 ORDER BY job_id`), []any{w.Place.Area},
			func(r *store.Cursor) (j job.Job, err error) {
				var payload string
				err = r.Scan(&payload)
				return job.Job{Area: w.Place.Area, Kind: remind.Job, Payload: json.RawMessage(payload)}, err
			})
		return err
	}))
	return jobs
}

func (w *world) send(jobs ...job.Job) {
	w.t.Helper()
	for _, j := range jobs {
		must(w.t, w.post.Kinds()[remind.Job](w.t.Context(), j))
	}
}

const (
	monday  = clock.Date("2026-10-12")
	tuesday = clock.Date("2026-10-13")
)

func TestAReminderGoesWhenThePersonHasChosenAndSaysOnlyWhen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := made(t, s)
		if len(w.look(monday, "18:00")) != 0 {
			t.Error("nobody has chosen, and the unit reminds nobody")
		}
		w.chooses(org.RemindEvening)
		for at, want := range map[clock.LocalTime]int{"16:59": 0, "21:00": 0, "23:10": 0} {
			if n := len(w.look(monday, at)); n != want {
				t.Errorf("at %s %d wait", at, n)
			}
		}
		jobs := w.look(monday, "17:05")
		if len(jobs) != 1 || len(w.look(monday, "17:10")) != 1 {
			t.Fatalf("%d reminders of one time", len(jobs))
		}
		if strings.Contains(string(jobs[0].Payload), "roger") {
			t.Error("the job carries an address")
		}
		w.send(jobs[0], jobs[0]) // as one that was done and not noted
		if len(w.box.sent) != 1 {
			t.Fatalf("sent %d times", len(w.box.sent))
		}
		m := w.box.sent[0]
		if m.To != "roger@ekhamra.example" || !strings.Contains(m.Text, "09.00") {
			t.Errorf("sent %+v", m)
		}
		for _, secret := range []string{"Samtal", "Vuxenslussen", "lussen", "Lena", "Ek", "Roger", "aktivitet"} {
			if strings.Contains(m.Subject+m.Text, secret) {
				t.Errorf("%q tells %q", m.Subject+m.Text, secret)
			}
		}
	})
}

func TestTheUnitsOwnWayHoldsForWhoeverHasNotChosen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := made(t, s)
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			omar := w.Actor(t, "omar")
			return org.Decide(t.Context(), tx, omar, org.SetRemind, org.RemindMorning, omar.Today(), "Flera har bett om det")
		}))
		if n := len(w.look(tuesday, "06:50")); n != 0 {
			t.Errorf("before the morning %d", n)
		}
		if n := len(w.look(tuesday, "09:00")); n != 0 {
			t.Errorf("of what has begun %d", n)
		}
		if n := len(w.look(tuesday, "07:01")); n != 1 {
			t.Errorf("in the morning %d", n)
		}
		w.chooses(org.RemindNever)
		w.send(w.look(tuesday, "07:05")...)
		if len(w.box.sent) != 0 {
			t.Error("who wants none got one")
		}
	})
}

func TestATextMessageGoesToWhoeverWantsOneAndNothingToWhoWantsALetter(t *testing.T) {
	w := made(t, storetest.Open(t, storetest.SQLite(t)))
	w.chooses(org.RemindEvening)
	path := filepath.Join(t.TempDir(), "sms.jsonl")
	w.post.Text = &mail.File{Path: path}
	w.reach(w.who, person.Contact{Phone: "0700-12 34 56", Email: "roger@ekhamra.example", Reach: "sms", Language: "sv"})
	w.send(w.look(monday, "17:05")...)
	b, err := os.ReadFile(path)
	if err != nil || strings.Count(string(b), "\n") != 1 || !strings.Contains(string(b), "0700-12 34 56") || len(w.box.sent) != 0 {
		t.Errorf("%s %v, by mail %+v", b, err, w.box.sent)
	}
	x := made(t, storetest.Open(t, storetest.SQLite(t)))
	x.chooses(org.RemindEvening)
	x.reach(x.who, person.Contact{Phone: "0700-12 34 56", Reach: "phone", Language: "sv"})
	if n := len(x.look(monday, "17:05")); n != 0 {
		t.Errorf("%d to one who wants to be called", n)
	}
}

func TestWhatIsCalledOffOrMovedOrToldOfReminds(t *testing.T) {
	for name, change := range map[string]func(w *world, o schedule.Occasion) error{
		"called off": func(w *world, o schedule.Occasion) error {
			return (&schedule.Desk{Store: w.Store}).Cancel(w.t.Context(), w.Actor(w.t, "karin"), o.ID, o.Version, false, "Studiebesök")
		},
		"told": func(w *world, o schedule.Occasion) error {
			return (&attendance.Desk{Store: w.Store}).TellOwn(w.t.Context(), w.Themself(w.t, w.who), o.ID, attendance.Excuse{})
		},
		"moved": func(w *world, o schedule.Occasion) error {
			return w.Store.Write(w.t.Context(), func(tx *store.Tx) error {
				_, err := tx.Exec(w.t.Context(), store.Q(`UPDATE occasion SET at = '13:00' WHERE area_id = $1 AND occasion_id = $2`), w.Place.Area, o.ID)
				return err
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				w := made(t, s)
				w.chooses(org.RemindEvening)
				jobs := w.look(monday, "17:05")
				if len(jobs) != 1 {
					t.Fatalf("%d wait", len(jobs))
				}
				var o schedule.Occasion
				must(t, s.Read(t.Context(), func(tx *store.Tx) error {
					list, err := schedule.Occasions(t.Context(), tx, w.Actor(t, "karin"), clock.Span{From: tuesday, To: tuesday.Add(1)})
					if err == nil {
						o = list[0]
					}
					return err
				}))
				must(t, change(w, o))
				w.send(jobs...)
				if len(w.box.sent) != 0 {
					t.Errorf("a false reminder: %+v", w.box.sent)
				}
				w.send(w.look(monday, "17:10")...)
				w.box.sent = slices.DeleteFunc(w.box.sent, func(m mail.Message) bool { return m.Subject == "En tid har ändrats" })
				if name == "moved" && (len(w.box.sent) != 1 || !strings.Contains(w.box.sent[0].Text, "13.00")) || name != "moved" && len(w.box.sent) != 0 {
					t.Errorf("after that %+v", w.box.sent)
				}
			})
		})
	}
}

func TestNothingThatWaitsGoesToOneWhoIsProtected(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := made(t, s)
		w.chooses(org.RemindEvening)
		jobs := w.look(monday, "17:05")
		v, err := (&place.Desk{Store: s}).Open(t.Context(), w.Actor(t, "lena"), w.who)
		must(t, err)
		must(t, (&person.Desk{Store: s}).Protect(t.Context(), w.Actor(t, "omar"), w.who, person.ProtectForm{Version: v.Person.Version, Kind: person.Marked,
			Posts: []id.Post{w.Place.Posts["omar"], w.Place.Posts["lena"]}}))
		if n := len(w.look(monday, "17:06")); n != 0 {
			t.Errorf("%d still wait after the commit", n)
		}
		w.send(jobs...) // one that was taken before it
		if len(w.box.sent) != 0 {
			t.Errorf("sent %+v", w.box.sent)
		}
	})
}

func TestAMeetingIsRemindedOf(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := made(t, s)
		w.chooses(org.RemindEvening)
		_, err := (&contact.Desk{Store: s}).Plan(t.Context(), w.Actor(t, "lena"), w.who, contact.Form{On: tuesday, At: "13:30", How: "here", About: "hemligt"})
		must(t, err)
		w.send(w.look(monday, "17:05")...)
		if len(w.box.sent) != 2 || !strings.Contains(w.box.sent[1].Text, "13.30") || strings.Contains(w.box.sent[1].Text, "hemligt") {
			t.Errorf("sent %+v", w.box.sent)
		}
	})
}

func TestAReminderThatTheServerDidNotTakeIsTriedAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := made(t, s)
		w.chooses(org.RemindEvening)
		j := w.look(monday, "17:05")[0]
		w.box.fails = errors.New("away")
		if w.post.Kinds()[remind.Job](t.Context(), j) == nil {
			t.Error("what was not sent is not tried again")
		}
		w.box.fails = nil
		w.send(j)
		if len(w.box.sent) != 1 {
			t.Fatalf("sent %d times", len(w.box.sent))
		}
	})
}

// TestAReminderThatAProcessDiedWithIsNotSentAgain: whether the server had taken it nobody knows.
func TestAReminderThatAProcessDiedWithIsNotSentAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := made(t, s)
		w.chooses(org.RemindEvening)
		j := w.look(monday, "17:05")[0]
		func() {
			defer func() { _ = recover() }()
			w.post.Mail = dying{w.box}
			_ = w.post.Kinds()[remind.Job](t.Context(), j)
		}()
		w.post.Mail = w.box
		w.send(j)
		if len(w.box.sent) != 1 {
			t.Errorf("sent %d times", len(w.box.sent))
		}
	})
}

// dying sends, and takes the process with it.
type dying struct{ *box }

func (d dying) Send(ctx context.Context, m mail.Message) error {
	_ = d.box.Send(ctx, m)
	panic("killed")
}

// peer is a real mail server on loopback.
type peer struct {
	mu  sync.Mutex
	got []string
}

func (p *peer) NewSession(*smtp.Conn) (smtp.Session, error) { return p, nil }
func (p *peer) Mail(string, *smtp.MailOptions) error        { return nil }
func (p *peer) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (p *peer) Reset()                                      {}
func (p *peer) Logout() error                               { return nil }
func (p *peer) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got = append(p.got, string(b))
	return err
}

func TestARealServerGetsItWithANeutralSubject(t *testing.T) {
	p := &peer{}
	srv := smtp.NewServer(p)
	srv.Domain, srv.AllowInsecureAuth = "localhost", true
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	go func() { _ = srv.Serve(ln) }()
	t.Cleanup(func() { _ = srv.Close() })
	w := made(t, storetest.Open(t, storetest.SQLite(t)))
	w.chooses(org.RemindEvening)
	w.post.Mail = mail.SMTP{Server: ln.Addr().String(), From: "svar-ej@ekhamra.example", Plain: true}
	w.send(w.look(monday, "17:05")...)
	if len(p.got) != 1 || !strings.Contains(p.got[0], "P=C3=A5minnelse") {
		t.Errorf("the server got %q", p.got)
	}
}

func TestOnlyThePersonAndThoseWhoWorkWithThemChoose(t *testing.T) {
	w := made(t, storetest.Open(t, storetest.SQLite(t)))
	ctx := t.Context()
	if err := w.d.Choose(ctx, w.Actor(t, "ida"), w.who, 0, org.RemindEvening); !fault.Is(err, fault.NotFound) {
		t.Errorf("another unit: %v", err)
	}
	must(t, w.d.Choose(ctx, w.Actor(t, "lena"), w.who, 0, org.RemindEvening))
	if err := w.d.Choose(ctx, w.Actor(t, "lena"), w.who, 0, org.RemindMorning); !errors.Is(err, fault.Stale) {
		t.Errorf("as it was before: %v", err)
	}
	if err := w.d.ChooseOwn(ctx, w.Themself(t, w.who), 1, "often"); len(fault.Fields(err)) != 1 {
		t.Errorf("something else: %v", err)
	}
}
