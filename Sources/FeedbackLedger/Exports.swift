// What the facade throws, its callers can name without knowing the modules beneath it.

@_exported public import enum LedgerStore.StoreError
@_exported public import enum LedgerSync.SyncRefusal
