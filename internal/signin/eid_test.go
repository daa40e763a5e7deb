package signin_test

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"sluss/internal/fault"
	"sluss/internal/oidc"
	"sluss/internal/oidc/oidctest"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// Numbers that nobody has, and what the claims of the Swedish profile begin with.
var (
	theirs, others = testnumbers.All()[300], testnumbers.All()[301]
	coordination   = testnumbers.All()[slices.IndexFunc(testnumbers.All(), func(n string) bool { return n[6] >= '6' })]
)

const claim = "https://id.oidc.se/claim/"

// byEID is a desk with a broker, and somebody in the queue whose number is known.
type byEID struct {
	*letters
	from   *oidctest.Provider
	claims map[string]any
}

func eachEID(t *testing.T, number string, f func(x *byEID)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := &byEID{letters: lettersIn(t, s), from: oidctest.New(t), claims: map[string]any{}}
		_, x.who = x.w.Queued(t, "karin", "Rut", "Ek", number)
		x.from.Now = func() time.Time { return x.now }
		x.from.Change = func(token *oidctest.Token) {
			for name, v := range x.claims {
				token.Claims[claim+name] = v
			}
		}
		x.EIDs = []signin.EID{{Area: x.w.Place.Area, Way: "bankid", Name: "BankID", Provider: oidc.New(oidc.Config{Issuer: x.from.URL, ClientID: oidctest.Client,
			Secret: oidctest.Secret, AMR: []string{"mfa"}, Redirect: "http://localhost:8080" + signin.OwnBack, Number: true}, x.Clock)}}
		f(x)
	})
}

// come goes off to the broker and comes back.
func (x *byEID) come(shared bool) (cookie string, query url.Values) {
	x.t.Helper()
	address, cookie, err := x.AskEID(x.t.Context(), "bankid", shared)
	if err != nil {
		x.t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		x.t.Fatal(err)
	}
	return cookie, x.from.Come(u.Query())
}

// enter signs in with what the broker tells, and says whether it was as the person.
func (x *byEID) enter(claims map[string]any) (bool, error) {
	x.t.Helper()
	x.claims = claims
	cookie, query := x.come(false)
	session, err := x.BackEID(x.t.Context(), cookie, query, "sv")
	return err == nil && x.in(session), err
}

func TestAnEIdentificationLetsInWhoseNumberItIsAndNobodyElse(t *testing.T) {
	eachEID(t, theirs, func(x *byEID) {
		t := x.t
		if in, err := x.enter(map[string]any{"personalIdentityNumber": theirs}); !in || err != nil {
			t.Fatalf("with the number: %v", err)
		}
		for name, claims := range map[string]map[string]any{
			"another's number": {"personalIdentityNumber": others},
			"half a number":    {"personalIdentityNumber": theirs[2:8]},
			"words":            {"personalIdentityNumber": "rut"},
		} {
			if _, err := x.enter(claims); err != signin.ErrEIDNobody {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, claims := range map[string]map[string]any{
			"no number":                     {},
			"only the one before":           {"previousCoordinationNumber": theirs},
			"a coordination number, unsure": {"coordinationNumber": theirs, "coordinationNumberLevel": "probable"},
		} {
			if _, err := x.enter(claims); err != signin.ErrEIDNo {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestWhoHadACoordinationNumberIsFoundByItWhenTheyHaveGotAnother(t *testing.T) {
	eachEID(t, coordination, func(x *byEID) {
		t := x.t
		if in, err := x.enter(map[string]any{"coordinationNumber": coordination, "coordinationNumberLevel": "confirmed"}); !in || err != nil {
			t.Fatalf("with the coordination number: %v", err)
		}
		if in, err := x.enter(map[string]any{"personalIdentityNumber": theirs, "previousCoordinationNumber": coordination}); !in || err != nil {
			t.Errorf("with a personal number since: %v", err)
		}
		_, x.who = x.w.Queued(t, "karin", "Rut", "Ny", theirs)
		if in, err := x.enter(map[string]any{"personalIdentityNumber": theirs, "previousCoordinationNumber": coordination}); !in || err != nil {
			t.Errorf("a record with the number they have now goes before: %v", err)
		}
	})
}

func TestAnAnswerFromABrokerIsTakenOnceInTheBrowserThatAsked(t *testing.T) {
	eachEID(t, theirs, func(x *byEID) {
		t, ctx := x.t, x.t.Context()
		x.claims = map[string]any{"personalIdentityNumber": theirs}
		_, query := x.come(true)
		other, _ := x.come(true)
		if _, err := x.BackEID(ctx, other, query, "sv"); err != signin.ErrEIDNo {
			t.Errorf("in another browser: %v", err)
		}
		if _, err := x.BackEID(ctx, "", query, "sv"); err != signin.ErrEIDNo {
			t.Errorf("without what the browser kept: %v", err)
		}
		cookie, query := x.come(true)
		session, err := x.BackEID(ctx, cookie, query, "sv")
		if err != nil {
			t.Fatal(err)
		}
		if _, s, err := x.FindOwn(ctx, session, "test"); err != nil || !s.Shared() || !s.Sure {
			t.Errorf("a session on a computer that others use: %+v (%v)", s, err)
		}
		if _, err := x.BackEID(ctx, cookie, query, "sv"); err != signin.ErrEIDNo {
			t.Errorf("the same answer again: %v", err)
		}
		if _, _, err := x.AskEID(ctx, "freja", false); !fault.Is(err, fault.NotFound) {
			t.Errorf("a way that there is not: %v", err)
		}
		x.from.Close()
		x.now = x.now.Add(2 * time.Hour)
		if _, _, err := x.AskEID(ctx, "bankid", false); err != signin.ErrEIDDown {
			t.Errorf("a broker that is down: %v", err)
		}
	})
}
