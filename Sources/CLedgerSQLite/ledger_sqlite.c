#include "ledger_sqlite.h"

#include <stddef.h>

int ledger_sqlite_harden(sqlite3 *connection) {
  static const int options[] = {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, SQLITE_DBCONFIG_DEFENSIVE};
  for (size_t index = 0; index < sizeof options / sizeof options[0]; index++) {
    int code = sqlite3_db_config(connection, options[index], 1, NULL);
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}
