-- Work to be done after a change, enqueued in the change's own transaction.
-- state: 0 waiting, 1 running, 2 done, 3 dead. payload holds ids only, last_fault a code; neither a word about a person.
-- run_at is when it may be taken: while it runs, the end of its lease. Instants in ms since 1970 UTC.
-- +goose Up
CREATE TABLE job (
	area_id {int} NOT NULL,
	job_id {int} NOT NULL,
	kind text NOT NULL,
	payload text NOT NULL,
	run_at {int} NOT NULL,
	state {int} NOT NULL,
	tries {int} NOT NULL,
	claimed_at {int},
	done_at {int},
	last_fault text,
	about {int} NOT NULL, -- the person that something is to be sent to, 0 for nobody
	PRIMARY KEY (area_id, job_id)
) {strict};
CREATE INDEX job_about ON job (area_id, about) WHERE state < 2 AND about <> 0;
CREATE INDEX job_due ON job (area_id, run_at, job_id) WHERE state < 2;
