package intake_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/job"
	"sluss/internal/mail"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// box keeps what was sent and can fail the first times.
type box struct {
	mu    sync.Mutex
	sent  []mail.Message
	fails int
}

func (b *box) Send(_ context.Context, m mail.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fails > 0 {
		b.fails--
		return errors.New("away")
	}
	b.sent = append(b.sent, m)
	return nil
}

// invited fills the next start with somebody who wants e-mail and marks the letters as sent.
func invited(t *testing.T, w *demotest.World) (intake.StartID, id.Person, *intake.Desk) {
	t.Helper()
	return invitedBy(t, w, person.Contact{Email: "samira@ekhamra.example", Reach: "email"})
}

func invitedBy(t *testing.T, w *demotest.World, c person.Contact) (intake.StartID, id.Person, *intake.Desk) {
	t.Helper()
	d := &intake.Desk{Store: w.Store}
	a := w.Actor(t, "karin")
	_, who, err := (&referral.Desk{Store: w.Store}).Receive(t.Context(), a, referral.Form{Kind: referral.Own, Reason: "work", Words: referral.Words{Why: "hemlig orsak"},
		Person: person.Person{Identity: person.Identity{Given: "Samira", Family: "Haddad"}, Contact: c}})
	must(t, err)
	_, err = d.Plan(t.Context(), w.Actor(t, "karin"), 3)
	must(t, err)
	var starts []intake.Start
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		starts, err = intake.Starts(t.Context(), tx, a, spanOf(a))
		return err
	}))
	_, err = d.Fill(t.Context(), w.Actor(t, "karin"), starts[0].ID)
	must(t, err)
	must(t, d.Lettered(t.Context(), w.Actor(t, "karin"), starts[0].ID, false))
	return starts[0].ID, who, d
}

func theJob(t *testing.T, w *demotest.World) job.Job {
	t.Helper()
	j := job.Job{Area: w.Place.Area, Kind: intake.JobInvite}
	var payload string
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT payload FROM job WHERE area_id = $1 AND kind = 'invite'`), []any{w.Place.Area}, &payload)
	}))
	j.Payload = json.RawMessage(payload)
	return j
}

func TestInvitationByMailTellsWhenAndWhereAndNothingElse(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, b := demotest.New(t, s), &box{fails: 1}
		invited(t, w)
		j := theJob(t, w)
		if strings.Contains(string(j.Payload), "samira") {
			t.Fatal("the job carries an address: ", string(j.Payload))
		}
		p := &intake.Post{Store: s, Vault: w.Vault, Clock: w.Clock(), Mail: b}
		if p.Kinds()[intake.JobInvite](t.Context(), j) == nil {
			t.Fatal("a mail that was not sent must be tried again")
		}
		must(t, p.Kinds()[intake.JobInvite](t.Context(), j))
		if len(b.sent) != 1 || !strings.Contains(b.sent[0].Text, "Samira") || strings.Contains(b.sent[0].Text+b.sent[0].Subject, "hemlig") {
			t.Fatalf("%+v", b.sent)
		}
	})
}

func TestInvitationByTextMessageGoesToTheFileOnlyForThoseWhoWantOne(t *testing.T) {
	w, b := demotest.New(t, storetest.Open(t, storetest.SQLite(t))), &box{}
	invitedBy(t, w, person.Contact{Phone: "0700-12 34 56", Email: "samira@ekhamra.example", Reach: "sms"})
	path := filepath.Join(t.TempDir(), "sms.jsonl")
	p := &intake.Post{Store: w.Store, Vault: w.Vault, Clock: w.Clock(), Mail: b, Text: &mail.File{Path: path}}
	must(t, p.Kinds()[intake.JobInvite](t.Context(), theJob(t, w)))
	lines, err := os.ReadFile(path)
	must(t, err)
	var line struct{ To, Text string }
	must(t, json.Unmarshal(lines, &line))
	if len(b.sent) != 0 || line.To != "0700-12 34 56" || line.Text == "" || strings.Contains(line.Text, "hemlig") || strings.Contains(line.Text, "Haddad") {
		t.Errorf("%s, and by mail %+v", lines, b.sent)
	}
	without := &intake.Post{Store: w.Store, Vault: w.Vault, Clock: w.Clock(), Mail: b}
	must(t, without.Kinds()[intake.JobInvite](t.Context(), theJob(t, w)))
	if len(b.sent) != 0 {
		t.Errorf("who wants a text message got an e-mail: %+v", b.sent)
	}
}

func TestNobodyIsInvitedWhoHasBeenStruck(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, b := demotest.New(t, s), &box{}
		start, who, d := invited(t, w)
		j := theJob(t, w)
		must(t, d.Strike(t.Context(), w.Actor(t, "karin"), start, who))
		p := &intake.Post{Store: s, Vault: w.Vault, Clock: w.Clock(), Mail: b}
		must(t, p.Kinds()[intake.JobInvite](t.Context(), j))
		if len(b.sent) != 0 {
			t.Fatal("somebody off the list got an invitation")
		}
	})
}

func TestNothingIsSentOrPrintedToOneWhoIsProtected(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, b := demotest.New(t, s), &box{}
		start, who, d := invited(t, w)
		j := theJob(t, w)
		f := person.ProtectForm{Version: 1, Kind: person.Marked, Posts: []id.Post{w.Place.Posts["karin"], w.Place.Posts["omar"]}}
		must(t, (&person.Desk{Store: s}).Protect(t.Context(), w.Actor(t, "karin"), who, f))
		p := &intake.Post{Store: s, Vault: w.Vault, Clock: w.Clock(), Mail: b}
		must(t, p.Kinds()[intake.JobInvite](t.Context(), j))
		if len(b.sent) != 0 {
			t.Error("an invitation that waited was sent")
		}
		x, err := d.Letters(t.Context(), w.Actor(t, "karin"), start)
		if err != nil || len(x.Letters) != 0 {
			t.Errorf("a letter is made: %+v %v", x.Letters, err)
		}
		l, err := d.Open(t.Context(), w.Actor(t, "karin"), start)
		if err != nil || len(l.Called) != 1 || l.Called[0].Protection != person.Marked {
			t.Errorf("the list of one who is named: %+v %v", l.Called, err)
		}
	})
}

// readings counts the log's rows in which the person's card was taken out.
func readings(t *testing.T, w *demotest.World, who id.Person) (n int) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT count(*) FROM disclosure_person i JOIN disclosure d ON d.area_id = i.area_id AND d.disclosure_id = i.disclosure_id
		 WHERE i.area_id = $1 AND i.person_id = $2 AND d.action = 4`), []any{w.Place.Area, who}, &n)
	}))
	return n
}

// TestAJobThatIsTriedAgainIsInTheLogEachTimeAndNotOnceTheRightHasEnded: what was read for a letter that did not go was read.
func TestAJobThatIsTriedAgainIsInTheLogEachTimeAndNotOnceTheRightHasEnded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, b := demotest.New(t, s), &box{fails: 1}
		_, who, _ := invited(t, w)
		j := theJob(t, w)
		p := &intake.Post{Store: s, Vault: w.Vault, Clock: w.Clock(), Mail: b}
		before := readings(t, w, who)
		for try, failed := range []bool{true, false} {
			if err := p.Kinds()[intake.JobInvite](t.Context(), j); (err != nil) != failed {
				t.Errorf("try %d: %v", try, err)
			}
			if n := readings(t, w, who) - before; n != try+1 {
				t.Errorf("after try %d the log has %d rows", try, n)
			}
		}
		b.fails = 0
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return access.Untie(t.Context(), tx, w.Place.Area, who, w.Place.Units["Vuxenslussen"], w.Now().Date(), w.Now())
		}))
		must(t, p.Kinds()[intake.JobInvite](t.Context(), j))
		if n := readings(t, w, who) - before; len(b.sent) != 1 || n != 2 {
			t.Errorf("after the right has ended: %d letters, %d rows", len(b.sent), n)
		}
	})
}

// TestNoInvitationGoesToWhoseOtherRecordIsProtected: neither a message that waits, nor a letter to print.
func TestNoInvitationGoesToWhoseOtherRecordIsProtected(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, b := demotest.New(t, s), &box{}
		start, who, d := invited(t, w)
		before, err := d.Letters(t.Context(), w.Actor(t, "karin"), start)
		must(t, err)
		twin := w.Participant(t, "karin", "lena", "Samira", "Hadad")
		must(t, (&person.Desk{Store: s}).Merge(t.Context(), w.Actor(t, "omar"), who, twin))
		must(t, s.Write(t.Context(), func(tx *store.Tx) error { // karin may see it, and would else write to them
			if _, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, twin); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), store.Q(`INSERT INTO clearance (area_id, person_id, post_id, from_on, to_on, ended_at) VALUES ($1, $2, $3, '2026-01-01', $4, $5)`),
				w.Place.Area, twin, w.Place.Posts["karin"], string(clock.Forever), int64(access.Never))
			return err
		}))
		after, err := d.Letters(t.Context(), w.Actor(t, "karin"), start)
		must(t, err)
		if len(before.Letters) != 1 || len(after.Letters) != 0 {
			t.Errorf("%d letters before, %d after", len(before.Letters), len(after.Letters))
		}
		p := &intake.Post{Store: s, Vault: w.Vault, Clock: w.Clock(), Mail: b}
		must(t, p.Kinds()[intake.JobInvite](t.Context(), theJob(t, w)))
		if len(b.sent) != 0 {
			t.Errorf("sent %+v", b.sent)
		}
	})
}
