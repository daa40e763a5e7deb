package thread_test

import (
	"os"
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/thread"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func TestThreadIsInTheOrderThingsHappened(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		who := w.Participant(t, "karin", "lena", "Samira", "Haddad")
		w.Participant(t, "karin", "lena", "Jonas", "Ek")
		w.Pass(3)
		a := w.Actor(t, "lena")
		write := func(e thread.Event) {
			t.Helper()
			if err := s.Write(t.Context(), func(tx *store.Tx) error { return thread.Write(t.Context(), tx, a.Area(), e) }); err != nil {
				t.Fatal(err)
			}
		}
		write(thread.Event{Person: who, At: a.Now(), Kind: thread.Met, Unit: a.Unit(), Post: a.Post(), Goal: 7, Ref: 9})
		write(thread.Event{Person: who, At: a.Now(), On: a.Today().Add(-30), Kind: thread.NoteSigned, Code: "phone", Unit: a.Unit()})
		write(thread.Event{Person: who, At: a.Now(), Kind: thread.Met, Unit: w.Place.Units["Ungdomsslussen"]})
		list, err := of(t, s, w, "lena", who)
		if err != nil {
			t.Fatal(err)
		}
		first, last := list[0], list[len(list)-1]
		if first.Kind != thread.NoteSigned || first.Code != "phone" || last.Kind != thread.Met || last.Goal != 7 || last.Ref != 9 || last.Post != a.Post() || last.On != a.Today() {
			t.Errorf("first %+v\nlast %+v", first, last)
		}
		for i := range list {
			if list[i].Person != who || list[i].Unit != a.Unit() || i > 0 && list[i].On < list[i-1].On {
				t.Errorf("%d: %+v", i, list[i])
			}
		}
		if _, err := of(t, s, w, "petra", who); !fault.Is(err, fault.NotFound) {
			t.Error("another unit reads it:", err)
		}
	})
}

func of(t *testing.T, s *store.Store, w *demotest.World, key string, who id.Person) (list []thread.Event, err error) {
	a := w.Actor(t, key)
	err = s.Read(t.Context(), func(tx *store.Tx) error {
		x, err := access.Open(t.Context(), tx, a, who, access.Thread, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		list, err = thread.Of(t.Context(), tx, a, x)
		return err
	})
	return list, err
}
