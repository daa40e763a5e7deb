package walk

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"sluss/internal/forecast"
	"sluss/internal/store"
)

// foresee lets everybody read a forecast, written by hand: the world of the walk is too young to see ahead from.
func (s *site) foresee(t testing.TB) {
	t.Helper()
	x := forecast.Shown{On: s.Now().Date(), Months: 1, Held: 9, Told: 10, Name: "Fler starter", Now: forecast.Rough{forecast.Line: {{45, 45, 45, 45, 45}, {35, 40, 45, 50, 60}},
		forecast.Wait: {{5, 6, 7, 8, 9}, {6, 7, 8, 9, forecast.MostWait}}}}
	x.Then = x.Now
	figures, err := json.Marshal(x)
	must(t, err)
	s.write(t, func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`INSERT INTO forecast_shown (area_id, unit_id, on_date, figures, post_id, at) VALUES ($1, $2, $3, $4, $5, $6)`),
			s.Place.Area, s.Place.Units["Vuxenslussen"], string(x.On), string(figures), s.Place.Posts["omar"], int64(s.Now()))
		return err
	})
}

func TestEverybodyReadsWhatIsForeseenUntilTheHeadHidesIt(t *testing.T) {
	s := plainSite(t)
	there := func(path string) bool {
		return strings.Contains((&visitor{site: s}).get(path).Body.String(), "Fler starter")
	}
	front := func() bool {
		return strings.Contains((&visitor{site: s}).get("/v/vuxenslussen").Body.String(), "/v/vuxenslussen/framat")
	}
	if there("/v/vuxenslussen/framat") || front() {
		t.Error("it is there before it is shown")
	}
	s.foresee(t)
	if !there("/v/vuxenslussen/framat") || !front() || there("/v/ungdomsslussen/framat") {
		t.Error("it is not there when it is shown, or it is at another gateway")
	}
	for _, name := range []string{"karin", "britt"} {
		if res := s.enter(t, name).post("/arbete/flode/framat/dolj", nil); res.Code != 403 {
			t.Errorf("%s hides it: %d", name, res.Code)
		}
	}
	if res := s.enter(t, "omar").post("/arbete/flode/framat/dolj", nil); res.Code != 303 || there("/v/vuxenslussen/framat") || front() {
		t.Errorf("the head hides it with %d, and it is there", res.Code)
	}
}

func TestTheReceptionSeesTheFlowAndNobodyInIt(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		britt := s.enter(t, "britt")
		for _, page := range []string{"/arbete/flode", "/arbete/flode/framat", "/arbete/flode/spiralen"} {
			if res := britt.get(page); res.Code != 200 || strings.Contains(res.Body.String(), "/arbete/flode/lista") {
				t.Errorf("%s gives %d, or leads to a list", page, res.Code)
			}
		}
		if res := britt.get("/arbete/flode/lista?vad=ko"); res.Code == 200 {
			t.Error("the reception reads a list")
		}
	})
}

func TestAFutureThatCannotBeIsSaidAndOneIsSavedOnlyAtOnesOwnUnit(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		const page = "/arbete/flode/framat"
		omar, other := s.enter(t, "omar"), s.Place.Units["Ungdomsslussen"].String()
		if res := omar.post(page, url.Values{"do": {"count"}, "starts": {strings.Repeat("0", 300) + "3"}}); res.Code != 422 {
			t.Errorf("a number of 301 signs gives %d to %s", res.Code, res.Header().Get("Location"))
		}
		if res := omar.get(page + "?enhet=" + other); res.Code != 200 || strings.Contains(res.Body.String(), `value="save"`) {
			t.Errorf("another unit's page gives %d and asks for a name to save under", res.Code)
		}
		if res := omar.post(page, url.Values{"do": {"save"}, "name": {"Fler starter"}, "starts": {"3"}, "enhet": {other}}); res.Code != 404 {
			t.Errorf("saving at another unit gives %d", res.Code)
		}
		if res := omar.post(page, url.Values{"do": {"save"}, "name": {"Fler starter"}, "starts": {"3"}}); res.Code != 303 {
			t.Errorf("saving at one's own gives %d", res.Code)
		}
		if res := omar.get(page); !strings.Contains(res.Body.String(), "Fler starter") || !strings.Contains(res.Body.String(), page+"/glom") {
			t.Error("what was saved is not there to open and to forget")
		}
	})
}
