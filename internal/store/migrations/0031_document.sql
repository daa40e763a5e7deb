-- documents: files that belong to one person, in sealed pieces
-- +goose Up
-- state: arriving until all pieces are here, then kept, or removed with the reason; sealed holds the title and the file's name
CREATE TABLE document (
  area_id {int} NOT NULL,
  document_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  post_id {int} NOT NULL,
  at {int} NOT NULL,
  kind text NOT NULL,
  sealed {blob} NOT NULL,
  size {int} NOT NULL,
  pieces {int} NOT NULL,
  state text NOT NULL,
  removed_at {int} NOT NULL,
  removed_by {int} NOT NULL,
  why {blob} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, document_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {strict};
CREATE INDEX document_person ON document (area_id, person_id);
CREATE INDEX document_arriving ON document (area_id, at) WHERE state = 'arriving';

CREATE TABLE document_piece (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  document_id {int} NOT NULL,
  piece {int} NOT NULL,
  sealed {blob} NOT NULL,
  PRIMARY KEY (area_id, document_id, piece),
  FOREIGN KEY (area_id, document_id) REFERENCES document (area_id, document_id)
) {strict};
CREATE INDEX document_piece_person ON document_piece (area_id, person_id);
-- +goose Down
DROP TABLE document_piece;
DROP TABLE document;
