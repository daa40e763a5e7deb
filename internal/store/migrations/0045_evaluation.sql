-- what those who take part in an activity answer in a few words, counted by the month and told by nobody's name
-- +goose Up
-- person_id and place_id are 0 and sealed is empty of what was taken back after its month: it stays in a sum and is nobody's any more
CREATE TABLE evaluation (
  area_id {int} NOT NULL,
  evaluation_id {int} NOT NULL,
  person_id {int} NOT NULL,
  place_id {int} NOT NULL,
  activity_id {int} NOT NULL,
  on_date text NOT NULL,
  welcome text NOT NULL, -- yes, partly, no; empty for no answer, as the two that follow
  useful text NOT NULL,
  fits text NOT NULL,
  how text NOT NULL, -- own, table, paper
  sealed {blob} NOT NULL,
  PRIMARY KEY (area_id, evaluation_id),
  FOREIGN KEY (area_id, activity_id) REFERENCES activity (area_id, activity_id)
) {strict};
CREATE INDEX evaluation_person ON evaluation (area_id, person_id, place_id);
CREATE INDEX evaluation_activity ON evaluation (area_id, activity_id, on_date);

-- words that their writer lets those who lead the activity read, sealed by a key of their own: gone when they are taken back
CREATE TABLE evaluation_said (
  area_id {int} NOT NULL,
  evaluation_id {int} NOT NULL,
  person_id {int} NOT NULL,
  activity_id {int} NOT NULL,
  on_date text NOT NULL,
  key_wrapped {blob} NOT NULL,
  sealed {blob} NOT NULL,
  PRIMARY KEY (area_id, evaluation_id),
  FOREIGN KEY (area_id, evaluation_id) REFERENCES evaluation (area_id, evaluation_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
CREATE INDEX evaluation_said_person ON evaluation_said (area_id, person_id);
CREATE INDEX evaluation_said_activity ON evaluation_said (area_id, activity_id, on_date);
-- +goose Down
DROP TABLE evaluation_said;
DROP TABLE evaluation;
