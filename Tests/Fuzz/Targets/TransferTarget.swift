import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf
import TestSupport

/// A bundle's frames, one after another with their lengths: made a bundle of the reader's own ledger, merged as a file,
/// and again from a shared folder.
enum TransferTarget {
  private static let folder = Result { try TemporaryFolder() }

  static func run(on bytes: [UInt8]) throws {
    let frames = frames(in: bytes)
    guard !frames.isEmpty else { return }
    let ledger = try Stage.shared.get().makeReader()
    var bundle = RawBundle(windowLog: 20)
    for frame in frames { try bundle.add(belonging(frame, to: ledger)) }
    let folder = try folder.get()
    let top = "transfer-\(getpid())"
    defer { try? folder.remove(top) }
    // As another site's file, and in the place of the reader's own one.
    for log in [Stage.log, ledger.log] {
      let shelf = "\(top)/\(ledger.ledgerID.description.prefix(16))/\(log)"
      try FileManager.default.createDirectory(
        atPath: folder.path(shelf), withIntermediateDirectories: true)
      try bundle.write(to: folder.path("\(shelf)/00000001.entries"))
    }
    let path = folder.path("\(top)/copy.bundle")
    try bundle.write(to: path)
    let before = try sizes(of: ledger)
    _ = try? ledger.merge(bundle: path)
    try law("a folder with any file in it can be synced") {
      _ = try ledger.sync(folder: folder.path(top))
      return true
    }
    try law("nothing unsigned is taken in") { try sizes(of: ledger) == before }
    // Replays all of it, which costs more than the rest together: for some of the inputs.
    guard bytes.count.isMultiple(of: 4) else { return }
    try law("what is held verifies as before") { try ledger.verify().findings.isEmpty }
  }

  /// As many as are whole.
  private static func frames(in bytes: [UInt8]) -> [Scorebook_V1_Frame] {
    var frames: [Scorebook_V1_Frame] = []
    var rest = bytes[...]
    while rest.count >= 4 {
      let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      guard length <= rest.count,
        let frame = try? Scorebook_V1_Frame(serializedBytes: Array(rest.prefix(length)))
      else { return frames }
      frames.append(frame)
      rest = rest.dropFirst(length)
    }
    return frames
  }

  private static func belonging(
    _ frame: Scorebook_V1_Frame, to ledger: Ledger
  ) -> Scorebook_V1_Frame {
    guard case .hello(var hello)? = frame.message else { return frame }
    hello.protocolVersion = SyncLimits.protocolVersion
    hello.ledger = ProtobufBytes.data(ledger.ledgerID.bytes)
    var frame = frame
    frame.hello = hello
    return frame
  }

  /// How far the logs of others are held.
  private static func sizes(of ledger: Ledger) throws -> [UInt64] {
    try ledger.store.read { _, state in
      state.logs.filter { $0.id != ledger.log }.map(\.size)
    }
  }
}
