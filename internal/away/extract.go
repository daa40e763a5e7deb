package away

import "sluss/internal/store"

// Kept reads all that is kept about one person, $2 of the area $1, for the extract that they ask for: also what was taken back.
var Kept = store.Q(`SELECT away_id, kind, on_date, begins, sealed, paper, at, post_id, taken_at, read_at, read_post_id FROM away
  WHERE area_id = $1 AND person_id = $2 ORDER BY away_id`)
