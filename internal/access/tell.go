package access

// Unshielded is the condition that person p of the area $1 is not protected, nor the same as somebody who is. Only of such a person may
// anything be told outside, also with their own yes.
const Unshielded = `p.protected = 0
  AND NOT EXISTS (SELECT 1 FROM merged m JOIN person q ON q.area_id = m.area_id AND q.person_id = m.other_id
   WHERE m.area_id = $1 AND m.person_id = p.person_id AND q.protected <> 0)`
