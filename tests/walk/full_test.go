package walk

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sluss/internal/demo/demotest"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/web"
)

// smallDisk is a folder with so much room, or skips the test where the machine mounts nothing.
func smallDisk(t *testing.T, room string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "disk")
	must(t, os.Mkdir(dir, 0o700))
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+room, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no disk is filled: this machine mounts no tmpfs: %v %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	return dir
}

// fill takes all room that is left in a folder.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "filler"))
	must(t, err)
	for size := 1 << 20; size > 0; size /= 2 {
		for b := make([]byte, size); err == nil; {
			_, err = f.Write(b)
		}
		err = nil
	}
	return func() {
		must(t, f.Close())
		must(t, os.Remove(f.Name()))
	}
}

// ownPath is the address of a route for somebody; "" when the route is about something that they have not.
func ownPath(p *soul, r web.Route) string {
	whole := true
	path := param.ReplaceAllStringFunc(strings.TrimSuffix(r.Pattern, "{$}"), func(m string) string {
		v := p.ids[m[1:len(m)-1]]
		whole = whole && v != ""
		return v
	})
	if !whole {
		return ""
	}
	return path
}

// TestAFullDiskShowsNobodyAndSaysWhatToDoAndAllWorksAgainWithRoom: the disk of the database is really full. PostgreSQL's own full
// disk stops the server; what it then answers is in TestAFullDiskIsToldApartOnBothEngines of the store.
func TestAFullDiskShowsNobodyAndSaysWhatToDoAndAllWorksAgainWithRoom(t *testing.T) {
	dir := smallDisk(t, "96m")
	made, err := os.ReadFile(storetest.SQLite(t))
	must(t, err)
	path := filepath.Join(dir, "sluss.db")
	must(t, os.WriteFile(path, made, 0o600))
	db := storetest.Open(t, path)
	s := newSite(t, demotest.New(t, db))
	s.populate(t)
	p := s.people["active"]
	karin, me := s.enter(t, "karin"), s.themself(t, "active")
	by := func(r web.Route) *visitor {
		if r.Needs.Audience == web.Own {
			return me
		}
		return karin
	}
	var routes []web.Route
	shown := map[string]bool{} // what shows the person while there is room
	for _, r := range s.routes {
		if to := ownPath(p, r); r.Method == "GET" && to != "" {
			routes = append(routes, r)
			shown[to] = slices.Contains(s.shown(by(r).get(to)), p)
		}
	}
	forms := oneOfEach(s.harvest(t, karin))
	// A file of changes that has been larger has room in itself: the program is begun anew, with none.
	must(t, db.Close())
	again := newSite(t, s.World.On(storetest.Open(t, path)))
	again.people = s.people
	s, karin.site, me.site = again, again, again
	before := s.digest(t)
	free := fill(t, dir)

	refused := 0
	for _, r := range routes {
		to := ownPath(p, r)
		res := by(r).get(to)
		if who := s.shown(res); len(who) > 0 {
			t.Errorf("on a full disk %s shows %s", to, who[0].key)
		}
		if shown[to] && (res.Code != 503 || !strings.Contains(res.Body.String(), phone)) || res.Code >= 500 && res.Code != 503 {
			t.Errorf("on a full disk %s answers %d: %s", to, res.Code, logged.failed())
		}
		if res.Code == 503 {
			refused++
		}
	}
	for _, f := range forms {
		if signing(f.route) {
			continue
		}
		if res := karin.post(f.action, f.fields); res.Code >= 500 && (res.Code != 503 || !strings.Contains(res.Body.String(), phone)) {
			t.Errorf("on a full disk the form to %s answers %d: %s", f.route.Pattern, res.Code, logged.failed())
		} else if res.Code == 503 {
			refused++
		}
	}
	if refused < 60 {
		t.Errorf("only %d were refused", refused)
	}
	free()
	if list := differ(before, s.digest(t)); len(list) > 0 {
		t.Errorf("on a full disk these were changed: %v", list)
	}
	for _, r := range routes {
		to := ownPath(p, r)
		s.disclosedBy(t)
		res := by(r).get(to)
		if is := slices.Contains(s.shown(res), p); is != shown[to] || res.Code >= 500 {
			t.Errorf("with room again %s answers %d, and shows the person: %v", to, res.Code, is)
		} else if is && s.disclosedBy(t) == 0 {
			t.Errorf("with room again %s shows the person without a row in the log", to)
		}
	}
	if res := karin.post("/arbete/sok", url.Values{"q": {p.word}}); !slices.Contains(s.shown(res), p) {
		t.Errorf("with room again the search answers %d", res.Code)
	}
}

// disclosedBy is how many rows the log has got since it was asked last.
func (s *site) disclosedBy(t *testing.T) (n int) {
	t.Helper()
	must(t, s.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT count(*) FROM disclosure WHERE area_id = $1`), []any{s.Place.Area}, &n)
	}))
	n, s.rows = n-s.rows, n
	return n
}
