-- what a gateway tells everybody, in each language and with every version; how often its pages are read; and those who
-- ask for themselves or for somebody else, sealed by a key of their own until a worker has answered
-- +goose Up
-- until_on: the last day that a notice is shown, in every language; '' for none, and of other texts
CREATE TABLE site_text (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  field text NOT NULL,
  lang text NOT NULL,
  no {int} NOT NULL,
  words text NOT NULL,
  until_on text NOT NULL,
  reviewed_by text NOT NULL,
  post_id {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id, field, lang, no),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};

-- page and language are the program's own codes; nothing tells who read
CREATE TABLE visit (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  on_date text NOT NULL,
  page text NOT NULL,
  lang text NOT NULL,
  n {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id, on_date, page, lang),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};

-- kind: start, call, refer, report. state: waiting, accepted, answered, spam. press is the same for two presses of one button.
CREATE TABLE application (
  area_id {int} NOT NULL,
  application_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  kind text NOT NULL,
  key_wrapped {blob} NOT NULL,
  sealed {blob} NOT NULL,
  press {blob} NOT NULL,
  at {int} NOT NULL,
  on_date text NOT NULL,
  state text NOT NULL,
  post_id {int} NOT NULL,
  done_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, application_id),
  UNIQUE (area_id, press),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {strict};
CREATE INDEX application_unit ON application (area_id, unit_id, state, application_id);
CREATE INDEX application_day ON application (area_id, on_date);
-- +goose Down
