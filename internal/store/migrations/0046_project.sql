-- a fund's project at a unit, and what is kept as its evidence after it: times, numbers and decisions, and nobody
-- +goose Up
-- taken_on is the day its evidence was set apart, gone_on the day that was destroyed; '' until then. people is how many different came.
CREATE TABLE project (
  area_id {int} NOT NULL,
  project_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  name text NOT NULL,
  funder text NOT NULL,
  first_on text NOT NULL,
  last_on text NOT NULL,
  taken_on text NOT NULL,
  people {int} NOT NULL,
  gone_on text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, project_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};

CREATE TABLE project_activity (
  area_id {int} NOT NULL,
  project_id {int} NOT NULL,
  activity_id {int} NOT NULL,
  PRIMARY KEY (area_id, project_id, activity_id),
  FOREIGN KEY (area_id, project_id) REFERENCES project (area_id, project_id),
  FOREIGN KEY (area_id, activity_id) REFERENCES activity (area_id, activity_id)
) {keyed};

-- until when the evidence is kept, and why: the last of a project's rows holds, and none is nearer than the one before it
CREATE TABLE project_keep (
  area_id {int} NOT NULL,
  project_id {int} NOT NULL,
  no {int} NOT NULL,
  until_on text NOT NULL,
  why text NOT NULL,
  on_date text NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, project_id, no),
  FOREIGN KEY (area_id, project_id) REFERENCES project (area_id, project_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {keyed};

-- a time that an activity was held, with how many came; it leads to no row about anybody
CREATE TABLE project_time (
  area_id {int} NOT NULL,
  project_id {int} NOT NULL,
  no {int} NOT NULL,
  activity text NOT NULL,
  on_date text NOT NULL,
  at text NOT NULL,
  until text NOT NULL,
  came {int} NOT NULL,
  PRIMARY KEY (area_id, project_id, no),
  FOREIGN KEY (area_id, project_id) REFERENCES project (area_id, project_id)
) {keyed};

CREATE TABLE project_decision (
  area_id {int} NOT NULL,
  project_id {int} NOT NULL,
  no {int} NOT NULL,
  activity text NOT NULL,
  on_date text NOT NULL,
  state text NOT NULL,
  why text NOT NULL,
  PRIMARY KEY (area_id, project_id, no),
  FOREIGN KEY (area_id, project_id) REFERENCES project (area_id, project_id)
) {keyed};
-- +goose Down
DROP TABLE project_decision;
DROP TABLE project_time;
DROP TABLE project_keep;
DROP TABLE project_activity;
DROP TABLE project;
