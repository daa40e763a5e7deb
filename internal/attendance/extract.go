package attendance

import "sluss/internal/store"

// Kept and Heard read all that is kept about one person, $2 of the area $1, for the extract that they ask for: facts with their
// corrections, and words with those taken back.
var (
	Kept = store.Q(`SELECT o.activity_id AS activity, o.on_date AS day, o.at AS hour, a.mark, a.post_id, a.at
	  FROM attendance a JOIN occasion o ON o.area_id = a.area_id AND o.occasion_id = a.occasion_id WHERE a.area_id = $1 AND a.person_id = $2 ORDER BY o.on_date, o.at, a.version`)
	Heard = store.Q(`SELECT w.word_id, o.activity_id AS activity, o.on_date AS day, w.sealed, w.ahead, w.paper, w.stands, w.post_id, w.at
	  FROM attendance_word w JOIN occasion o ON o.area_id = w.area_id AND o.occasion_id = w.occasion_id WHERE w.area_id = $1 AND w.person_id = $2 ORDER BY w.word_id`)
)
