-- Derived: dropped and rebuilt from the entries in order of arrival, equal to the last bit.
-- A blob marked + ends with a checksum of eight bytes over itself and the place where it lies.

CREATE TABLE page (
  number INTEGER PRIMARY KEY, -- positions number * 1024 + 1 ... number * 1024 + 1024
  runs BLOB NOT NULL, -- + ProjectionPage: which events
  links BLOB NOT NULL, -- + ProjectionPage: which of them are not the first of their item
  hot BLOB NOT NULL, -- + ProjectionPage: what scores by day read
  times BLOB NOT NULL, -- + ProjectionPage: stamps, recorded and occurred times
  customers BLOB NOT NULL -- + ProjectionPage: pseudonyms
) STRICT;

CREATE TABLE tail (
  position INTEGER PRIMARY KEY, -- not yet sealed into a page
  row BLOB NOT NULL -- + TailRow
) STRICT;

CREATE TABLE item (
  id BLOB PRIMARY KEY CHECK (length(id) = 16), -- ItemID that some event named
  first INTEGER NOT NULL -- position of the first event of the item
) STRICT, WITHOUT ROWID;

CREATE TABLE chain (
  first INTEGER PRIMARY KEY, -- position of the first event of an item that has several
  last INTEGER NOT NULL -- position of its newest; each points to the one before
) STRICT;

CREATE TABLE label_set (
  number INTEGER PRIMARY KEY, -- Vocabulary
  bytes BLOB NOT NULL -- + keys and values
) STRICT;

CREATE TABLE answer_shape (
  number INTEGER PRIMARY KEY, -- Vocabulary
  bytes BLOB NOT NULL -- + slots
) STRICT;

CREATE TABLE label (
  number INTEGER PRIMARY KEY, -- Vocabulary: labels that re-attributions name
  bytes BLOB NOT NULL -- + key and value
) STRICT;

CREATE TABLE batch (
  number INTEGER PRIMARY KEY, -- Vocabulary
  bytes BLOB NOT NULL -- + item of the ImportStarted event
) STRICT;

CREATE TABLE counter (
  site INTEGER NOT NULL, -- Vocabulary
  day INTEGER NOT NULL, -- days since 1970-01-01 in the ledger's zone; -2147483648 = unknown
  cells BLOB NOT NULL, -- + CounterCells: for each measure and bucket the sum of all changes
  PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE change_block (
  measure INTEGER NOT NULL, -- Measure
  level INTEGER NOT NULL, -- 0 = changes of 4,096 positions; each level sums 16 blocks of the one below
  number INTEGER NOT NULL, -- block of its level, from 0
  bytes BLOB NOT NULL, -- + ChangeBlock
  PRIMARY KEY (measure, level, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE change_tail (
  position INTEGER PRIMARY KEY, -- not yet sealed into a block
  changes BLOB NOT NULL -- + TailChanges: what counting the position adds to which cells
) STRICT;

CREATE TABLE edge (
  log INTEGER PRIMARY KEY, -- log.number
  size INTEGER NOT NULL, -- entries held
  frontier BLOB NOT NULL, -- MerkleFrontier: the right edge of the tree
  stamp INTEGER NOT NULL, -- of the last entry, microseconds
  recorded_max INTEGER NOT NULL, -- the greatest recorded time, microseconds since 1970 UTC
  last_position INTEGER NOT NULL -- of the last entry
) STRICT;

CREATE TABLE subtree (
  log INTEGER NOT NULL, -- log.number
  level INTEGER NOT NULL CHECK (level >= 8), -- 2^level leaves; lower ones are hashed again when asked for
  number INTEGER NOT NULL, -- of its level, from 0
  hash BLOB NOT NULL CHECK (length(hash) = 32), -- RFC 9162 node
  PRIMARY KEY (log, level, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE context_event (
  position INTEGER PRIMARY KEY, -- of an event that changes what counts
  log INTEGER NOT NULL, -- log.number
  seq INTEGER NOT NULL -- in its log
) STRICT;

CREATE TABLE repetition (
  origin BLOB NOT NULL CHECK (length(origin) = 16), -- LogID of a forked log
  origin_seq INTEGER NOT NULL, -- of an entry of its tail
  leaf BLOB NOT NULL CHECK (length(leaf) = 32), -- of that entry: branches have different ones at one seq
  log INTEGER NOT NULL, -- log.number of an event that repeats it
  seq INTEGER NOT NULL, -- of that event
  stamp INTEGER NOT NULL, -- of that event, microseconds
  PRIMARY KEY (origin, origin_seq, leaf, log, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE unknown_event (
  log INTEGER NOT NULL, -- log.number
  seq INTEGER NOT NULL, -- of an event of a kind that this version does not know
  PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_key (
  key BLOB NOT NULL CHECK (length(key) = 16), -- Origin.key
  revision TEXT NOT NULL, -- Origin.revision
  content BLOB NOT NULL, -- Origin.content
  position INTEGER NOT NULL, -- of the event that brought it
  PRIMARY KEY (key, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE erased_customer (
  customer BLOB NOT NULL CHECK (length(customer) = 16), -- pseudonym: its own tombstone
  log INTEGER NOT NULL, -- log.number of the erasure
  seq INTEGER NOT NULL, -- seq of the erasure
  PRIMARY KEY (customer, log, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE acknowledgement (
  erasure_log BLOB NOT NULL CHECK (length(erasure_log) = 16), -- LogID of the erasure
  seq INTEGER NOT NULL, -- seq of the erasure
  log INTEGER NOT NULL, -- log.number of the ledger that has obeyed it
  PRIMARY KEY (erasure_log, seq, log)
) STRICT, WITHOUT ROWID;
