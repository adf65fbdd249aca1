#ifndef LEDGER_SQLITE_H
#define LEDGER_SQLITE_H

#include <sqlite3.h>

/// Sets what `sqlite3_db_config` sets: that function is variadic, so Swift cannot call it.
/// The last close must not checkpoint outside the ledger's lock; a schema must not be edited in place.
/// Returns SQLITE_OK or the first error.
int ledger_sqlite_harden(sqlite3 *connection);

#endif
