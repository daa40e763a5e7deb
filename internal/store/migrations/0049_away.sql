-- away: what somebody has told of not coming to a meeting, a group start, their own start or a day at a workplace, and who has read it; nothing is moved, ended or counted by it
-- +goose Up
-- kind and ref_id: talk, start, own or work and its id; begins is the hour as it was then. post_id is who wrote it down, 0 for what the
-- person wrote; taken_at is 0 until it was taken back
CREATE TABLE away (
  area_id {int} NOT NULL,
  away_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  kind text NOT NULL,
  ref_id {int} NOT NULL,
  on_date text NOT NULL,
  begins text NOT NULL,
  paper {int} NOT NULL, -- typed in from a paper
  sealed {blob} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  taken_at {int} NOT NULL,
  read_at {int} NOT NULL, -- when whom it concerns read it, 0 until then
  read_post_id {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, away_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};
CREATE UNIQUE INDEX away_time ON away (area_id, person_id, kind, ref_id, on_date) WHERE taken_at = 0;
CREATE INDEX away_unread ON away (area_id, unit_id, at) WHERE read_at = 0 AND taken_at = 0;
-- +goose Down
DROP TABLE away;
