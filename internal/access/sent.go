package access

import (
	"context"

	"sluss/internal/id"
	"sluss/internal/store"
)

// BySender is the ground of an agency's system that asks what was answered to a referral that it sent itself. It stands apart as
// ByReview does: the system has no right of its role, and what it is told is what a letter to the sender would say.
const BySender Ground = 104

// sent is the whole rule of BySender, with the parameters of review: the post sent a referral of the person. Of somebody whose
// record is protected, or has been merged with one that is, no system is told anything.
const sent = `SELECT p.person_id, p.alias, p.key_wrapped FROM person p WHERE ` + allowed + ` AND p.person_id = $6 AND ` + Unshielded + `
  AND EXISTS (SELECT 1 FROM application_sent s WHERE s.area_id = $1 AND s.person_id = p.person_id AND s.post_id = $2)`

// OpenSent gives the access of a system to what was answered about a person whom it referred, and notes it in the log. Missing for
// every other post and every other person.
func OpenSent(ctx context.Context, tx *store.Tx, actor *Actor, person id.Person) (Access, error) {
	return actor.apart(ctx, tx, person, Read, store.Q(sent), Collaboration, BySender, ForReply, false)
}
