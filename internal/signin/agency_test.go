package signin_test

import (
	"net/url"
	"sync"
	"testing"
	"time"

	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/oidc"
	"sluss/internal/oidc/oidctest"
	"sluss/internal/org"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// byAgency is a desk with the municipality's provider.
type byAgency struct {
	*letters
	lena   id.Worker
	agency id.Agency
	from   *oidctest.Provider
}

func eachAgency(t *testing.T, f func(x *byAgency)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := &byAgency{letters: lettersIn(t, s), from: oidctest.New(t)}
		x.from.Now = func() time.Time { return x.now }
		x.agency = x.w.Place.Agencies[org.KindMunicipality]
		read(t, s, func(tx *store.Tx) (err error) {
			x.lena, err = signin.WorkerOf(t.Context(), tx, x.w.Actor(t, "lena"))
			return err
		})
		x.Providers = []signin.Provider{{Area: x.w.Place.Area, Agency: x.agency, Name: "Ekhamra kommun", Provider: oidc.New(oidc.Config{Issuer: x.from.URL,
			ClientID: oidctest.Client, Secret: oidctest.Secret, AMR: []string{"mfa"}, Redirect: "http://localhost:8080" + signin.AgencyBack}, x.Clock)}}
		f(x)
	})
}

// come goes off to the provider and comes back, with an invitation or without.
func (x *byAgency) come(v signin.Invited) (cookie string, query url.Values) {
	x.t.Helper()
	address, cookie, err := x.AskAgency(x.t.Context(), x.agency, v)
	if err != nil {
		x.t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		x.t.Fatal(err)
	}
	return cookie, x.from.Come(u.Query())
}

func (x *byAgency) invited(worker id.Worker) signin.Invited {
	x.t.Helper()
	return must[signin.Invited](x.t)(x.Invited(x.t.Context(), invited(x.t, x.w, x.Desk, worker)))
}

// enter signs in and gives who is in.
func (x *byAgency) enter(v signin.Invited) (who id.Post, err error) {
	x.t.Helper()
	cookie, query := x.come(v)
	session, _, err := x.Back(x.t.Context(), cookie, query, "sv")
	if err != nil {
		return 0, err
	}
	a, _, err := x.Find(x.t.Context(), session, "test")
	if err != nil {
		x.t.Fatal(err)
	}
	return a.Post(), nil
}

func TestAnAccountIsTiedByAnInvitationAndThenLetsIn(t *testing.T) {
	eachAgency(t, func(x *byAgency) {
		t, lena := x.t, x.w.Place.Posts["lena"]
		if _, err := x.enter(signin.Invited{}); err != signin.ErrNobody {
			t.Errorf("an account of nobody: %v", err)
		}
		v := x.invited(x.lena)
		if who, err := x.enter(v); err != nil || who != lena {
			t.Fatalf("by an invitation: %v (%v)", who, err)
		}
		if who, err := x.enter(signin.Invited{}); err != nil || who != lena {
			t.Errorf("the next time: %v (%v)", who, err)
		}
		if _, err := x.enter(v); err != signin.ErrInvite {
			t.Errorf("the invitation again: %v", err)
		}
		x.from.Subject = "lena.bergvall@ekhamra.se"
		if _, err := x.enter(signin.Invited{}); err != signin.ErrNobody {
			t.Errorf("an account with Lena's own address: %v", err)
		}
	})
}

func TestAnAccountIsOneWorkersUntilTheirWayInEnds(t *testing.T) {
	eachAgency(t, func(x *byAgency) {
		t := x.t
		var karin id.Worker
		read(t, x.Store, func(tx *store.Tx) (err error) {
			karin, err = signin.WorkerOf(t.Context(), tx, x.w.Actor(t, "karin"))
			return err
		})
		if _, err := x.enter(x.invited(x.lena)); err != nil {
			t.Fatal(err)
		}
		v := x.invited(karin)
		if _, err := x.enter(v); err != signin.ErrTaken {
			t.Errorf("another's account: %v", err)
		}
		if _, err := x.Invited(t.Context(), v.Token()); err != nil {
			t.Errorf("an invitation that came to nothing is used: %v", err)
		}
		write(t, x.Store, func(tx *store.Tx) error { return signin.EndWorker(t.Context(), tx, x.w.Place.Area, x.lena, x.w.Now()) })
		if _, err := x.enter(signin.Invited{}); err != signin.ErrNobody {
			t.Errorf("of one whose work has ended: %v", err)
		}
		if who, err := x.enter(v); err != nil || who != x.w.Place.Posts["karin"] {
			t.Errorf("an account that is free again: %v (%v)", who, err)
		}
		x.w.Pass(1)
		write(t, x.Store, func(tx *store.Tx) error {
			return org.EndPost(t.Context(), tx, x.w.Place.Area, x.w.Place.Posts["karin"], x.w.Now())
		})
		x.now = x.w.Now().Time()
		if _, err := x.enter(signin.Invited{}); err != signin.ErrNobody {
			t.Errorf("of one whose post has ended: %v", err)
		}
	})
}

func TestAnAgencyLetsInOnlyItsOwn(t *testing.T) {
	eachAgency(t, func(x *byAgency) {
		t := x.t
		var amina id.Worker // works at the employment service
		read(t, x.Store, func(tx *store.Tx) (err error) {
			amina, err = signin.WorkerOf(t.Context(), tx, x.w.Actor(t, "amina"))
			return err
		})
		if _, err := x.enter(x.invited(amina)); err != signin.ErrNobody {
			t.Errorf("a worker of another agency: %v", err)
		}
		if _, _, err := x.AskAgency(t.Context(), x.w.Place.Agencies[org.KindEmployment], signin.Invited{}); err != fault.Missing {
			t.Errorf("an agency without a provider: %v", err)
		}
	})
}

func TestWhatComesBackIsTakenOnceByTheBrowserThatAsked(t *testing.T) {
	eachAgency(t, func(x *byAgency) {
		t := x.t
		if _, err := x.enter(x.invited(x.lena)); err != nil {
			t.Fatal(err)
		}
		mine, query := x.come(signin.Invited{})
		other, _ := x.come(signin.Invited{})
		for name, cookie := range map[string]string{"no cookie": "", "a forged one": "AAAA", "another browser's": other} {
			if _, _, err := x.Back(t.Context(), cookie, query, "sv"); err != signin.ErrNotSure {
				t.Errorf("%s: %v", name, err)
			}
		}
		in := 0
		var all sync.WaitGroup
		var mu sync.Mutex
		for range 16 {
			all.Go(func() {
				_, _, err := x.Back(t.Context(), mine, query, "sv")
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					in++
				} else if err != signin.ErrNotSure && !fault.Is(err, fault.Unavailable) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if in != 1 {
			t.Errorf("let in %d times", in)
		}
	})
}

func TestAProviderThatIsDownIsSaidToBe(t *testing.T) {
	eachAgency(t, func(x *byAgency) {
		x.from.Close()
		if _, _, err := x.AskAgency(x.t.Context(), x.agency, signin.Invited{}); !fault.Is(err, fault.Unavailable) {
			x.t.Errorf("%v", err)
		}
	})
}
