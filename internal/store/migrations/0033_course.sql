-- occupations, how short of people each is by county, the courses that lead there, who is interested in one, and what is sent about them elsewhere
-- +goose Up
-- as the employment service's forecast file names them; the same for every area
CREATE TABLE occupation (
  occupation_id text NOT NULL,
  ssyk text NOT NULL, -- one code of four digits, or several with spaces between
  ssyk_name text NOT NULL,
  name text NOT NULL,
  field text NOT NULL,
  about text NOT NULL,
  edition text NOT NULL, -- the last that named it
  PRIMARY KEY (occupation_id)
) {keyed};

-- county is the official code, 00 for the whole country; situation and chances are empty where no assessment is made
CREATE TABLE occupation_forecast (
  occupation_id text NOT NULL,
  county text NOT NULL,
  situation text NOT NULL,
  chances text NOT NULL,
  situation_text text NOT NULL,
  chances_text text NOT NULL,
  edition text NOT NULL,
  PRIMARY KEY (occupation_id, county),
  FOREIGN KEY (occupation_id) REFERENCES occupation (occupation_id)
) {keyed};

CREATE TABLE occupation_edition (
  edition text NOT NULL,
  at {int} NOT NULL,
  forecasts {int} NOT NULL,
  PRIMARY KEY (edition)
) {keyed};

-- what a unit says of an occupation besides what the product comes with: JSON by language
CREATE TABLE occupation_words (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  occupation_id text NOT NULL,
  words text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id, occupation_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id),
  FOREIGN KEY (occupation_id) REFERENCES occupation (occupation_id)
) {keyed};

-- kind: education, taster. Texts are in Swedish; words is what is told in other languages, JSON by language. weeks and days (a week) are 0
-- where it is not told; free is 1 when it costs nothing, ended when it is shown no more.
CREATE TABLE course (
  area_id {int} NOT NULL,
  course_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  giver text NOT NULL,
  place text NOT NULL,
  length text NOT NULL,
  starts text NOT NULL,
  level text NOT NULL,
  leads text NOT NULL,
  cost text NOT NULL,
  weeks {int} NOT NULL,
  days {int} NOT NULL,
  free {int} NOT NULL,
  link text NOT NULL,
  ended {int} NOT NULL,
  words text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, course_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};
CREATE INDEX course_unit ON course (area_id, unit_id, course_id);

-- from this occupation to that course
CREATE TABLE course_way (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  occupation_id text NOT NULL,
  course_id {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id, occupation_id, course_id),
  FOREIGN KEY (area_id, course_id) REFERENCES course (area_id, course_id),
  FOREIGN KEY (occupation_id) REFERENCES occupation (occupation_id)
) {keyed};

-- a row stands for as long as the person is interested; talked_on is the day their coach said that they had talked about it
CREATE TABLE course_interest (
  area_id {int} NOT NULL,
  interest_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  course_id {int} NOT NULL,
  on_date text NOT NULL,
  talked_on text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, interest_id),
  UNIQUE (area_id, person_id, course_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, course_id) REFERENCES course (area_id, course_id)
) {strict};

-- something that is sent elsewhere with one address for all; how often its page is read and asked from is in visit
CREATE TABLE outreach (
  area_id {int} NOT NULL,
  outreach_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  name text NOT NULL,
  code text NOT NULL,
  on_date text NOT NULL,
  sent {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, outreach_id),
  UNIQUE (area_id, unit_id, code),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};
-- +goose Down
