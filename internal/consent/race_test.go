package consent_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/consent"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// read is one request of an officer: enter, read, have it logged. It tells what may then be shown.
func (x *table) read(log *audit.Log) (access.Category, error) {
	ctx := x.t.Context()
	var actor *access.Actor
	err := x.Store().Read(ctx, func(tx *store.Tx) error {
		keys, err := x.Vault.Area(ctx, tx, x.Place.Area)
		if err != nil {
			return err
		}
		actor, err = access.Enter(ctx, tx, keys, x.Place.Area, x.Place.Posts["amina"], x.Now(), "test")
		return err
	})
	if err != nil {
		return 0, err
	}
	actor.Declare(access.Everything, access.Read)
	var all access.Category
	err = x.Store().Read(ctx, func(tx *store.Tx) error {
		list, rest, err := consent.Parts(ctx, tx, actor, x.who)
		all = rest
		for _, p := range list {
			all |= p.Category
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	epoch, list := actor.Shown()
	return all, log.Append(ctx, x.Place.Area, epoch, list)
}

// TestAWithdrawalRacingManyReadersIsLastInTheLog lets 64 read while the person takes the yes back: what is asked after the
// withdrawal was answered is answered by nothing, and in the log nothing shown by the yes stands after it.
func TestAWithdrawalRacingManyReadersIsLastInTheLog(t *testing.T) {
	races := 50
	if os.Getenv("SLUSS_PROVE") != "" {
		races = 1000
	}
	s := storetest.Open(t, storetest.SQLite(t))
	x := sit(t, s)
	log, karin, yes := audit.NewLog(t.Context(), s), x.Actor(t, "karin"), x.yes()
	yes.Wish = true
	var shown, refused atomic.Int64
	for race := range races {
		must(t, x.Answer(t.Context(), karin, x.who, yes))
		var gone atomic.Bool
		var all sync.WaitGroup
		for range 64 {
			all.Go(func() {
				time.Sleep(rand.N(3 * time.Millisecond))
				after := gone.Load()
				parts, err := x.read(log)
				switch {
				case err == nil && after:
					t.Errorf("race %d: asked after the withdrawal was answered, and shown %s", race, parts)
				case err == nil:
					shown.Add(1)
				case errors.Is(err, audit.ErrEpoch) || fault.Is(err, fault.NotFound):
					refused.Add(1)
				default:
					t.Errorf("race %d: %v", race, err)
				}
			})
		}
		time.Sleep(rand.N(2 * time.Millisecond))
		must(t, x.Withdraw(t.Context(), karin, x.who, yes.Zone, false))
		gone.Store(true)
		all.Wait()
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			epoch, _, err := audit.Epoch(t.Context(), tx, x.Place.Area)
			if err != nil {
				return err
			}
			var late int
			err = tx.One(t.Context(), store.Q(`SELECT count(*) FROM disclosure WHERE area_id = $1 AND ground = $2 AND epoch >= $3`),
				[]any{x.Place.Area, int(access.ByConsent), epoch}, &late)
			if late > 0 {
				t.Errorf("race %d: %d disclosures by the yes stand after it was taken back", race, late)
			}
			return err
		}))
	}
	if shown.Load() == 0 || refused.Load() == 0 {
		t.Errorf("%d were shown and %d refused: there was no race", shown.Load(), refused.Load())
	}
	t.Logf("%d races: %d shown, %d refused", races, shown.Load(), refused.Load())
}
