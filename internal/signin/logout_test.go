package signin_test

import (
	"net/http"
	"testing"

	"sluss/internal/fault"
)

func TestWhoSignsOutAtTheAgencyIsSignedOutHere(t *testing.T) {
	eachAgency(t, func(x *byAgency) {
		t := x.t
		if _, err := x.enter(x.invited(x.lena)); err != nil {
			t.Fatal(err)
		}
		begin := func(worker string) string {
			return must[string](t)(x.Begin(t.Context(), x.w.Place.Area, x.w.Place.Posts[worker], "sv"))
		}
		in := func(cookie string) bool {
			_, _, err := x.Find(t.Context(), cookie, "test")
			return err == nil
		}
		lena, karin := begin("lena"), begin("karin")
		x.from.Subject = "somebody else"
		if err := x.LoggedOut(t.Context(), x.from.Logout(nil)); err != nil || !in(lena) {
			t.Errorf("an account of nobody signs out: Lena is in %v, %v", in(lena), err)
		}
		x.from.Subject = "anna"
		told := x.from.Logout(nil)
		if err := x.LoggedOut(t.Context(), told); err != nil || in(lena) || !in(karin) {
			t.Errorf("Lena signs out at the agency: she is in %v, Karin %v, %v", in(lena), in(karin), err)
		}
		again := begin("lena")
		for name, token := range map[string]string{"said before": told, "no token": "x", "nothing": ""} {
			if err := x.LoggedOut(t.Context(), token); !fault.Is(err, fault.Forbidden) || !in(again) {
				t.Errorf("%s: Lena is in %v, %v", name, in(again), err)
			}
		}
	})
}

func TestAProviderThatCannotBeAskedIsToldToTryAgain(t *testing.T) {
	eachAgency(t, func(x *byAgency) {
		told := x.from.Logout(nil)
		x.from.Config.Handler = http.NotFoundHandler()
		if err := x.LoggedOut(x.t.Context(), told); !fault.Is(err, fault.Unavailable) {
			x.t.Error(err)
		}
	})
}
