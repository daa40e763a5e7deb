-- statements: what a gateway states of somebody's hours to those who decide on their support, seen by the person before it goes
-- +goose Up
-- sealed is the hours as they were counted, and who they were handed to; shown_post_id is 0 for what the person saw by themself
CREATE TABLE statement (
  area_id {int} NOT NULL,
  statement_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  sealed {blob} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  shown_how text NOT NULL,
  shown_at {int} NOT NULL,
  shown_post_id {int} NOT NULL,
  zone_id {int} NOT NULL,
  law text NOT NULL,
  ground_id {int} NOT NULL,
  handed_at {int} NOT NULL,
  handed_post_id {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, statement_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};
CREATE INDEX statement_person ON statement (area_id, person_id, statement_id);
-- +goose Down
DROP TABLE statement;
