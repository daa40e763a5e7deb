-- calendar feeds: a secret address by which a calendar program reads one's own times; only its SHA-256 is kept
-- +goose Up
CREATE TABLE feed (
  area_id {int} NOT NULL,
  token_hash {blob} NOT NULL,
  post_id {int} NOT NULL,
  person_id {int} NOT NULL,
  created_at {int} NOT NULL,
  ended_at {int} NOT NULL,
  PRIMARY KEY (area_id, token_hash)
) {keyed};
CREATE INDEX feed_whose ON feed (area_id, post_id, person_id, ended_at);
-- +goose Down
DROP TABLE feed;
