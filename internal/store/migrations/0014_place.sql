-- a person's place in an activity: what they would like, what was offered, from when to when, and the goal it serves
-- +goose Up
CREATE TABLE place (
  area_id {int} NOT NULL,
  place_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  activity_id {int} NOT NULL,
  run_id {int} NOT NULL,
  goal_id {int} NOT NULL,
  state text NOT NULL,
  wished_on text NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  ended_with {int} NOT NULL,
  was_to text NOT NULL,
  sealed {blob} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, place_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, activity_id) REFERENCES activity (area_id, activity_id)
) {strict};
CREATE INDEX place_person ON place (area_id, person_id, place_id);
CREATE INDEX place_run ON place (area_id, run_id, state);
-- +goose Down
DROP TABLE place;
