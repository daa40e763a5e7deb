-- the person's own plan: goals, who does what, measures, steps, what was agreed, and what gives meaning
-- +goose Up
CREATE TABLE plan (
  area_id {int} NOT NULL,
  plan_id {int} NOT NULL,
  person_id {int} NOT NULL,
  enrolment_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  state text NOT NULL,
  state_on text NOT NULL,
  agreed_on text NOT NULL,
  step {int} NOT NULL,
  step_on text NOT NULL,
  asked {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, enrolment_id),
  UNIQUE (area_id, plan_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, enrolment_id) REFERENCES enrolment (area_id, enrolment_id)
) {keyed};
CREATE INDEX plan_person ON plan (area_id, person_id, plan_id);
CREATE INDEX plan_unit ON plan (area_id, unit_id, step);

CREATE TABLE plan_goal (
  area_id {int} NOT NULL,
  goal_id {int} NOT NULL,
  plan_id {int} NOT NULL,
  person_id {int} NOT NULL,
  lang text NOT NULL,
  to_lang text NOT NULL, -- of the translation: sv, or the person's own for words in Swedish; '' without one
  sealed {blob} NOT NULL,
  place {int} NOT NULL,
  said_on text NOT NULL,
  words_no {int} NOT NULL,
  yes_no {int} NOT NULL,
  yes_on text NOT NULL,
  yes_how text NOT NULL,
  paper {int} NOT NULL,
  unclear_on text NOT NULL,
  state text NOT NULL,
  state_on text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, goal_id),
  FOREIGN KEY (area_id, plan_id) REFERENCES plan (area_id, plan_id)
) {strict};
CREATE INDEX plan_goal_plan ON plan_goal (area_id, plan_id, place, goal_id);

CREATE TABLE plan_goal_word (
  area_id {int} NOT NULL,
  word_id {int} NOT NULL,
  goal_id {int} NOT NULL,
  person_id {int} NOT NULL,
  lang text NOT NULL,
  to_lang text NOT NULL,
  sealed {blob} NOT NULL,
  said_on text NOT NULL,
  yes_on text NOT NULL,
  changed_on text NOT NULL,
  PRIMARY KEY (area_id, word_id),
  FOREIGN KEY (area_id, goal_id) REFERENCES plan_goal (area_id, goal_id)
) {strict};
CREATE INDEX plan_goal_word_goal ON plan_goal_word (area_id, goal_id, word_id);

CREATE TABLE plan_task (
  area_id {int} NOT NULL,
  task_id {int} NOT NULL,
  plan_id {int} NOT NULL,
  person_id {int} NOT NULL,
  goal_id {int} NOT NULL,
  sealed {blob} NOT NULL,
  who text NOT NULL,
  who_on text NOT NULL,
  paper {int} NOT NULL,
  state text NOT NULL,
  state_on text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, task_id),
  FOREIGN KEY (area_id, plan_id) REFERENCES plan (area_id, plan_id)
) {strict};
CREATE INDEX plan_task_plan ON plan_task (area_id, plan_id, task_id);

CREATE TABLE plan_measure (
  area_id {int} NOT NULL,
  measure_id {int} NOT NULL,
  plan_id {int} NOT NULL,
  person_id {int} NOT NULL,
  goal_id {int} NOT NULL,
  agency_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  sealed {blob} NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  ended_on text NOT NULL,
  paper {int} NOT NULL,
  told {int} NOT NULL, -- 1 when it is written for the person to read
  yes_on text NOT NULL,
  unclear_on text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, measure_id),
  FOREIGN KEY (area_id, plan_id) REFERENCES plan (area_id, plan_id)
) {strict};
CREATE INDEX plan_measure_agency ON plan_measure (area_id, agency_id) WHERE ended_on = '';
CREATE INDEX plan_measure_plan ON plan_measure (area_id, plan_id, from_on, measure_id);

CREATE TABLE plan_step (
  area_id {int} NOT NULL,
  move_id {int} NOT NULL,
  plan_id {int} NOT NULL,
  person_id {int} NOT NULL,
  from_step {int} NOT NULL,
  to_step {int} NOT NULL,
  on_date text NOT NULL,
  how text NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, move_id),
  FOREIGN KEY (area_id, plan_id) REFERENCES plan (area_id, plan_id)
) {strict};
CREATE INDEX plan_step_plan ON plan_step (area_id, plan_id, move_id);

CREATE TABLE plan_agreed (
  area_id {int} NOT NULL,
  agreed_id {int} NOT NULL,
  plan_id {int} NOT NULL,
  person_id {int} NOT NULL,
  on_date text NOT NULL,
  at {int} NOT NULL,
  how text NOT NULL,
  post_id {int} NOT NULL,
  sealed {blob} NOT NULL,
  PRIMARY KEY (area_id, agreed_id),
  FOREIGN KEY (area_id, plan_id) REFERENCES plan (area_id, plan_id)
) {strict};
CREATE INDEX plan_agreed_person ON plan_agreed (area_id, person_id, agreed_id);

CREATE TABLE plan_inventory (
  area_id {int} NOT NULL,
  inventory_id {int} NOT NULL,
  plan_id {int} NOT NULL,
  person_id {int} NOT NULL,
  on_date text NOT NULL,
  at {int} NOT NULL,
  how text NOT NULL, -- table, paper, or own: by the person alone
  sealed {blob} NOT NULL,
  PRIMARY KEY (area_id, inventory_id),
  FOREIGN KEY (area_id, plan_id) REFERENCES plan (area_id, plan_id)
) {strict};
CREATE INDEX plan_inventory_person ON plan_inventory (area_id, person_id, on_date, inventory_id);
-- +goose Down
