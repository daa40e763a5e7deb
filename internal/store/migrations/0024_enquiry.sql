-- questions about somebody's plan, across agencies: from a unit or the person, to a unit or the person
-- +goose Up
-- unit 0 is the person; goal_id is 0 for the plan as a whole; answered_at is 0 until there is an answer; task is 1 where something to do is
-- asked for; plan_id is none where the person writes before there is a plan; taken_at is when who asked took it back, 0 while it stands
CREATE TABLE enquiry (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  enquiry_id {int} NOT NULL,
  plan_id {int},
  goal_id {int} NOT NULL,
  from_unit {int} NOT NULL,
  from_post {int} NOT NULL,
  to_unit {int} NOT NULL,
  task {int} NOT NULL,
  sealed {blob} NOT NULL,
  asked_at {int} NOT NULL,
  answer {blob} NOT NULL,
  answered_at {int} NOT NULL,
  answered_by {int} NOT NULL, -- the post, 0 for the person
  taken_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, enquiry_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, plan_id) REFERENCES plan (area_id, plan_id)
) {strict};
CREATE INDEX enquiry_to ON enquiry (area_id, to_unit, asked_at) WHERE answered_at = 0 AND taken_at = 0;
CREATE INDEX enquiry_from ON enquiry (area_id, from_unit, asked_at) WHERE answered_at = 0 AND taken_at = 0;
-- +goose Down
DROP TABLE enquiry;
