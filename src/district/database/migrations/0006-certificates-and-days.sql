-- A school may be known by a certificate: a row like a key's, whose hash is that of the certificate; written down when it is shown for the first time.
ALTER TABLE school_key ADD COLUMN until bigint; -- of a certificate: when it runs out; null: a key

-- What the journal of a school has grown by on one day.
ALTER TABLE cursor ADD COLUMN day bigint;                        -- days since 1970 by the district's clock
ALTER TABLE cursor ADD COLUMN day_bytes bigint NOT NULL DEFAULT 0;
