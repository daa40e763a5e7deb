-- the ground: areas, agencies, units and posts; keys; the access rule's own tables; the log of disclosures; sessions
-- +goose Up
CREATE TABLE area (
  area_id {int} NOT NULL PRIMARY KEY,
  municipality text NOT NULL,
  name text NOT NULL,
  demo {int} NOT NULL,
  created_at {int} NOT NULL
) {strict};

CREATE TABLE area_key (
  area_id {int} NOT NULL PRIMARY KEY REFERENCES area (area_id),
  master {blob} NOT NULL,
  protected {blob} NOT NULL,
  indexing {blob} NOT NULL
) {strict};

CREATE TABLE agency (
  area_id {int} NOT NULL REFERENCES area (area_id),
  agency_id {int} NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  ended_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, agency_id)
) {keyed};

-- a secrecy zone: one branch of an agency; between two, secrecy holds also within the agency. money: decides on people's money
CREATE TABLE zone (
  area_id {int} NOT NULL,
  zone_id {int} NOT NULL,
  agency_id {int} NOT NULL,
  branch text NOT NULL,
  money {int} NOT NULL,
  PRIMARY KEY (area_id, zone_id),
  FOREIGN KEY (area_id, agency_id) REFERENCES agency (area_id, agency_id)
) {keyed};

CREATE TABLE unit (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  agency_id {int} NOT NULL,
  zone_id {int} NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  phone text NOT NULL,
  street text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id),
  FOREIGN KEY (area_id, agency_id) REFERENCES agency (area_id, agency_id),
  FOREIGN KEY (area_id, zone_id) REFERENCES zone (area_id, zone_id)
) {keyed};

CREATE TABLE worker (
  area_id {int} NOT NULL REFERENCES area (area_id),
  worker_id {int} NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  own_index {blob},
  log_name_hidden {int} NOT NULL DEFAULT 0, -- people see the role and not the name in who has read about them
  version {int} NOT NULL,
  PRIMARY KEY (area_id, worker_id)
) {keyed};

CREATE TABLE post (
  area_id {int} NOT NULL,
  post_id {int} NOT NULL,
  worker_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  role {int} NOT NULL,
  title text NOT NULL,
  phone text NOT NULL,
  languages text NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  ended_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, post_id),
  FOREIGN KEY (area_id, worker_id) REFERENCES worker (area_id, worker_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};
CREATE INDEX post_unit ON post (area_id, unit_id);

CREATE TABLE room (
  area_id {int} NOT NULL,
  room_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  name text NOT NULL,
  seats {int} NOT NULL,
  features text NOT NULL,
  has text NOT NULL,
  opens text NOT NULL,
  closes text NOT NULL,
  ended_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, room_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};

-- days and periods that a unit is closed: summer, the end of a term. The name is shown to everybody who has a place
CREATE TABLE closed (
  area_id {int} NOT NULL,
  closed_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  name text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, closed_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};

CREATE TABLE setting (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  name text NOT NULL,
  from_on text NOT NULL,
  value text NOT NULL,
  why text NOT NULL,
  post_id {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id, name, from_on),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};

CREATE TABLE population (
  area_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  month text NOT NULL,
  people {int} NOT NULL,
  PRIMARY KEY (area_id, unit_id, month),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};

CREATE TABLE unit_text (
  area_id {int} NOT NULL,
  owner text NOT NULL,
  field text NOT NULL,
  lang text NOT NULL,
  text text NOT NULL,
  reviewed_by text NOT NULL,
  PRIMARY KEY (area_id, owner, field, lang)
) {keyed};

-- what a role may do; a code list, the same everywhere
CREATE TABLE role_right (
  role {int} NOT NULL,
  action {int} NOT NULL,
  categories {int} NOT NULL,
  PRIMARY KEY (role, action)
) {keyed};

-- identity_seq numbers the writings of identities within the area, in the order they are committed
CREATE TABLE person (
  area_id {int} NOT NULL REFERENCES area (area_id),
  person_id {int} NOT NULL,
  alias {blob} NOT NULL,
  key_wrapped {blob} NOT NULL,
  identity {blob} NOT NULL,
  identity_seq {int} NOT NULL,
  contact {blob} NOT NULL,
  needs {blob} NOT NULL,
  number_index {blob},
  birth_year {int} NOT NULL,
  sex {int} NOT NULL,
  language text NOT NULL,
  interpreter {int} NOT NULL,
  reach text NOT NULL,
  protected {int} NOT NULL,
  merged {int} NOT NULL DEFAULT 0,
  weeded_at {int} NOT NULL,
  changed_on text NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, person_id),
  UNIQUE (area_id, number_index),
  CHECK (weeded_at = 0 OR number_index IS NULL) -- who comes back after weeding is somebody new
) {keyed};
CREATE INDEX person_identity ON person (area_id, identity_seq);

CREATE TABLE representative (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  representative_id {int} NOT NULL,
  kind text NOT NULL,
  sealed {blob} NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  ended_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, representative_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {strict};

-- each time somebody's record was protected, or the protection lifted with its reason
CREATE TABLE protection (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  protection_id {int} NOT NULL,
  kind {int} NOT NULL,
  sealed {blob} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, protection_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {strict};

-- access: a person is the unit's concern from one day to another
CREATE TABLE tie (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  ended_at {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, unit_id, from_on),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, unit_id) REFERENCES unit (area_id, unit_id)
) {keyed};
CREATE INDEX tie_unit ON tie (area_id, unit_id, to_on);

-- access: a person's coach from one day to another
CREATE TABLE assignment (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  post_id {int} NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  ended_at {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, post_id, from_on, at),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {keyed};
CREATE INDEX assignment_post ON assignment (area_id, post_id, to_on);

-- access: a caseload lent to a colleague
CREATE TABLE cover (
  area_id {int} NOT NULL,
  cover_id {int} NOT NULL,
  post_id {int} NOT NULL,
  to_post_id {int} NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  ended_at {int} NOT NULL,
  PRIMARY KEY (area_id, cover_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id),
  FOREIGN KEY (area_id, to_post_id) REFERENCES post (area_id, post_id)
) {keyed};
CREATE INDEX cover_to ON cover (area_id, to_post_id, to_on);

-- access: a named worker may see one protected person
CREATE TABLE clearance (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  post_id {int} NOT NULL,
  from_on text NOT NULL,
  to_on text NOT NULL,
  ended_at {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, post_id, from_on),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id)
) {keyed};

-- epoch is raised by every change that can take a right away, at the instant of the change; change by every change of the
-- organisation
CREATE TABLE access_epoch (
  area_id {int} NOT NULL PRIMARY KEY REFERENCES area (area_id),
  epoch {int} NOT NULL,
  raised_at {int} NOT NULL,
  change {int} NOT NULL
) {keyed};

-- the log: one row per answered disclosure; people are random aliases
CREATE TABLE disclosure (
  area_id {int} NOT NULL,
  disclosure_id {int} NOT NULL,
  position {int},
  epoch {int} NOT NULL,
  at {int} NOT NULL,
  post_id {int} NOT NULL,
  unit_id {int} NOT NULL,
  action {int} NOT NULL,
  purpose {int} NOT NULL,
  ground {int} NOT NULL,
  categories {int} NOT NULL,
  route text NOT NULL,
  listed {int} NOT NULL,
  people {blob} NOT NULL,
  PRIMARY KEY (area_id, disclosure_id)
) {keyed};
CREATE INDEX disclosure_waiting ON disclosure (area_id, epoch, disclosure_id) WHERE position IS NULL;
CREATE UNIQUE INDEX disclosure_position ON disclosure (area_id, position) WHERE position IS NOT NULL;

-- the tree over the log: how many disclosures have a position, their root, and every hash of the tree in the order it was made
CREATE TABLE disclosure_tree (
  area_id {int} NOT NULL PRIMARY KEY,
  size {int} NOT NULL,
  root {blob} NOT NULL,
  epoch {int} NOT NULL
) {keyed};

CREATE TABLE disclosure_hash (
  area_id {int} NOT NULL,
  number {int} NOT NULL,
  hash {blob} NOT NULL,
  PRIMARY KEY (area_id, number)
) {keyed};

-- the tree's root, signed, as it was also written outside the database
CREATE TABLE disclosure_checkpoint (
  area_id {int} NOT NULL,
  size {int} NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (area_id, size)
) {strict};

-- finds a person's disclosures: one row per opened record, export and print; for lists one per day and post
CREATE TABLE disclosure_person (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  on_date text NOT NULL,
  post_id {int} NOT NULL,
  opened_id {int} NOT NULL,
  disclosure_id {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, on_date, post_id, opened_id)
) {keyed};

-- a sign-in: of a post, or of a person who acts for themselves; unused for as many milliseconds as idle it is over. sure: begun by a
-- passkey, or by an agency's own sign-in. form_before: the hash of what the forms carry of the session in whose place this one was begun
CREATE TABLE session (
  area_id {int} NOT NULL,
  token_hash {blob} NOT NULL,
  post_id {int},
  person_id {int},
  lang text NOT NULL,
  created_at {int} NOT NULL,
  last_seen {int} NOT NULL,
  idle {int} NOT NULL,
  sure {int} NOT NULL,
  ends_at {int} NOT NULL,
  ended_at {int} NOT NULL,
  form_before {blob},
  PRIMARY KEY (area_id, token_hash),
  FOREIGN KEY (area_id, post_id) REFERENCES post (area_id, post_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id),
  CHECK ((post_id IS NULL) <> (person_id IS NULL))
) {keyed};
CREATE INDEX session_post ON session (area_id, post_id);

CREATE TABLE invite (
  area_id {int} NOT NULL,
  token_hash {blob} NOT NULL,
  worker_id {int} NOT NULL,
  created_at {int} NOT NULL,
  ends_at {int} NOT NULL,
  used_at {int} NOT NULL,
  PRIMARY KEY (area_id, token_hash),
  FOREIGN KEY (area_id, worker_id) REFERENCES worker (area_id, worker_id)
) {strict};

CREATE TABLE passkey (
  area_id {int} NOT NULL,
  credential_id {blob} NOT NULL,
  worker_id {int} NOT NULL,
  credential text NOT NULL,
  name text NOT NULL,
  created_at {int} NOT NULL,
  used_at {int} NOT NULL,
  ended_at {int} NOT NULL,
  PRIMARY KEY (area_id, credential_id),
  FOREIGN KEY (area_id, worker_id) REFERENCES worker (area_id, worker_id)
) {strict};

-- one row per saved form: the second press of a button gets the first one's answer
CREATE TABLE submission (
  area_id {int} NOT NULL,
  once_hash {blob} NOT NULL,
  at {int} NOT NULL,
  location text NOT NULL,
  PRIMARY KEY (area_id, once_hash)
) {keyed};
CREATE INDEX submission_at ON submission (area_id, at);

-- the thread: what happened on a person's way, as kind, codes, ids and dates
CREATE TABLE thread_event (
  area_id {int} NOT NULL,
  person_id {int} NOT NULL,
  on_date text NOT NULL,
  event_id {int} NOT NULL,
  at {int} NOT NULL,
  kind text NOT NULL,
  code text NOT NULL,
  unit_id {int} NOT NULL,
  post_id {int} NOT NULL,
  agency_id {int} NOT NULL,
  goal_id {int} NOT NULL,
  ref_id {int} NOT NULL,
  PRIMARY KEY (area_id, person_id, on_date, event_id),
  FOREIGN KEY (area_id, person_id) REFERENCES person (area_id, person_id)
) {keyed};
CREATE INDEX thread_unit ON thread_event (area_id, unit_id, on_date, kind);
-- +goose Down
