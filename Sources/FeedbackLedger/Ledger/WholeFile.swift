import Foundation
import LedgerStore

/// Small files that a program keeps beside a ledger: its owner's alone, and there whole or not at all.
package enum WholeFile {
  /// Writes a file beside its place, and puts it there when all of it is on the disk.
  ///
  /// - Throws: `CocoaError` with the path.
  package static func write(_ text: String, to path: String) throws {
    let temporary = path + ".part"
    let file = try PrivateFile.replace(at: temporary)
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
    try move(temporary, to: path)
  }

  /// Puts a finished file in the place of another one.
  ///
  /// - Throws: `CocoaError` with the path.
  package static func move(_ source: String, to path: String) throws {
    try DurableFile.move(source, to: path)
  }
}
