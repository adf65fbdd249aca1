import FeedbackLedger
import Foundation
import FuzzTargets
import LedgerCore
import LedgerSchema
import SwiftProtobuf
import TestSupport

/// A fork that is proven: its evidence as a file and as a message, and the log that says so.
enum ForkSeeds {
  static func all() throws -> [Seed] {
    let folder = try TemporaryFolder()
    var world = try World(seed: 23, branches: 0, timeZone: "UTC", folder: folder)
    try world.join("branch", at: folder.path("branch.ledger"))
    try world.converge()
    try world.clone(site: 1, named: "twin.ledger", in: folder)
    try world.record(2, at: 1)
    try world.record(3, at: 2)
    try world.converge()
    let files = try world.authority.evidence()
    return try files.enumerated().flatMap { number, file in
      let message = Array(Data(base64Encoded: file.proof) ?? Data())
      var event = Scorebook_V1_Event()
      event.body = .forkProven(try Scorebook_V1_ForkProven(serializedBytes: message))
      let entry: [UInt8] = try event.serializedBytes()
      return [
        Seed(.evidence, "fork-\(number)", Array(try file.data)),
        Seed(.proof, "fork-\(number)", message), Seed(.event, "proven-\(number)", entry),
      ]
    }
  }
}
