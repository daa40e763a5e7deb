-- placeholder
-- +goose Up
CREATE TABLE area (area_id {int} NOT NULL PRIMARY KEY, name text NOT NULL) {strict};
