-- what somebody had typed in a form when their session ended: for some minutes, and for who had the session and its browser
-- +goose Up
-- one row per session; it is sealed by what the session's cookie holds, which is not here
CREATE TABLE typed (
  area_id {int} NOT NULL,
  token_hash {blob} NOT NULL,
  sealed {blob} NOT NULL,
  ends_at {int} NOT NULL,
  PRIMARY KEY (area_id, token_hash),
  FOREIGN KEY (area_id, token_hash) REFERENCES session (area_id, token_hash)
) {keyed};
-- +goose Down
DROP TABLE typed;
