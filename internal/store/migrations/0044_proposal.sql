-- what a person wants changed in their plan, of what is not theirs alone to change, and what they were answered
-- +goose Up
-- about and ref_id: task, measure, meeting, start (the enrolment), work (the placement), place and its id, or new and 0. how: own, table, paper; post_id is who wrote it with them, 0 for
-- the person alone. state: waiting, approved, done, declined, withdrawn, replaced, since state_at. answered_at is 0 until there is an
-- answer, and answered_by the post that gave it. replaces_id is an older one of the same person that this stands in place of, or 0.
CREATE TABLE proposal (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  proposal_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  about text NOT NULL,
  ref_id {int} NOT NULL,
  sealed {blob} NOT NULL,
  how text NOT NULL,
  post_id {int} NOT NULL,
  made_at {int} NOT NULL,
  state text NOT NULL,
  state_at {int} NOT NULL,
  answer {blob} NOT NULL,
  answered_at {int} NOT NULL,
  answered_by {int} NOT NULL,
  replaces_id {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, proposal_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};
CREATE INDEX proposal_open ON proposal (area_id, unit_id, made_at) WHERE state IN ('waiting', 'approved');
-- +goose Down
DROP TABLE proposal;
