package access

// The rule, one SQL text for lists and for single checks, on both databases.
//
// Its parameters are fixed: $1 area, $2 post, $3 now (ms), $4 today, $5 categories, $6 action; a noun's own begin at
// $7. The person's row is p. Prohibitions come first and no ground lifts them. Spans are half open, and what ended at
// an instant is ended at that instant. What says nothing about any person a database works out once for a statement,
// and a ground is looked for only when those before it do not hold.

// desk gives the unit of the acting post when its role has the right.
const desk = `(SELECT o.unit_id FROM post o
   JOIN role_right r ON r.role = o.role AND r.action = $6 AND (r.categories & $5) = $5
  WHERE o.area_id = $1 AND o.post_id = $2)`

// zoneOf gives the secrecy zone of the acting post when its role has the right.
const zoneOf = `(SELECT u.zone_id FROM post o
   JOIN role_right r ON r.role = o.role AND r.action = $6 AND (r.categories & $5) = $5
   JOIN unit u ON u.area_id = o.area_id AND u.unit_id = o.unit_id
  WHERE o.area_id = $1 AND o.post_id = $2)`

// agencyOf gives the agency of the acting post.
const agencyOf = `(SELECT u.agency_id FROM post o
   JOIN unit u ON u.area_id = o.area_id AND u.unit_id = o.unit_id
  WHERE o.area_id = $1 AND o.post_id = $2)`

// headOf gives the unit the acting post leads.
const headOf = `(SELECT o.unit_id FROM post o WHERE o.area_id = $1 AND o.post_id = $2 AND o.role = 3)`

// weeded: the record is destroyed.
const weeded = `(p.weeded_at <> 0)`

// ended: the acting post, or its agency's part in the area, has ended or has not begun.
const ended = `((SELECT 1 FROM post o
   JOIN unit u ON u.area_id = o.area_id AND u.unit_id = o.unit_id
   JOIN agency g ON g.area_id = u.area_id AND g.agency_id = u.agency_id AND g.ended_at > $3
  WHERE o.area_id = $1 AND o.post_id = $2 AND o.from_on <= $4 AND o.to_on > $4 AND o.ended_at > $3) IS NULL)`

// barred: one of the categories is never given to the kind of agency that the acting post is at.
const barred = `((SELECT 1 FROM post o
   JOIN unit u ON u.area_id = o.area_id AND u.unit_id = o.unit_id
   JOIN agency g ON g.area_id = u.area_id AND g.agency_id = u.agency_id
   JOIN barred b ON b.area_id = g.area_id AND b.kind = g.kind AND (b.categories & $5) <> 0 AND b.from_on <= $4 AND b.to_on > $4
  WHERE o.area_id = $1 AND o.post_id = $2 LIMIT 1) IS NOT NULL)`

// shielded: the record is protected and the acting post is not among those named.
const shielded = `(p.protected <> 0 AND (SELECT 1 FROM clearance k
  WHERE k.area_id = $1 AND k.person_id = p.person_id AND k.post_id = $2
    AND k.from_on <= $4 AND k.to_on > $4 AND k.ended_at > $3 LIMIT 1) IS NULL)`

// own: it is the acting worker's own record.
const own = `((p.number_index = (SELECT w.own_index FROM post o
   JOIN worker w ON w.area_id = o.area_id AND w.worker_id = o.worker_id
  WHERE o.area_id = $1 AND o.post_id = $2)) IS TRUE)`

// partial: the acting worker has said that they know the person, or are a relative.
const partial = `((SELECT 1 FROM conflict y
  WHERE y.area_id = $1 AND y.person_id = p.person_id AND y.from_on <= $4 AND y.to_on > $4 AND y.ended_at > $3
    AND y.worker_id = (SELECT o.worker_id FROM post o WHERE o.area_id = $1 AND o.post_id = $2) LIMIT 1) IS NOT NULL)`

// atUnit: the person is the concern of the unit today.
const atUnit = `(SELECT 1 FROM tie t
  WHERE t.area_id = $1 AND t.person_id = p.person_id AND t.unit_id = ` + desk + `
    AND t.from_on <= $4 AND t.to_on > $4 AND t.ended_at > $3 LIMIT 1)`

// byCover: the person's coach has lent the caseload to the acting post today. What is lent does not outlive the right to
// lend: it ends with the lender's own post, and with the agency of it.
const byCover = `(SELECT 1 FROM cover c
   JOIN assignment a ON a.area_id = c.area_id AND a.post_id = c.post_id AND a.person_id = p.person_id
    AND a.from_on <= $4 AND a.to_on > $4 AND a.ended_at > $3
   JOIN post l ON l.area_id = c.area_id AND l.post_id = c.post_id AND l.from_on <= $4 AND l.to_on > $4 AND l.ended_at > $3
   JOIN unit h ON h.area_id = l.area_id AND h.unit_id = l.unit_id
   JOIN agency f ON f.area_id = h.area_id AND f.agency_id = h.agency_id AND f.ended_at > $3
  WHERE c.area_id = $1 AND c.to_post_id = $2 AND c.from_on <= $4 AND c.to_on > $4 AND c.ended_at > $3
    AND ` + desk + ` IS NOT NULL LIMIT 1)`

// asHead: the person has been the concern of the unit that the acting post leads; reading only. A tie that was taken
// back before its first day never was a concern.
const asHead = `(SELECT 1 FROM tie t
  WHERE t.area_id = $1 AND t.person_id = p.person_id AND t.unit_id = ` + headOf + ` AND t.from_on <= $4
    AND t.to_on > t.from_on AND $6 = 1 LIMIT 1)`

// stays: none of the categories is one that never leaves the gateway, MyPlace.
const stays = `($5 & 2048) = 0`

// byConsent: the person has said yes to the acting post's zone for all of the categories, and has not taken it back;
// reading, and writing in the plan alone (4).
const byConsent = `(SELECT 1 FROM consent s
  WHERE s.area_id = $1 AND s.person_id = p.person_id AND s.zone_id = ` + zoneOf + ` AND (s.categories & $5) = $5 AND ` + stays + `
    AND s.from_on <= $4 AND s.to_on > $4 AND s.withdrawn_at > $3 AND ($6 = 1 OR $6 = 2 AND $5 = 4) LIMIT 1)`

// byLaw: a law gives the acting post's zone all of the categories, by a decision with a span; reading only.
const byLaw = `(SELECT 1 FROM legal_ground n
  WHERE n.area_id = $1 AND n.person_id = p.person_id AND n.zone_id = ` + zoneOf + ` AND (n.categories & $5) = $5 AND ` + stays + `
    AND n.from_on <= $4 AND n.to_on > $4 AND n.ended_at > $3 AND $6 = 1 LIMIT 1)`

// byGlass: the acting post has broken the glass for this person, who is or was the concern of a unit of its own agency;
// reading only.
const byGlass = `(SELECT 1 FROM glass x
  WHERE x.area_id = $1 AND x.post_id = $2 AND x.person_id = p.person_id AND x.from_at <= $3 AND x.until_at > $3 AND $6 = 1
    AND ` + desk + ` IS NOT NULL
    AND (SELECT 1 FROM tie t JOIN unit u ON u.area_id = t.area_id AND u.unit_id = t.unit_id
      WHERE t.area_id = $1 AND t.person_id = p.person_id AND u.agency_id = ` + agencyOf + `
        AND t.from_on <= $4 AND t.to_on > t.from_on LIMIT 1) = 1 LIMIT 1)`

// ground is the code of the ground, 0 for none.
const ground = `CASE WHEN ` + atUnit + ` = 1 THEN 1 WHEN ` + byCover + ` = 1 THEN 2 WHEN ` + asHead + ` = 1 THEN 3 WHEN ` +
	byConsent + ` = 1 THEN 5 WHEN ` + byLaw + ` = 1 THEN 6 WHEN ` + byGlass + ` = 1 THEN 7 ELSE 0 END`

// allowed: no prohibition holds.
const allowed = `p.area_id = $1 AND NOT ` + weeded + ` AND NOT ` + ended + ` AND NOT ` + barred + ` AND NOT ` + shielded +
	` AND NOT ` + own + ` AND NOT ` + partial

// alone is the rule for one record without regard to any that it has been merged with.
const alone = allowed + ` AND ` + ground + ` > 0`

// halved: the record is one of several that are the same person's, and another of them may not be seen.
const halved = `(p.merged <> 0 AND (SELECT 1 FROM merged m WHERE m.area_id = $1 AND m.person_id = p.person_id
    AND (SELECT 1 FROM person p WHERE p.person_id = m.other_id AND ` + alone + `) IS NULL LIMIT 1) IS NOT NULL)`

// Visible is the rule as a condition on p, for a noun's own list.
const Visible = alone + ` AND NOT ` + halved

// check asks of one record, $7, what Visible asks of many: no prohibition holds, and by what ground, 0 for none. The ground is
// looked for once.
const check = ` FROM person p WHERE ` + allowed + ` AND NOT ` + halved + ` AND p.person_id = $7`

// Columns are what a noun's list must select first, in this order; Scope.Row scans them.
const Columns = `p.person_id, p.alias, p.key_wrapped, ` + ground

// verdict is the rule's whole answer: a ground, 0 for none, or below 0 the prohibition that holds.
const verdict = `CASE WHEN ` + weeded + ` THEN -1 WHEN ` + ended + ` THEN -2 WHEN ` + barred + ` THEN -3 WHEN ` + shielded +
	` THEN -4 WHEN ` + own + ` THEN -5 WHEN ` + partial + ` THEN -6 WHEN ` + halved + ` THEN -7 ELSE ` + ground + ` END`
