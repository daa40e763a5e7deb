-- how a person who acts for themselves signs in: the letter from the desk, and the passkey or the PIN that they choose then
-- +goose Up
-- one row per letter. The number is printed in it; the secret is the code that is told at the desk, then the chosen PIN.
CREATE TABLE sign_in_letter (
  area_id {int} NOT NULL,
  letter_id {int} NOT NULL,
  person_id {int} NOT NULL,
  number_hash {blob} NOT NULL,
  secret_hash {blob} NOT NULL,
  given_at {int} NOT NULL,
  post_id {int} NOT NULL,
  told_at {int} NOT NULL,
  told_by {int} NOT NULL,
  seen text NOT NULL,
  used_at {int} NOT NULL,
  chosen text NOT NULL,
  ends_at {int} NOT NULL,
  ended_at {int} NOT NULL,
  tries {int} NOT NULL,
  wait_until {int} NOT NULL,
  PRIMARY KEY (area_id, letter_id),
  UNIQUE (area_id, number_hash),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
CREATE INDEX sign_in_letter_person ON sign_in_letter (area_id, person_id);

-- when it was used last is not kept: nobody is to read from it when somebody signs in
CREATE TABLE own_passkey (
  area_id {int} NOT NULL,
  credential_id {blob} NOT NULL,
  person_id {int} NOT NULL,
  credential text NOT NULL,
  created_at {int} NOT NULL,
  ended_at {int} NOT NULL,
  PRIMARY KEY (area_id, credential_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};
CREATE INDEX own_passkey_person ON own_passkey (area_id, person_id);

-- how many numbers and secrets have been wrong in an hour, of all letters together
CREATE TABLE sign_in_wrong (
  area_id {int} NOT NULL,
  hour {int} NOT NULL,
  wrong {int} NOT NULL,
  PRIMARY KEY (area_id, hour)
) {keyed};
-- +goose Down
DROP TABLE sign_in_wrong;
DROP TABLE own_passkey;
DROP TABLE sign_in_letter;
