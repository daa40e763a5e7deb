package signin_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// letters is a desk with a clock that goes as the test says, and somebody in the queue.
type letters struct {
	*signin.Desk
	t   *testing.T
	w   *demotest.World
	who id.Person
	now time.Time
}

func lettersIn(t *testing.T, s *store.Store) *letters {
	t.Helper()
	w, d, _ := at(t, s)
	_, who := w.Queued(t, "karin", "Qz", "Qzson", "")
	x := &letters{Desk: d, t: t, w: w, who: who, now: w.Now().Time()}
	d.Clock = func() time.Time { return x.now }
	return x
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// given gives the person a letter whose code has been told.
func (x *letters) given() (number, code string) {
	x.t.Helper()
	number = must[string](x.t)(x.Give(x.t.Context(), x.w.Actor(x.t, "karin"), x.who))
	return number, must[string](x.t)(x.Tell(x.t.Context(), x.w.Actor(x.t, "karin"), x.who, "document"))
}

func (x *letters) try(number, secret string) (signin.Tried, error) {
	return x.Try(x.t.Context(), number, secret, "sv", false)
}

// chosen uses a letter and chooses the PIN.
func (x *letters) chosen(number, code, pin string) (session string) {
	x.t.Helper()
	tried := must[signin.Tried](x.t)(x.try(number, code))
	c := must[signin.Choosing](x.t)(x.Choosing(x.t.Context(), tried.Choose))
	return must[string](x.t)(x.ChoosePIN(x.t.Context(), c, pin, pin, "sv"))
}

func (x *letters) in(session string) bool {
	x.t.Helper()
	a, _, err := x.FindOwn(x.t.Context(), session, "test")
	if err != nil && !errors.Is(err, signin.ErrNone) {
		x.t.Fatal(err)
	}
	return err == nil && a.Themself() == x.who
}

func eachLetters(t *testing.T, f func(x *letters)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) { f(lettersIn(t, s)) })
}

func TestALetterLetsInItsPersonByBothPartsOnce(t *testing.T) {
	eachLetters(t, func(x *letters) {
		t := x.t
		number := must[string](t)(x.Give(t.Context(), x.w.Actor(t, "karin"), x.who))
		if _, err := x.try(number, ""); err != signin.ErrWrong {
			t.Errorf("a letter whose code is not told: %v", err)
		}
		code := must[string](t)(x.Tell(t.Context(), x.w.Actor(t, "lena"), x.who, "known"))
		if _, err := x.try("AAAAAAAA", code); err != signin.ErrWrong {
			t.Errorf("the code alone: %v", err)
		}
		tried := must[signin.Tried](t)(x.try(" "+number[:4]+"-"+number[4:], code[:4]+" "+code[4:]))
		if tried.Choose == "" || tried.Session != "" {
			t.Fatalf("the letter leads to %+v", tried)
		}
		if _, err := x.try(number, code); err != signin.ErrWrong {
			t.Errorf("the code twice: %v", err)
		}
		c := must[signin.Choosing](t)(x.Choosing(t.Context(), tried.Choose))
		if !x.in(must[string](t)(x.ChoosePIN(t.Context(), c, "735 104", "٧٣٥١٠٤", "sv"))) {
			t.Error("who has chosen a PIN is not in")
		}
		if _, err := x.ChoosePIN(t.Context(), c, "735104", "735104", "sv"); err != signin.ErrOver {
			t.Errorf("a second choice: %v", err)
		}
		if _, err := x.Choosing(t.Context(), tried.Choose); err != signin.ErrOver {
			t.Errorf("what the browser kept: %v", err)
		}
		again := must[signin.Tried](t)(x.try(number, "735104"))
		if !x.in(again.Session) {
			t.Error("number and PIN do not let in")
		}
	})
}

func TestNobodyComesInByAnothersLetterOrPIN(t *testing.T) {
	eachLetters(t, func(x *letters) {
		t := x.t
		mine, code := x.given()
		x.chosen(mine, code, "735104")
		_, other := x.w.Queued(t, "karin", "Qy", "Qyson", "")
		me := x.who
		x.who = other
		theirs, told := x.given()
		for name, pair := range map[string][2]string{"my number with their code": {mine, told}, "their number with my PIN": {theirs, "735104"}, "their number with my code": {theirs, code}} {
			if _, err := x.try(pair[0], pair[1]); err != signin.ErrWrong {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !x.in(x.chosen(theirs, told, "735104")) {
			t.Error("they cannot choose the same PIN")
		}
		x.who = me
		if !x.in(must[signin.Tried](t)(x.try(mine, "735104")).Session) {
			t.Error("I do not come in as myself")
		}
	})
}

func TestACodeIsUsedOnceHoweverManyComeAtOnce(t *testing.T) {
	eachLetters(t, func(x *letters) {
		t := x.t
		number, code := x.given()
		var all sync.WaitGroup
		var mu sync.Mutex
		var ways []string
		for range 64 {
			all.Go(func() {
				tried, err := x.try(number, code)
				if err != nil && err != signin.ErrWrong {
					t.Error(err)
				}
				if err == nil {
					mu.Lock()
					ways = append(ways, tried.Choose)
					mu.Unlock()
				}
			})
		}
		all.Wait()
		if len(ways) != 1 {
			t.Fatalf("the code is used %d times", len(ways))
		}
		c, in := must[signin.Choosing](t)(x.Choosing(t.Context(), ways[0])), 0
		for range 64 {
			all.Go(func() {
				_, err := x.ChoosePIN(t.Context(), c, "735104", "735104", "sv")
				if err != nil && err != signin.ErrOver {
					t.Error(err)
				}
				if err == nil {
					mu.Lock()
					in++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		if in != 1 {
			t.Errorf("chosen %d times", in)
		}
	})
}

func TestALetterEndsByTimeByANewerOneAndWhenTakenBack(t *testing.T) {
	eachLetters(t, func(x *letters) {
		t := x.t
		old, oldCode := x.given()
		number, code := x.given()
		if _, err := x.try(old, oldCode); err != signin.ErrWrong {
			t.Errorf("the older of two: %v", err)
		}
		x.now = x.now.Add(signin.CodeLasts)
		if _, err := x.try(number, code); err != signin.ErrWrong {
			t.Errorf("after three days: %v", err)
		}
		x.now = x.w.Now().Time()
		number, code = x.given()
		tried := must[signin.Tried](t)(x.try(number, code))
		c := must[signin.Choosing](t)(x.Choosing(t.Context(), tried.Choose))
		if err := x.TakeBack(t.Context(), x.w.Actor(t, "karin"), x.who); err != nil {
			t.Fatal(err)
		}
		if _, err := x.ChoosePIN(t.Context(), c, "735104", "735104", "sv"); err != signin.ErrOver {
			t.Errorf("taken back while one chooses: %v", err)
		}
		number, code = x.given()
		tried = must[signin.Tried](t)(x.try(number, code))
		c = must[signin.Choosing](t)(x.Choosing(t.Context(), tried.Choose))
		x.now = x.now.Add(signin.ChooseWithin)
		if _, err := x.ChoosePIN(t.Context(), c, "735104", "735104", "sv"); err != signin.ErrOver {
			t.Errorf("after the time to choose: %v", err)
		}
		number, code = x.given()
		session := x.chosen(number, code, "735104")
		if err := x.TakeBack(t.Context(), x.w.Actor(t, "karin"), x.who); err != nil {
			t.Fatal(err)
		}
		if _, err := x.try(number, "735104"); err != signin.ErrWrong || x.in(session) {
			t.Errorf("taken back, the PIN is answered %v, and the session is open: %v", err, x.in(session))
		}
		if g := must[signin.Given](t)(x.GivenTo(t.Context(), x.w.Actor(t, "karin"), x.who)); g.At != 0 {
			t.Errorf("there is still a letter: %+v", g)
		}
	})
}

func TestANewLetterLeavesTheOldWayUntilItIsUsed(t *testing.T) {
	eachLetters(t, func(x *letters) {
		t := x.t
		old, code := x.given()
		session := x.chosen(old, code, "735104")
		number, code := x.given()
		if _, err := x.try(old, "735104"); err != nil || !x.in(session) {
			t.Fatalf("a new letter shuts the person out: %v", err)
		}
		x.chosen(number, code, "604713")
		if _, err := x.try(old, "735104"); err != signin.ErrWrong || x.in(session) {
			t.Errorf("the old way goes on when the new one is chosen: %v", err)
		}
	})
}

func TestAPINWaitsAfterFiveMistakesAndNeverForEver(t *testing.T) {
	eachLetters(t, func(x *letters) {
		t := x.t
		number, code := x.given()
		x.chosen(number, code, "735104")
		miss := func(n int) {
			for range n {
				if _, err := x.try(number, "111111"); err != signin.ErrWrong {
					t.Fatal(err)
				}
			}
		}
		miss(4)
		if _, err := x.try(number, "735104"); err != nil {
			t.Errorf("after four mistakes: %v", err)
		}
		miss(5)
		if _, err := x.try(number, "735104"); err != signin.ErrWrong {
			t.Errorf("after five mistakes: %v", err)
		}
		x.now = x.now.Add(15 * time.Minute)
		if _, err := x.try(number, "735104"); err != nil {
			t.Errorf("a quarter of an hour later: %v", err)
		}
		for range 40 { // somebody has found the letter and goes on
			miss(1)
			x.now = x.now.Add(24 * time.Hour)
		}
		if _, err := x.try(number, "735104"); err != nil {
			t.Errorf("a day after the last of many mistakes: %v", err)
		}
		miss(5)
		x.w.Pass(50)
		x.now = x.w.Now().Time()
		fresh, code := x.given()
		x.chosen(fresh, code, "735104")
		if _, err := x.try(fresh, "735104"); err != nil {
			t.Errorf("with a new letter, of which the finder has no number: %v", err)
		}
	})
}

// TestKnownAndUnknownTakeTheSameWork: a number that is nobody's is answered after the same statements and writes as one that
// is somebody's, in whatever state.
func TestKnownAndUnknownTakeTheSameWork(t *testing.T) {
	eachLetters(t, func(x *letters) {
		t := x.t
		number, _ := x.given()
		work := func(number string) [2]int64 {
			before := x.Store.Stats()
			if _, err := x.try(number, "11112222"); err != signin.ErrWrong {
				t.Fatal(err)
			}
			after := x.Store.Stats()
			return [2]int64{after.Statements - before.Statements, after.Writes - before.Writes}
		}
		work("00000000") // the first of all reads the area's keys
		for i := range 50 {
			if known, unknown := work(number), work("0000000Z"); known != unknown {
				t.Fatalf("try %d: somebody's number takes %v statements and writes, nobody's %v", i, known, unknown)
			}
			x.now = x.now.Add(time.Duration(i) * time.Minute)
		}
	})
}

func TestManyMistakesEverywherePutTheDoorOnGuard(t *testing.T) {
	x := lettersIn(t, storetest.Open(t, storetest.SQLite(t)))
	for range signin.Guarded {
		if _, err := x.try("00000000", "1"); err != signin.ErrWrong || x.OnGuard() {
			t.Fatal(err, x.OnGuard())
		}
	}
	if _, err := x.try("00000000", "1"); err != signin.ErrWrong || !x.OnGuard() {
		t.Error("the door is not on guard", err)
	}
	number, code := x.given()
	if !x.in(x.chosen(number, code, "735104")) {
		t.Error("who has it right is shut out")
	}
	if x.now = x.now.Add(time.Hour); x.OnGuard() {
		t.Error("an hour later the door is on guard")
	}
}

func TestOnlyThoseWhoMeetThePersonGiveALetter(t *testing.T) {
	eachLetters(t, func(x *letters) {
		t := x.t
		if _, err := x.Give(t.Context(), x.w.Actor(t, "britt"), x.who); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the reception: %v", err)
		}
		if _, err := x.Give(t.Context(), x.w.Actor(t, "ida"), x.who); err != fault.Missing {
			t.Errorf("another unit: %v", err)
		}
		if _, err := x.Tell(t.Context(), x.w.Actor(t, "karin"), x.who, ""); len(fault.Fields(err)) != 1 {
			t.Errorf("who it is has not been seen: %v", err)
		}
		if _, err := x.Tell(t.Context(), x.w.Actor(t, "karin"), x.who, "known"); err != signin.ErrNoLetter {
			t.Errorf("no letter: %v", err)
		}
		if err := x.TakeBack(t.Context(), x.w.Actor(t, "ida"), x.who); err != fault.Missing {
			t.Errorf("taken back by another unit: %v", err)
		}
	})
}

func TestProtectingSomebodyEndsEveryWayIn(t *testing.T) {
	eachLetters(t, func(x *letters) {
		t := x.t
		number, code := x.given()
		session := x.chosen(number, code, "735104")
		omar := x.w.Actor(t, "omar")
		err := (&person.Desk{Store: x.Store}).Protect(t.Context(), omar, x.who, person.ProtectForm{Version: 1, Kind: person.Marked,
			Posts: []id.Post{omar.Post(), x.w.Place.Posts["karin"]}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := x.try(number, "735104"); err != signin.ErrWrong || x.in(session) {
			t.Errorf("the PIN is answered %v, the session is open: %v", err, x.in(session))
		}
		if _, err := x.Give(t.Context(), x.w.Actor(t, "lena"), x.who); err != fault.Missing {
			t.Errorf("a letter by one who is not named: %v", err)
		}
	})
}

func TestALetterOfADestroyedRecordLetsNobodyIn(t *testing.T) {
	eachLetters(t, func(x *letters) {
		number, code := x.given()
		x.chosen(number, code, "735104")
		write(x.t, x.Store, func(tx *store.Tx) error {
			_, err := tx.Exec(x.t.Context(), store.Q(`UPDATE person SET weeded_at = 1 WHERE area_id = $1 AND person_id = $2`), x.w.Place.Area, x.who)
			return err
		})
		if _, err := x.try(number, "735104"); err != signin.ErrWrong {
			x.t.Errorf("answered %v", err)
		}
	})
}

func TestSecretsLieOnlyAsKeyedHashes(t *testing.T) {
	eachLetters(t, func(x *letters) {
		t := x.t
		number, code := x.given()
		var numbered, secret []byte
		look := func() {
			read(t, x.Store, func(tx *store.Tx) error {
				return tx.One(t.Context(), store.Q(`SELECT number_hash, secret_hash FROM sign_in_letter WHERE area_id = $1 AND person_id = $2 AND ended_at = $3`),
					[]any{x.w.Place.Area, x.who, int64(access.Never)}, &numbered, &secret)
			})
		}
		look()
		told := string(secret)
		if len(numbered) < 32 || len(secret) < 32 || string(numbered) == number || string(secret) == code {
			t.Errorf("kept are %d and %d bytes", len(numbered), len(secret))
		}
		x.chosen(number, code, "735104")
		if look(); len(secret) < 32 || string(secret) == told {
			t.Errorf("the PIN is kept as %d bytes", len(secret))
		}
	})
}

func TestASharedComputerIsLeftSooner(t *testing.T) {
	x := lettersIn(t, storetest.Open(t, storetest.SQLite(t)))
	number, code := x.given()
	x.chosen(number, code, "735104")
	tried := must[signin.Tried](t)(x.Try(t.Context(), number, "735104", "sv", true))
	_, s, err := x.FindOwn(t.Context(), tried.Session, "test")
	if err != nil || !s.Shared() || s.Sure {
		t.Fatal(err, s)
	}
	x.now = x.now.Add(2 * time.Minute)
	if !x.in(tried.Session) {
		t.Error("over after two minutes")
	}
	x.now = x.now.Add(3 * time.Minute)
	if x.in(tried.Session) {
		t.Error("open after three minutes without use")
	}
}

func TestWhatIsTypedIsReadHoweverItIsWritten(t *testing.T) {
	for typed, want := range map[string]string{"K7QF-3M2X": "K7QF3M2X", " k7qf 3m2x ": "K7QF3M2X", "oilOIL00": "01101100", "٣M٢X": "3M2X", "۴۵": "45", "": "", "<script>": "SCR1PT"} {
		if got := signin.PlainNumber(typed); got != want {
			t.Errorf("%q is %q, not %q", typed, got, want)
		}
	}
	for typed, want := range map[string]string{"4821 9930": "48219930", "٤٨٢١-٩٩٣٠": "48219930", "abc": ""} {
		if got := signin.PlainDigits(typed); got != want {
			t.Errorf("%q is %q, not %q", typed, got, want)
		}
	}
}

func TestAPINThatOthersTryFirstIsRefused(t *testing.T) {
	for pin, field := range map[string]string{"735104": "", "194207": "", "73510": "pin", "7351047351047": "pin", "111111": "pin", "123456": "pin", "987654": "pin", "121212": "pin", "123123": "pin", "890123": "pin"} {
		faults := fault.Fields(signin.CheckPIN(pin, pin))
		if got := len(faults) > 0; got != (field != "") || got && faults[0].Field != field {
			t.Errorf("%s: %v", pin, faults)
		}
	}
	if faults := fault.Fields(signin.CheckPIN("735104", "735105")); len(faults) != 1 || faults[0].Field != "again" {
		t.Errorf("typed in two ways: %v", faults)
	}
}

func TestTheWaitGrowsToADay(t *testing.T) {
	for tries, want := range map[int]time.Duration{1: 0, 4: 0, 5: 15 * time.Minute, 6: 30 * time.Minute, 8: 2 * time.Hour, 11: 16 * time.Hour, 12: 24 * time.Hour, 10_000: 24 * time.Hour} {
		if got := signin.WaitAfter(tries); got != want {
			t.Errorf("after %d: %v, not %v", tries, got, want)
		}
	}
}
