-- Records that go: the content of old lines is cut, their leaves stay; State at the cut is what the lines before it can no longer be folded to.
CREATE TABLE base (
  school text NOT NULL, epoch integer NOT NULL,
  seq bigint NOT NULL, state text NOT NULL, at bigint NOT NULL,
  PRIMARY KEY (school, epoch)
);

-- How far each journal was looked through, how many of its lines were cut, and how old the youngest of them could be.
CREATE TABLE cut (
  school text NOT NULL, epoch integer NOT NULL,
  seen bigint NOT NULL DEFAULT 0,   -- lines up to here are cut or stay for good
  lines bigint NOT NULL DEFAULT 0,
  before bigint,                    -- no line of this time or later was cut
  at bigint NOT NULL,
  PRIMARY KEY (school, epoch)
);
