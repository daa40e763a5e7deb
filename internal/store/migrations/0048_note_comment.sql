-- note_comment: what the person says of a note about them, in their own words; nobody changes it, post_id is 0 for what they wrote by themself
-- +goose Up
CREATE TABLE note_comment (
  area_id {int} NOT NULL,
  note_id {int} NOT NULL,
  comment_id {int} NOT NULL,
  person_id {int} NOT NULL,
  paper {int} NOT NULL, -- typed in from a paper
  sealed {blob} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  seen_at {int} NOT NULL DEFAULT 0, -- when the coach read it, 0 until then
  seen_post_id {int} NOT NULL DEFAULT 0,
  PRIMARY KEY (area_id, note_id, comment_id),
  FOREIGN KEY (area_id, note_id) REFERENCES note (area_id, note_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {keyed};
CREATE INDEX note_comment_person ON note_comment (area_id, person_id, comment_id);
CREATE INDEX note_comment_unseen ON note_comment (area_id, note_id, comment_id) WHERE seen_at = 0;
-- +goose Down
DROP TABLE note_comment;
