-- what somebody tells others of their own way: sealed until they have said yes and an editor has shown it to everybody
-- +goose Up
-- yes_on is empty until the person has said yes to these very words; how and yes_how: own, table
CREATE TABLE story (
  area_id {int} NOT NULL,
  story_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  sealed {blob} NOT NULL,
  lang text NOT NULL,
  how text NOT NULL,
  on_date text NOT NULL,
  yes_on text NOT NULL,
  yes_how text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, story_id),
  UNIQUE (area_id, person_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};
CREATE INDEX story_waiting ON story (area_id, unit_id, story_id) WHERE yes_on <> '';

-- what everybody reads, in clear: a row is here only as long as the yes is
CREATE TABLE story_shown (
  area_id {int} NOT NULL,
  story_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  words text NOT NULL,
  name text NOT NULL,
  lang text NOT NULL,
  on_date text NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, story_id),
  FOREIGN KEY (area_id, story_id) REFERENCES story (area_id, story_id)
) {strict};
CREATE INDEX story_shown_unit ON story_shown (area_id, unit_id, story_id);
CREATE INDEX story_shown_person ON story_shown (area_id, person_id);
-- +goose Down
DROP TABLE story_shown;
DROP TABLE story;
