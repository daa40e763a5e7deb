package walk

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"sort"
	"strings"
	"testing"

	"sluss/internal/store"
)

func hashOf(t *testing.T, cookie string) []byte {
	t.Helper()
	_, token, _ := strings.Cut(cookie, ".")
	b, err := base64.RawURLEncoding.DecodeString(token)
	must(t, err)
	h := sha256.Sum256(b)
	return h[:]
}

// quiet are the tables that a mere look may write: who looked, also at which version of how one works, that a session is in use, and
// what came too late for one, which is saved nowhere else.
var quiet = map[string]bool{"session": true, "typed": true, "practice_seen": true, "disclosure": true, "disclosure_person": true, "submission": true}

// digest sums up every row of every table that only a change may touch, table by table.
func (s *site) digest(t *testing.T) map[string]string {
	t.Helper()
	m := map[string]string{}
	must(t, s.Store.Read(t.Context(), func(tx *store.Tx) error {
		for name, q := range everything {
			if quiet[name] {
				continue
			}
			sum, err := rowsOf(t, tx, q)
			if err != nil {
				return err
			}
			m[name] = sum
		}
		return nil
	}))
	return m
}

// rowsOf is the number of rows and a hash of them in any order.
func rowsOf(t *testing.T, tx *store.Tx, q store.SQL) (string, error) {
	list, err := store.All(t.Context(), tx, q, nil, func(r *store.Cursor) (string, error) {
		names, err := r.Columns()
		if err != nil {
			return "", err
		}
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(any)
		}
		if err := r.Scan(values...); err != nil {
			return "", err
		}
		var b strings.Builder
		for _, v := range values {
			fmt.Fprintf(&b, "%v|", *v.(*any))
		}
		return b.String(), nil
	})
	sort.Strings(list)
	return fmt.Sprintf("%d rows %x", len(list), sha256.Sum256([]byte(strings.Join(list, "\n")))), err
}

func differ(a, b map[string]string) []string {
	var list []string
	for k := range a {
		if a[k] != b[k] {
			list = append(list, k)
		}
	}
	sort.Strings(list)
	return list
}

// everything reads each table whole.
var everything = map[string]store.SQL{
	"consent":               store.Q(`SELECT * FROM consent`),
	"consent_asked":         store.Q(`SELECT * FROM consent_asked`),
	"forecast_scenario":     store.Q(`SELECT * FROM forecast_scenario`),
	"forecast_shown":        store.Q(`SELECT * FROM forecast_shown`),
	"protection":            store.Q(`SELECT * FROM protection`),
	"legal_ground":          store.Q(`SELECT * FROM legal_ground`),
	"zone":                  store.Q(`SELECT * FROM zone`),
	"barred":                store.Q(`SELECT * FROM barred`),
	"merged":                store.Q(`SELECT * FROM merged`),
	"conflict":              store.Q(`SELECT * FROM conflict`),
	"name_hidden":           store.Q(`SELECT * FROM name_hidden`),
	"reading_delay":         store.Q(`SELECT * FROM reading_delay`),
	"reading_question":      store.Q(`SELECT * FROM reading_question`),
	"review":                store.Q(`SELECT * FROM review`),
	"glass":                 store.Q(`SELECT * FROM glass`),
	"project":               store.Q(`SELECT * FROM project`),
	"project_activity":      store.Q(`SELECT * FROM project_activity`),
	"project_keep":          store.Q(`SELECT * FROM project_keep`),
	"project_time":          store.Q(`SELECT * FROM project_time`),
	"project_decision":      store.Q(`SELECT * FROM project_decision`),
	"weeding":               store.Q(`SELECT * FROM weeding`),
	"weeding_round":         store.Q(`SELECT * FROM weeding_round`),
	"log_round":             store.Q(`SELECT * FROM log_round`),
	"log_reading":           store.Q(`SELECT * FROM log_reading`),
	"witness":               store.Q(`SELECT * FROM witness`),
	"intray_row":            store.Q(`SELECT * FROM intray_row`),
	"intray_mark":           store.Q(`SELECT * FROM intray_mark`),
	"intray_count":          store.Q(`SELECT * FROM intray_count`),
	"intray_columns":        store.Q(`SELECT * FROM intray_columns`),
	"intray":                store.Q(`SELECT * FROM intray`),
	"method":                store.Q(`SELECT * FROM method`),
	"competence":            store.Q(`SELECT * FROM competence`),
	"training":              store.Q(`SELECT * FROM training`),
	"activity":              store.Q(`SELECT * FROM activity`),
	"activity_decision":     store.Q(`SELECT * FROM activity_decision`),
	"run":                   store.Q(`SELECT * FROM run`),
	"turn":                  store.Q(`SELECT * FROM turn`),
	"turn_pattern":          store.Q(`SELECT * FROM turn_pattern`),
	"occasion":              store.Q(`SELECT * FROM occasion`),
	"occasion_change":       store.Q(`SELECT * FROM occasion_change`),
	"occasion_notice":       store.Q(`SELECT * FROM occasion_notice`),
	"attendance":            store.Q(`SELECT * FROM attendance`),
	"attendance_word":       store.Q(`SELECT * FROM attendance_word`),
	"attendance_list":       store.Q(`SELECT * FROM attendance_list`),
	"feed":                  store.Q(`SELECT * FROM feed`),
	"trusted_link":          store.Q(`SELECT * FROM trusted_link`),
	"trusted_opening":       store.Q(`SELECT * FROM trusted_opening`),
	"statement":             store.Q(`SELECT * FROM statement`),
	"place":                 store.Q(`SELECT * FROM place`),
	"reminder":              store.Q(`SELECT * FROM reminder`),
	"reminder_choice":       store.Q(`SELECT * FROM reminder_choice`),
	"place_extent":          store.Q(`SELECT * FROM place_extent`),
	"workplace":             store.Q(`SELECT * FROM workplace`),
	"placement":             store.Q(`SELECT * FROM placement`),
	"placement_talk":        store.Q(`SELECT * FROM placement_talk`),
	"work_hours":            store.Q(`SELECT * FROM work_hours`),
	"flow_sum":              store.Q(`SELECT * FROM flow_sum`),
	"access_epoch":          store.Q(`SELECT * FROM access_epoch`),
	"agency":                store.Q(`SELECT * FROM agency`),
	"appointment":           store.Q(`SELECT * FROM appointment`),
	"area":                  store.Q(`SELECT * FROM area`),
	"area_key":              store.Q(`SELECT * FROM area_key`),
	"assignment":            store.Q(`SELECT * FROM assignment`),
	"called":                store.Q(`SELECT * FROM called`),
	"clearance":             store.Q(`SELECT * FROM clearance`),
	"closed":                store.Q(`SELECT * FROM closed`),
	"cover":                 store.Q(`SELECT * FROM cover`),
	"disclosure":            store.Q(`SELECT * FROM disclosure`),
	"disclosure_person":     store.Q(`SELECT * FROM disclosure_person`),
	"disclosure_tree":       store.Q(`SELECT * FROM disclosure_tree`),
	"disclosure_hash":       store.Q(`SELECT * FROM disclosure_hash`),
	"disclosure_checkpoint": store.Q(`SELECT * FROM disclosure_checkpoint`),
	"enrolment":             store.Q(`SELECT * FROM enrolment`),
	"exit":                  store.Q(`SELECT * FROM exit`),
	"flow_day":              store.Q(`SELECT * FROM flow_day`),
	"flow_state":            store.Q(`SELECT * FROM flow_state`),
	"followup":              store.Q(`SELECT * FROM followup`),
	"invite":                store.Q(`SELECT * FROM invite`),
	"job":                   store.Q(`SELECT * FROM job`),
	"document":              store.Q(`SELECT * FROM document`),
	"document_piece":        store.Q(`SELECT * FROM document_piece`),
	"note":                  store.Q(`SELECT * FROM note`),
	"away":                  store.Q(`SELECT * FROM away`),
	"coach_wish":            store.Q(`SELECT * FROM coach_wish`),
	"demand":                store.Q(`SELECT * FROM demand`),
	"comment":               store.Q(`SELECT * FROM comment`),
	"passkey":               store.Q(`SELECT * FROM passkey`),
	"agency_account":        store.Q(`SELECT * FROM agency_account`),
	"own_passkey":           store.Q(`SELECT * FROM own_passkey`),
	"sign_in_letter":        store.Q(`SELECT * FROM sign_in_letter`),
	"sign_in_wrong":         store.Q(`SELECT * FROM sign_in_wrong`),
	"pause":                 store.Q(`SELECT * FROM pause`),
	"person":                store.Q(`SELECT * FROM person`),
	"plan":                  store.Q(`SELECT * FROM plan`),
	"plan_agreed":           store.Q(`SELECT * FROM plan_agreed`),
	"plan_coordinated":      store.Q(`SELECT * FROM plan_coordinated`),
	"plan_goal":             store.Q(`SELECT * FROM plan_goal`),
	"plan_goal_word":        store.Q(`SELECT * FROM plan_goal_word`),
	"my_place":              store.Q(`SELECT * FROM my_place`),
	"enquiry":               store.Q(`SELECT * FROM enquiry`),
	"adaptation":            store.Q(`SELECT * FROM adaptation`),
	"plan_inventory":        store.Q(`SELECT * FROM plan_inventory`),
	"plan_measure":          store.Q(`SELECT * FROM plan_measure`),
	"plan_step":             store.Q(`SELECT * FROM plan_step`),
	"proposal":              store.Q(`SELECT * FROM proposal`),
	"plan_task":             store.Q(`SELECT * FROM plan_task`),
	"population":            store.Q(`SELECT * FROM population`),
	"post":                  store.Q(`SELECT * FROM post`),
	"referral":              store.Q(`SELECT * FROM referral`),
	"representative":        store.Q(`SELECT * FROM representative`),
	"role_right":            store.Q(`SELECT * FROM role_right`),
	"room":                  store.Q(`SELECT * FROM room`),
	"session":               store.Q(`SELECT * FROM session`),
	"live session":          store.Q(`SELECT area_id, token_hash, post_id FROM session WHERE ended_at = 9223372036854775807`),
	"setting":               store.Q(`SELECT * FROM setting`),
	"start":                 store.Q(`SELECT * FROM start`),
	"typed":                 store.Q(`SELECT * FROM typed`),
	"submission":            store.Q(`SELECT * FROM submission`),
	"thread_event":          store.Q(`SELECT * FROM thread_event`),
	"thread_stale":          store.Q(`SELECT * FROM thread_stale`),
	"tie":                   store.Q(`SELECT * FROM tie`),
	"unit":                  store.Q(`SELECT * FROM unit`),
	"unit_text":             store.Q(`SELECT * FROM unit_text`),
	"site_text":             store.Q(`SELECT * FROM site_text`),
	"visit":                 store.Q(`SELECT * FROM visit`),
	"application":           store.Q(`SELECT * FROM application`),
	"application_sent":      store.Q(`SELECT * FROM application_sent`),
	"agency_system":         store.Q(`SELECT * FROM agency_system`),
	"system_pass":           store.Q(`SELECT * FROM system_pass`),
	"sarah_report":          store.Q(`SELECT * FROM sarah_report`),
	"sarah_step":            store.Q(`SELECT * FROM sarah_step`),
	"practice_version":      store.Q(`SELECT * FROM practice_version`),
	"practice_seen":         store.Q(`SELECT * FROM practice_seen`),
	"occupation":            store.Q(`SELECT * FROM occupation`),
	"occupation_forecast":   store.Q(`SELECT * FROM occupation_forecast`),
	"occupation_edition":    store.Q(`SELECT * FROM occupation_edition`),
	"occupation_words":      store.Q(`SELECT * FROM occupation_words`),
	"course":                store.Q(`SELECT * FROM course`),
	"course_way":            store.Q(`SELECT * FROM course_way`),
	"outreach":              store.Q(`SELECT * FROM outreach`),
	"story":                 store.Q(`SELECT * FROM story`),
	"evaluation":            store.Q(`SELECT * FROM evaluation`),
	"evaluation_said":       store.Q(`SELECT * FROM evaluation_said`),
	"story_shown":           store.Q(`SELECT * FROM story_shown`),
	"course_interest":       store.Q(`SELECT * FROM course_interest`),
	"opinion":               store.Q(`SELECT * FROM opinion`),
	"worker":                store.Q(`SELECT * FROM worker`),
}
