-- what somebody thinks of how they are met, with the answer; what staff report that has gone wrong, with what was done
-- +goose Up
-- kind: complaint, wish, praise. about: house, somebody, head; about_post is who it is about where that is said. how: web, own, desk,
-- table, paper.
-- state: waiting, answered, spam. person_id is 0 where nobody knows who wrote: then it is sealed by a key of its own, and the answer is
-- read by a code, which is empty where a person wrote. changed is what the unit has changed because of it, about the house and nobody.
CREATE TABLE opinion (
  area_id {int} NOT NULL,
  opinion_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  person_id {int} NOT NULL,
  kind text NOT NULL,
  about text NOT NULL,
  about_post {int} NOT NULL,
  how text NOT NULL,
  to_post {int} NOT NULL,
  key_wrapped {blob} NOT NULL,
  sealed {blob} NOT NULL,
  code {blob} NOT NULL,
  press {blob} NOT NULL,
  at {int} NOT NULL,
  on_date text NOT NULL,
  due_on text NOT NULL,
  answer {blob} NOT NULL,
  state text NOT NULL,
  answered_at {int} NOT NULL,
  changed text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, opinion_id),
  UNIQUE (area_id, press),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id),
  FOREIGN KEY (area_id, to_post) REFERENCES post (area_id, post_id)
) {strict};
CREATE INDEX opinion_open ON opinion (area_id, to_post, due_on) WHERE state = 'waiting';
CREATE INDEX opinion_unit ON opinion (area_id, unit_id, on_date);
CREATE INDEX opinion_person ON opinion (area_id, person_id, to_post) WHERE person_id <> 0;
CREATE INDEX opinion_code ON opinion (area_id, code) WHERE person_id = 0;

-- a report of misconditions: what happened, in words that name nobody, sealed by a key of its own and apart from every record
-- state is that of the newest step; serious_on is the day it was reported to the authority that supervises, or empty
CREATE TABLE sarah_report (
  area_id {int} NOT NULL,
  report_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  by_post {int} NOT NULL,
  to_post {int} NOT NULL,
  about text NOT NULL,
  key_wrapped {blob} NOT NULL,
  sealed {blob} NOT NULL,
  happened_on text NOT NULL,
  at {int} NOT NULL,
  on_date text NOT NULL,
  state text NOT NULL,
  serious_on text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, report_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id),
  FOREIGN KEY (area_id, by_post) REFERENCES post (area_id, post_id),
  FOREIGN KEY (area_id, to_post) REFERENCES post (area_id, post_id)
) {strict};
CREATE INDEX sarah_report_to ON sarah_report (area_id, to_post, state);
CREATE INDEX sarah_report_by ON sarah_report (area_id, by_post);

-- state: looking, measures, serious, closed
CREATE TABLE sarah_step (
  area_id {int} NOT NULL,
  report_id {int} NOT NULL,
  no {int} NOT NULL,
  state text NOT NULL,
  on_date text NOT NULL,
  sealed {blob} NOT NULL,
  post_id {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (area_id, report_id, no),
  FOREIGN KEY (area_id, report_id) REFERENCES sarah_report (area_id, report_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {keyed};
-- +goose Down
DROP TABLE sarah_step;
DROP TABLE sarah_report;
DROP TABLE opinion;
