-- Orders and the files they brought begin their key with the school, as every other table of a school does.
ALTER TABLE command DROP CONSTRAINT command_pkey;
ALTER TABLE command ADD PRIMARY KEY (school, id);
CREATE INDEX command_id ON command (id); -- an officer's page names an order alone

ALTER TABLE sent_file DROP CONSTRAINT sent_file_pkey;
ALTER TABLE sent_file ADD PRIMARY KEY (school, id);
