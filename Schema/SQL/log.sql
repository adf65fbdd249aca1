-- Canonical: what is true. Never changed incompatibly; everything in views.sql follows from it and local.sql.

CREATE TABLE log (
  number INTEGER PRIMARY KEY, -- local, in order of arrival, from 0; never leaves the file
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16) -- LogID
) STRICT;

-- A row holds a run of consecutive entries that were committed together: a bulk import pays for rows by the thousand
-- otherwise. Rows are never joined, split or written again.
CREATE TABLE entry (
  log INTEGER NOT NULL, -- log.number
  seq INTEGER NOT NULL CHECK (seq BETWEEN 1 AND 4294967294), -- of the first entry of the run; 1-based, gapless in a log
  count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 4294967294), -- entries of the run
  bytes BLOB NOT NULL, -- EntryRun: each event exactly as recorded, a leaf of the log's Merkle tree, after its length
  PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  log INTEGER PRIMARY KEY, -- log.number
  size INTEGER NOT NULL CHECK (size >= 1), -- entries that the note covers; may exceed what is held
  root BLOB NOT NULL CHECK (length(root) = 32), -- RFC 9162 root at that size
  note TEXT NOT NULL, -- C2SP signed note by the log's key; the newest that was verified
  held INTEGER NOT NULL, -- entries held when it was taken in; <= size
  consistency BLOB NOT NULL -- proof from held to size, 32 bytes each; empty when they are equal
) STRICT;

CREATE TABLE detached (
  log INTEGER NOT NULL, -- log.number of the entry
  seq INTEGER NOT NULL, -- seq of the entry
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0), -- which of the entry's commitments: SHA-256(salt, encoding, bytes)
  salt BLOB NOT NULL CHECK (length(salt) = 16), -- random; without it the commitment tells nothing
  encoding INTEGER NOT NULL CHECK (encoding BETWEEN 0 AND 255), -- 0 = plain UTF-8
  bytes BLOB NOT NULL, -- the text; the only place where it is
  PRIMARY KEY (log, seq, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;

-- UNIQUE (log, seq) for every entry of a run, and no gap: a run begins where its log ends.
CREATE TRIGGER entry_is_never_replaced BEFORE INSERT ON entry
WHEN NEW.seq <> coalesce(
  (SELECT seq + count FROM entry WHERE log = NEW.log ORDER BY seq DESC LIMIT 1), 1)
BEGIN SELECT RAISE(ABORT, 'an entry is never replaced, and a log has no gap'); END;
