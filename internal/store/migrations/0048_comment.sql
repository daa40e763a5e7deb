-- comment: what the person says of what is written about them, in their own words; nobody changes it, post_id is 0 for what they wrote by themself
-- +goose Up
-- kind and ref_id are what it is about, on_date the day that has; unit_id is the unit whose coach reads it
CREATE TABLE comment (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  comment_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  kind text NOT NULL,
  ref_id {int} NOT NULL,
  on_date text NOT NULL,
  paper {int} NOT NULL, -- typed in from a paper
  sealed {blob} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  seen_at {int} NOT NULL, -- when the coach read it, 0 until then
  seen_post_id {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, comment_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};
CREATE INDEX comment_unseen ON comment (area_id, person_id) WHERE seen_at = 0;
-- +goose Down
DROP TABLE comment;
