-- what a person shows to somebody they trust: links that end, each with a code that is said by mouth, and each time one was opened
-- +goose Up
-- of the address and of the code only hashes are kept. sealed is whom it is for, in the person's own words; post_id is who made it with
-- them at the table, 0 for the person alone; tries is how many codes have been wrong in a row.
CREATE TABLE trusted_link (
  area_id {int} NOT NULL,
  link_id {int} NOT NULL,
  person_id {int} NOT NULL,
  token_hash {blob} NOT NULL,
  code_hash {blob} NOT NULL,
  sealed {blob} NOT NULL,
  helps {int} NOT NULL,
  made_at {int} NOT NULL,
  post_id {int} NOT NULL,
  ends_at {int} NOT NULL,
  ended_at {int} NOT NULL,
  tries {int} NOT NULL,
  PRIMARY KEY (area_id, link_id),
  UNIQUE (area_id, token_hash),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
CREATE INDEX trusted_link_person ON trusted_link (area_id, person_id);

-- the log's line of an opening has the same person and instant
CREATE TABLE trusted_opening (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  at {int} NOT NULL,
  link_id {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, at),
  FOREIGN KEY (area_id, link_id) REFERENCES trusted_link (area_id, link_id)
) {keyed};
-- +goose Down
DROP TABLE trusted_opening;
DROP TABLE trusted_link;
