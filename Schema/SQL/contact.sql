-- Local, by itself: version 1 of the canonical part had another one, and files of it are given this one.

CREATE TABLE contact (
  log BLOB PRIMARY KEY CHECK (length(log) = 16), -- the peer's own log
  site TEXT NOT NULL, -- as it named itself
  last_us INTEGER NOT NULL, -- the last session; one that brought nothing to ten minutes; microseconds since 1970 UTC
  ahead_us INTEGER, -- its clock less this one when it last told it, to a minute; microseconds; null = it never did
  received INTEGER NOT NULL -- events that it brought, all sessions
) STRICT, WITHOUT ROWID;
