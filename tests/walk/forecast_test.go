package walk

import (
	"net/url"
	"strings"
	"testing"
)

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
