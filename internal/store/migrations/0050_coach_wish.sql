-- coach_wish: that somebody would like another coach; seen by who leads or coordinates the unit and never by the coach
-- +goose Up
-- coach_post_id is who was the coach then; state: waiting, then given, declined or withdrawn; sealed and answer are opened by the person and by access.OpenWish alone
CREATE TABLE coach_wish (
  area_id {int} NOT NULL,
  wish_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  coach_post_id {int} NOT NULL,
  how text NOT NULL,
  sealed {blob} NOT NULL,
  at {int} NOT NULL,
  state text NOT NULL,
  answer {blob} NOT NULL,
  answered_at {int} NOT NULL,
  answered_by {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, wish_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id),
  FOREIGN KEY (area_id, coach_post_id) REFERENCES post (area_id, post_id)
) {strict};
CREATE INDEX coach_wish_person ON coach_wish (area_id, person_id, wish_id);
CREATE UNIQUE INDEX coach_wish_waiting ON coach_wish (area_id, person_id) WHERE state = 'waiting';
-- +goose Down
DROP TABLE coach_wish;
