public import LedgerCore

/// Why a definition cannot be published or read. Cases are facts; the wording is the caller's.
public enum DefinitionError: Error, Hashable, Sendable {
  /// Every published number of a built-in id means the same.
  case builtIn(String)
  case versionTaken(String, UInt32, last: UInt32)
  /// An event holds a text that this version cannot read.
  case unreadable(String, DefinitionRefusal)
}
