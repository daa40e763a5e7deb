-- staff who sign in by the OpenID provider of their agency: whose account there is whose here
-- +goose Up
-- the account is an issuer and a subject, kept as a keyed hash: a subject may be a personal number
CREATE TABLE agency_account (
  area_id {int} NOT NULL,
  account_hash {blob} NOT NULL,
  agency_id {int} NOT NULL,
  worker_id {int} NOT NULL,
  created_at {int} NOT NULL,
  ended_at {int} NOT NULL,
  PRIMARY KEY (area_id, account_hash),
  FOREIGN KEY (area_id, agency_id) REFERENCES agency (area_id, agency_id),
  FOREIGN KEY (area_id, worker_id) REFERENCES worker (area_id, worker_id)
) {strict};
-- +goose Down
DROP TABLE agency_account;
