package referral_test

import (
	"os"
	"testing"

	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func TestRedirectSaysWhatIsMissingAtItsOwnField(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		r, who := w.Queued(t, "karin", "Roger", "Lindfors", "")
		err := (&referral.Desk{Store: s}).Redirect(t.Context(), w.Actor(t, "karin"), who, r, 1, " ", true)
		if f := fault.Fields(err); len(f) != 1 || f[0].Field != "redirect" {
			t.Errorf("got %v, want one fault at redirect: the field to is that of the form for moving", err)
		}
	})
}
