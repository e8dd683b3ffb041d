-- The district's tables. Times are ms since 1970 (bigint); every table of a school begins its key with `school`,
-- so that a cluster can be distributed by it. `epoch` counts the journals a school has had: a person who gives one up begins the next.

-- What all nodes must agree on: the public key that the district signs with.
CREATE TABLE setting (
  name text PRIMARY KEY, value text NOT NULL
);

CREATE TABLE school (
  school text PRIMARY KEY,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  short_zh text NOT NULL,           -- at most six characters, for tiles
  short_en text NOT NULL,
  street text NOT NULL,             -- street or group, whose officers may see it
  kind text NOT NULL,               -- 'school' | 'kindergarten'
  x real, y real,                   -- place on the drawn outline, 0..1000
  epoch integer NOT NULL DEFAULT 1,
  joined_at bigint NOT NULL,
  left_at bigint
);

CREATE TABLE school_key (
  school text NOT NULL,
  id text NOT NULL,                 -- the first eight hex digits of the hash
  hash text NOT NULL,               -- SHA-256 of the key, hex; the key itself is shown once and kept nowhere
  made_at bigint NOT NULL, made_by text NOT NULL,
  used_at bigint,
  withdrawn_at bigint, withdrawn_by text,
  PRIMARY KEY (school, id)
);

-- One row a school, locked by whoever takes a batch of it.
CREATE TABLE cursor (
  school text PRIMARY KEY,
  epoch integer NOT NULL,
  seq bigint NOT NULL DEFAULT 0,    -- newest line without a gap
  roots jsonb NOT NULL DEFAULT '[]',-- edge of the tree over those lines, hex
  log text,                         -- public key of the school's log, pinned with its first checkpoint
  boot text,                        -- the process that spoke last
  boots jsonb NOT NULL DEFAULT '[]',-- the ones before it, each with the school's time when the next one spoke: whoever of these speaks after that is a second gateway
  head bigint NOT NULL DEFAULT 0,   -- what the school says it has
  seen_at bigint,                   -- its last sign of life, by the district's clock
  told_at bigint,                   -- `at` of its newest line here
  clock_off bigint,                 -- its clock minus ours, ms
  version text,
  filter text,
  held text,                        -- a refusal code while it is in quarantine
  held_at bigint,
  cosigned_size bigint, cosigned_at bigint
);

-- Times in which nothing was heard of a school for longer than it may be silent; `until` is the next sign of life.
CREATE TABLE outage (
  school text NOT NULL, since bigint NOT NULL, until bigint,
  PRIMARY KEY (school, since)
);

CREATE TABLE journal (
  school text NOT NULL, epoch integer NOT NULL, seq bigint NOT NULL,
  leaf text NOT NULL,               -- RFC 6962 leaf hash, hex
  at bigint, kind text,
  line text,                        -- to the letter; null where it stayed at the school
  received_at bigint NOT NULL,
  PRIMARY KEY (school, epoch, seq)
) PARTITION BY HASH (school);
CREATE TABLE journal_0 PARTITION OF journal FOR VALUES WITH (MODULUS 8, REMAINDER 0);
CREATE TABLE journal_1 PARTITION OF journal FOR VALUES WITH (MODULUS 8, REMAINDER 1);
CREATE TABLE journal_2 PARTITION OF journal FOR VALUES WITH (MODULUS 8, REMAINDER 2);
CREATE TABLE journal_3 PARTITION OF journal FOR VALUES WITH (MODULUS 8, REMAINDER 3);
CREATE TABLE journal_4 PARTITION OF journal FOR VALUES WITH (MODULUS 8, REMAINDER 4);
CREATE TABLE journal_5 PARTITION OF journal FOR VALUES WITH (MODULUS 8, REMAINDER 5);
CREATE TABLE journal_6 PARTITION OF journal FOR VALUES WITH (MODULUS 8, REMAINDER 6);
CREATE TABLE journal_7 PARTITION OF journal FOR VALUES WITH (MODULUS 8, REMAINDER 7);

-- What a camera's rate of a day is made of, for a node that does not have it in mind.
CREATE INDEX journal_cameras ON journal (school, epoch, seq)
  WHERE kind IN ('started', 'clock-stepped', 'camera-seen', 'cameras-watched', 'picture-dismissed');

-- Lines of open alarms that overtook the backlog; gone when the backlog has come to them.
CREATE TABLE ahead (
  school text NOT NULL, epoch integer NOT NULL, seq bigint NOT NULL,
  line text NOT NULL, received_at bigint NOT NULL,
  PRIMARY KEY (school, epoch, seq)
);

CREATE TABLE checkpoint (
  school text NOT NULL, epoch integer NOT NULL, size bigint NOT NULL,
  root text NOT NULL, note text NOT NULL, cosignature text NOT NULL, at bigint NOT NULL,
  PRIMARY KEY (school, epoch, size)
);

-- Edges of the tree at some earlier sizes, so that the root at any size is some thousand leaves away.
CREATE TABLE edge (
  school text NOT NULL, epoch integer NOT NULL, size bigint NOT NULL, roots jsonb NOT NULL,
  PRIMARY KEY (school, epoch, size)
);

-- A shortcut: State as the lines fold to. Whoever finds none, or one of another program, folds the lines.
CREATE TABLE fold (
  school text PRIMARY KEY,
  epoch integer NOT NULL, seq bigint NOT NULL, program text NOT NULL, state text NOT NULL
);

CREATE TABLE site (
  school text PRIMARY KEY, hash text NOT NULL, body jsonb NOT NULL, at bigint NOT NULL
);

-- What was not folded in: single lines that cannot be read, and batches that do not agree with what was there.
CREATE TABLE quarantine (
  school text NOT NULL, id text NOT NULL, at bigint NOT NULL,
  code text NOT NULL, epoch integer NOT NULL, seq bigint NOT NULL,
  zh text NOT NULL, en text NOT NULL,
  body text NOT NULL,               -- at most 100 000 characters of it
  settled_at bigint, settled_by text, settled_how text,
  PRIMARY KEY (school, id)
);

-- Why a school was refused last, by reason: that it speaks again is seen by its sign of life.
CREATE TABLE school_trouble (
  school text NOT NULL, code text NOT NULL, since bigint NOT NULL, last_at bigint NOT NULL, zh text NOT NULL, en text NOT NULL,
  PRIMARY KEY (school, code)
);

CREATE TABLE alarm (
  school text NOT NULL, epoch integer NOT NULL, id bigint NOT NULL,
  key text NOT NULL, kind text NOT NULL, priority integer NOT NULL,
  device text NOT NULL, zone text, round text, checkpoint text,
  place_zh text NOT NULL, place_en text NOT NULL,
  why_zh text, why_en text, covert boolean NOT NULL DEFAULT false,
  raised_at bigint NOT NULL, last_at bigint NOT NULL, count integer NOT NULL DEFAULT 1,
  returned_at bigint,
  acked_by text, acked_at bigint, first_acked_by text, first_acked_at bigint,
  dispatched_to text, dispatched_at bigint, arrived_by text, arrived_at bigint,
  level integer, incident bigint,
  finding text, disposed_by text, disposed_at bigint,
  closed_by text, closed_at bigint, reason text, note text,
  received_at bigint NOT NULL,      -- when the district learned of it
  ahead boolean NOT NULL DEFAULT false,
  PRIMARY KEY (school, epoch, id)
);
CREATE INDEX alarm_open ON alarm (school, priority) WHERE closed_at IS NULL;
CREATE INDEX alarm_time ON alarm (raised_at);

-- Who was told and who acted, each a line of the school's journal: for accountability.
CREATE TABLE deed (
  school text NOT NULL, epoch integer NOT NULL, seq bigint NOT NULL,
  alarm bigint, at bigint NOT NULL, kind text NOT NULL, who text, channel text, outcome text, body jsonb NOT NULL,
  PRIMARY KEY (school, epoch, seq)
);
CREATE INDEX deed_alarm ON deed (school, epoch, alarm);

CREATE TABLE round (
  school text NOT NULL, epoch integer NOT NULL, id text NOT NULL,
  route text NOT NULL, start bigint NOT NULL, day text NOT NULL, -- the school's day, 2026-11-30
  person text, opened_at bigint, completed_at bigint, broken_at bigint,
  result text, due integer NOT NULL DEFAULT 0, reached integer NOT NULL DEFAULT 0, on_time integer NOT NULL DEFAULT 0, missed integer NOT NULL DEFAULT 0,
  judged integer NOT NULL DEFAULT 0, -- points that were due by then, whatever came of them
  cancelled boolean NOT NULL DEFAULT false,
  PRIMARY KEY (school, epoch, id)
);
CREATE INDEX round_day ON round (day);

CREATE TABLE camera_day (
  school text NOT NULL, epoch integer NOT NULL, day text NOT NULL, device text NOT NULL,
  kitchen boolean NOT NULL, up_ms bigint NOT NULL, due_ms bigint NOT NULL,
  PRIMARY KEY (school, epoch, day, device)
);

CREATE TABLE rectification (
  school text NOT NULL, epoch integer NOT NULL, id bigint NOT NULL,
  state text NOT NULL, kind text, place_zh text, place_en text, what text,
  opened_at bigint NOT NULL, due_at bigint, taken_by text, taken_at bigint, answered_at bigint, closed_at bigint, closed_by text,
  PRIMARY KEY (school, epoch, id)
);

CREATE INDEX rectification_open ON rectification (school, epoch) WHERE closed_at IS NULL;

CREATE TABLE drill (
  school text NOT NULL, epoch integer NOT NULL, id bigint NOT NULL,
  started_at bigint NOT NULL, started_by text NOT NULL, kind text NOT NULL,
  ended_at bigint, broken_at bigint, all_present_at bigint,
  due integer NOT NULL DEFAULT 0, present integer NOT NULL DEFAULT 0, classes jsonb NOT NULL DEFAULT '[]', problems jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (school, epoch, id)
);

-- What a tile shows, one row a school, written with the batch it comes of.
CREATE TABLE tile (
  school text PRIMARY KEY,
  epoch integer NOT NULL, seq bigint NOT NULL,
  body jsonb NOT NULL
);

CREATE TABLE command (
  id text PRIMARY KEY, school text NOT NULL, epoch integer NOT NULL,
  kind text NOT NULL, body jsonb NOT NULL, signature text NOT NULL,
  officer text NOT NULL, at bigint NOT NULL, until bigint NOT NULL,
  taken_at bigint,                  -- the school's journal has it
  done_at bigint, outcome text, done_by text, detail jsonb -- what the school's journal says came of it
);
CREATE INDEX command_waiting ON command (school) WHERE taken_at IS NULL;
CREATE INDEX command_urged ON command (school) WHERE kind = 'urge' AND done_at IS NULL;

-- Files a school sent because an order asked for them.
CREATE TABLE sent_file (
  id text PRIMARY KEY,              -- the order's
  school text NOT NULL, name text NOT NULL, type text NOT NULL, sha256 text NOT NULL, bytes bytea NOT NULL, at bigint NOT NULL
);

CREATE TABLE officer (
  name text PRIMARY KEY, role text NOT NULL, -- 'duty' | 'chief' | 'auditor' | 'admin' | 'screen'
  shown text NOT NULL,              -- as schools read it
  streets jsonb NOT NULL DEFAULT '[]', -- empty: all
  hash text,
  fresh boolean NOT NULL DEFAULT true, -- the password was given by somebody else and is changed at the next log-in
  totp text,                        -- the secret of the one-time codes, sealed with a key that is not in the database
  totp_step bigint,                 -- half minute of the newest code used: no code counts twice
  oidc text UNIQUE,                 -- what the claim of the bureau's log-in says of him
  made_at bigint NOT NULL, locked_at bigint,
  version integer NOT NULL DEFAULT 1 -- raised to end all his sessions
);

-- Sessions that were left before their time; gone when that has come.
CREATE TABLE left_session (
  id text PRIMARY KEY, until bigint NOT NULL
);

-- Failed log-ins by name and by address, each put into one of so many slots that the table has an end.
CREATE TABLE attempt (
  slot text PRIMARY KEY, failures integer NOT NULL, blocked_until bigint NOT NULL, last_at bigint NOT NULL
);

-- What was done at the district, each line chained to the one before: no record can be altered unseen.
CREATE TABLE trail (
  n bigint PRIMARY KEY, at bigint NOT NULL, officer text NOT NULL, kind text NOT NULL, school text, body jsonb NOT NULL,
  line text NOT NULL, link text NOT NULL
);
