import LedgerCore

/// A signed note, a checkpoint, and the base 64 in them.
enum CheckpointTarget {
  private static let signer = NoteName("scorebook/fuzz").flatMap {
    NoteSigner(name: $0, privateKey: [UInt8](repeating: 7, count: 32))
  }

  static func run(on bytes: [UInt8]) throws {
    if let note = try? SignedNote(parsing: bytes) {
      try law("a note has one form") { note.bytes == bytes }
      if let signer {
        _ = try? signer.verifier.verify(note)
        _ = try? Checkpoint(opening: note, with: signer.verifier)
      }
      try checkText(note.text)
    }
    try checkText(bytes)
    if let decoded = Base64.decode(bytes) {
      try law("no two texts stand for the same bytes") {
        Array(Base64.encode(decoded).utf8) == bytes
      }
    }
  }

  private static func checkText(_ text: [UInt8]) throws {
    guard let checkpoint = try? Checkpoint(parsing: text) else { return }
    try law("a head has one text") { checkpoint.text == text }
    guard let signer = NoteSigner(name: checkpoint.origin, privateKey: key) else { return }
    guard let note = try? signer.signCheckpoint(size: checkpoint.size, root: checkpoint.root) else {
      return
    }
    try law("a head that is signed opens as itself") {
      let read = try SignedNote(parsing: note.bytes)
      return try Checkpoint(opening: read, with: signer.verifier) == checkpoint
    }
  }

  private static let key = [UInt8](repeating: 9, count: 32)
}
