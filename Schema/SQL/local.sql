-- Local: neither synced nor derived. Losing it loses no event, but the order of arrival and this log's key.

CREATE TABLE setting (
  name TEXT PRIMARY KEY, -- LocalSetting
  value BLOB NOT NULL -- its bytes; integers as decimal text
) STRICT, WITHOUT ROWID;

CREATE TABLE arrival (
  first_position INTEGER PRIMARY KEY CHECK (first_position >= 1), -- local, dense
  count INTEGER NOT NULL CHECK (count >= 1), -- events of the run
  log INTEGER NOT NULL, -- log.number
  first_seq INTEGER NOT NULL CHECK (first_seq >= 1), -- the run is gapless in its log
  received_us INTEGER NOT NULL, -- microseconds since 1970 UTC, never falling; of an own run the first event's
  is_own INTEGER NOT NULL CHECK (is_own IN (0, 1)), -- 1 = recorded here: each event was received when recorded
  step INTEGER NOT NULL -- the transaction, dense from 1
) STRICT;

CREATE TABLE quarantine (
  number INTEGER PRIMARY KEY, -- in order of arrival
  reason TEXT NOT NULL, -- QuarantineReason
  log BLOB NOT NULL, -- LogID, as claimed
  seq INTEGER NOT NULL, -- as claimed
  bytes BLOB NOT NULL, -- what was refused
  received_us INTEGER NOT NULL -- microseconds since 1970 UTC
) STRICT;

CREATE TABLE contact (
  log BLOB PRIMARY KEY CHECK (length(log) = 16), -- the peer's own log
  site TEXT NOT NULL, -- as it named itself
  last_us INTEGER NOT NULL, -- the last session; one that brought nothing to ten minutes; microseconds since 1970 UTC
  received INTEGER NOT NULL -- events that it brought, all sessions
) STRICT, WITHOUT ROWID;

CREATE TABLE missing_text (
  log INTEGER NOT NULL, -- log.number of an entry held
  seq INTEGER NOT NULL, -- its seq
  ordinal INTEGER NOT NULL, -- which of its commitments has no text here; each session asks for it again
  PRIMARY KEY (log, seq, ordinal)
) STRICT, WITHOUT ROWID;
