import FeedbackLedger
import Foundation
import LedgerStore
import TestSupport

extension Simulation {
  /// Through a folder that all can read, beside all sessions and bundles.
  func syncFolder() throws {
    guard let machine = fleet.honestMachine(using: &random) else { return }
    let isDue = Bool.random(using: &random)
    try FileManager.default.createDirectory(
      atPath: fleet.sharedFolder, withIntermediateDirectories: true)
    let shown = isDue ? try showLateFiles() : 0
    let report = try machine.ledger.sync(
      folder: fleet.sharedFolder, entriesMax: Int.random(in: 20...200, using: &random))
    note(report.received, at: machine)
    count(.sharedFolder, report.received.received > 0)
    if shown > 0, report.received.received > 0 { faults.fire(.lateFolderFile) }
    let refused = report.refused.filter { spoiled.contains($0.file) }
    if !refused.isEmpty { faults.fire(.damagedFolderFile) }
    say(
      "machine \(machine.number) syncs by folder, takes \(report.received.received),"
        + " writes \(report.files) files", [machine])
  }

  /// A file of the folder is not shown for a while, as a synced drive does, or a bit of it flips.
  func spoilFolder() throws {
    let files = try folderFiles()
    guard let file = files.randomElement(using: &random) else { return }
    if Int.random(in: 0..<3, using: &random) == 0 {
      var bytes = try Data(contentsOf: URL(filePath: file))
      guard !bytes.isEmpty, spoiled.count < Self.spoiledMax else { return }
      faults.try(.damagedFolderFile)
      bytes[Int.random(in: bytes.indices, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
      try bytes.write(to: URL(filePath: file))
      spoiled.insert(file)
      say("a file of the shared folder is damaged", [])
    } else {
      faults.try(.lateFolderFile)
      let aside = fleet.newPath()
      try FileManager.default.moveItem(atPath: file, toPath: aside)
      fleet.lateFiles.append((file, aside))
      say("a file of the shared folder is late", [])
    }
  }

  private static let spoiledMax = 3

  /// In one order, whatever the file system's is.
  private func folderFiles() throws -> [String] {
    let names = try? FileManager.default.subpathsOfDirectory(atPath: fleet.sharedFolder)
    return (names ?? []).filter { $0.hasSuffix(".entries") || $0.hasSuffix(".texts") }.sorted()
      .map { "\(fleet.sharedFolder)/\($0)" }
  }

  /// - Returns: how many files were late.
  func showLateFiles() throws -> Int {
    defer { fleet.lateFiles = [] }
    for (path, aside) in fleet.lateFiles {
      if FileManager.default.fileExists(atPath: path) {
        // Its writer may have written the same texts again, and no other entries under its name.
        guard path.hasSuffix(".entries") else { continue }
        throw Violation(
          .retention, "another file took the place of \(path.suffix(50))", machines: [])
      }
      try FileManager.default.moveItem(atPath: aside, toPath: path)
    }
    return fleet.lateFiles.count
  }
}
