package walk

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// sender is a system of another agency that calls a program over its network.
type sender struct {
	secret  signin.Secret
	address string
	pass    string
	http    http.Client
}

var (
	unitOption = regexp.MustCompile(`<option value="([^"]+)"[^>]*>\s*Ekonomiskt bistånd`)
	shownCode  = regexp.MustCompile(`<code dir="ltr">([^<]+)</code>`)
)

// newSender lets the head make a system, whose secret is shown once.
func newSender(t *testing.T, address string) *sender {
	t.Helper()
	c := browser(t, address, "omar")
	page, err := fetch(c, address+"/arbete/verksamheten/system")
	must(t, err)
	unit := unitOption.FindStringSubmatch(page)
	if unit == nil {
		t.Fatalf("no unit to choose: %s", page)
	}
	res, err := c.PostForm(address+"/arbete/verksamheten/system", url.Values{"_token": {tokenIn(page)}, "name": {"Stödet"}, "unit": {unit[1]}, "scope": signin.Scopes})
	must(t, err)
	made := body(t, res)
	code := shownCode.FindAllStringSubmatch(made, -1)
	if len(code) < 2 {
		t.Fatalf("no secret is shown: %s", made)
	}
	return &sender{secret: signin.Secret{Client: html.UnescapeString(code[0][1]), Secret: html.UnescapeString(code[1][1])}}
}

func body(t *testing.T, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	must(t, err)
	return string(b)
}

// at calls the program at its new address, with a new pass.
func (x *sender) at(t *testing.T, address string) {
	t.Helper()
	x.address = address
	res, err := x.http.PostForm(address+"/api/v1/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {x.secret.Client}, "client_secret": {x.secret.Secret}})
	must(t, err)
	var got struct {
		Pass string `json:"access_token"`
	}
	must(t, json.Unmarshal([]byte(body(t, res)), &got))
	x.pass = got.Pass
}

// refer sends a referral under a key and gives its id, "" when nothing was answered.
func (x *sender) refer(key string) string {
	r, err := http.NewRequest("POST", x.address+"/api/v1/referrals", strings.NewReader(referredBody("why", fmt.Sprintf("%q", key))))
	if err != nil {
		return ""
	}
	for k, v := range map[string]string{"Authorization": "Bearer " + x.pass, "Idempotency-Key": key, "Content-Type": "application/json"} {
		r.Header.Set(k, v)
	}
	res, err := x.http.Do(r)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	var got struct {
		ID string `json:"id"`
	}
	if res.StatusCode != http.StatusCreated || json.NewDecoder(res.Body).Decode(&got) != nil {
		return ""
	}
	return got.ID
}

// TestAReferralSentIsThereWholeOrNotAtAllOverKills: what was answered is there under the same id, and what was not is sent again and
// is then there once.
func TestAReferralSentIsThereWholeOrNotAtAllOverKills(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole program is not started with -short")
	}
	db, lives, atOnce := filepath.Join(t.TempDir(), "sent.db"), 3, 6
	if prove {
		lives = 18 // as many as may be sent again within a minute
	}
	address, kill := run(t, db)
	x := newSender(t, address)
	x.at(t, address)
	var mu sync.Mutex
	told, sent := map[string]string{}, 0
	for i := range lives {
		var all sync.WaitGroup
		dies, answers := sync.OnceFunc(kill), 0
		for n := range atOnce {
			sent++
			key := fmt.Sprint(i, " ", n)
			all.Go(func() {
				id := x.refer(key)
				mu.Lock()
				if id != "" {
					told[key], answers = id, answers+1
				}
				enough := answers > i%atOnce
				mu.Unlock()
				if enough {
					dies() // while the others are under way
				}
			})
		}
		all.Wait()
		dies()
		address, kill = run(t, db)
		x.at(t, address)
	}
	ids := map[string]bool{}
	for i := range lives {
		for n := range atOnce {
			key := fmt.Sprint(i, " ", n)
			id := x.refer(key)
			if id == "" || told[key] != "" && told[key] != id {
				t.Errorf("%s was answered with %q, and again with %q", key, told[key], id)
			}
			ids[id] = true
		}
	}
	kill()
	var whole, parts int
	must(t, storetest.Open(t, db).Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT (SELECT count(*) FROM application a JOIN application_sent s ON s.area_id = a.area_id AND s.application_id = a.application_id
		   WHERE a.area_id > 0 AND a.kind = 'sent'), (SELECT count(*) FROM application a WHERE a.area_id > 0 AND a.kind = 'sent') + (SELECT count(*) FROM application_sent s WHERE s.area_id > 0)`), nil, &whole, &parts)
	}))
	if len(told) < lives {
		t.Errorf("only %d of %d were answered before the kills", len(told), sent)
	}
	if len(ids) != sent || whole != sent || parts != 2*sent {
		t.Errorf("of %d referrals there are %d by their ids, %d whole, and %d rows", sent, len(ids), whole, parts)
	}
}
