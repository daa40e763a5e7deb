package access

// The rule, one SQL text for lists and for single checks, on both databases.
//
// Its parameters are fixed: $1 area, $2 post, $3 now (ms), $4 today, $5 categories, $6 action; a noun's own begin at
// $7. The person's row is p. Prohibitions come first and no ground lifts them. Spans are half open, and what ended at
// an instant is ended at that instant.

// livePost gives the unit of the acting post when the post is live and its role has the right. It says nothing about
// any person, so a database works it out once for a statement.
const livePost = `(SELECT o.unit_id FROM post o
   JOIN role_right r ON r.role = o.role AND r.action = $6 AND (r.categories & $5) = $5
  WHERE o.area_id = $1 AND o.post_id = $2 AND o.from_on <= $4 AND o.to_on > $4 AND o.ended_at > $3)`

// headOf gives the unit the acting post leads, if it is live.
const headOf = `(SELECT o.unit_id FROM post o
  WHERE o.area_id = $1 AND o.post_id = $2 AND o.role = 3 AND o.from_on <= $4 AND o.to_on > $4 AND o.ended_at > $3)`

// atUnit: the person is the concern of the unit today.
const atUnit = `(SELECT 1 FROM tie t
  WHERE t.area_id = $1 AND t.person_id = p.person_id AND t.unit_id = ` + livePost + `
    AND t.from_on <= $4 AND t.to_on > $4 AND t.ended_at > $3 LIMIT 1)`

// byCover: the person's coach has lent the caseload to the acting post today. What is lent does not outlive the right to
// lend: it ends with the lender's own post.
const byCover = `(SELECT 1 FROM cover c
   JOIN assignment a ON a.area_id = c.area_id AND a.post_id = c.post_id AND a.person_id = p.person_id
    AND a.from_on <= $4 AND a.to_on > $4 AND a.ended_at > $3
   JOIN post l ON l.area_id = c.area_id AND l.post_id = c.post_id AND l.from_on <= $4 AND l.to_on > $4 AND l.ended_at > $3
  WHERE c.area_id = $1 AND c.to_post_id = $2 AND c.from_on <= $4 AND c.to_on > $4 AND c.ended_at > $3
    AND ` + livePost + ` IS NOT NULL LIMIT 1)`

// asHead: the person has been the concern of the unit that the acting post leads; reading only. A tie that was taken
// back before its first day never was a concern.
const asHead = `(SELECT 1 FROM tie t
  WHERE t.area_id = $1 AND t.person_id = p.person_id AND t.unit_id = ` + headOf + ` AND t.from_on <= $4
    AND t.to_on > t.from_on AND $6 = 1 LIMIT 1)`

// ground is the code of the ground, 0 for none.
const ground = `CASE WHEN ` + atUnit + ` = 1 THEN 1 WHEN ` + byCover + ` = 1 THEN 2 WHEN ` + asHead + ` = 1 THEN 3 ELSE 0 END`

// allowed: no prohibition holds. The record is not destroyed; a protected person only for those named; nobody their own.
const allowed = `p.area_id = $1 AND p.weeded_at = 0
  AND (p.protected = 0 OR (SELECT 1 FROM clearance k
       WHERE k.area_id = $1 AND k.person_id = p.person_id AND k.post_id = $2
         AND k.from_on <= $4 AND k.to_on > $4 AND k.ended_at > $3 LIMIT 1) = 1)
  AND (p.number_index IS NULL OR p.number_index NOT IN (SELECT w.own_index FROM post o
         JOIN worker w ON w.area_id = o.area_id AND w.worker_id = o.worker_id
        WHERE o.area_id = $1 AND o.post_id = $2 AND w.own_index IS NOT NULL))`

// Visible is the rule as a condition on p, for a noun's own list.
const Visible = allowed + ` AND ` + ground + ` > 0`

// Columns are what a noun's list must select first, in this order; Scope.Row scans them.
const Columns = `p.person_id, p.alias, p.key_wrapped, ` + ground
