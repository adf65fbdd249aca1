import Foundation
import Testing

/// Law 7 on a disk that says no: what a system call answers is replaced by `strace`, in the real program.
@Suite(.enabled(if: SystemCalls.canBeTraced, "strace is not installed, or may trace nothing here"))
struct `A disk that fails to sync` {
  @Test func `ends the program with 74 at every sync, and nothing acknowledged is lost`() throws {
    let place = try Workplace.withLedger()
    var acknowledged: [String] = []
    var failed = 0
    for call in 1...20 {
      let run = try FailingDisk.run(
        "record survey-response-submitted --answer nps=9", failing: call, in: place)
      guard let file = run.failedFile else { break }
      if run.ending.status == 0 {
        // SQLite passes over the folder's: the write-ahead log has been in it since the ledger was made.
        #expect(file.hasSuffix(place.directory.lastPathComponent))
        acknowledged += run.ending.lines
      } else {
        failed += 1
        #expect(run.ending.status == 74, "\(file): \(run.ending.errors)")
        #expect(run.ending.output.isEmpty, "\(file)")
        #expect(run.ending.errors.contains("Check the disk"), "\(file)")
      }
      #expect(try place.succeed("verify").lines.last == "verified", "after \(file)")
      acknowledged += try place.succeed(
        "record", "survey-response-submitted", "--answer", "nps=9"
      ).lines
    }
    // Of the write-ahead log and of the high-water file at least.
    #expect(failed >= 2)
    let listed = try place.succeed("log").output
    for address in acknowledged { #expect(listed.contains(address)) }
  }

  @Test func `that cannot read the high-water file takes it for no new one`() throws {
    let place = try Workplace.withLedger()
    let record = ["record", "survey-response-submitted", "--answer", "nps=9"]
    var acknowledged = try place.run(record).lines
    var failed = 0
    for call in 1...6 {
      let run = try FailingDisk.run(
        record.joined(separator: " "), failing: call, of: "pread64", in: place,
        file: "hq.ledger-highwater")
      guard run.failedFile != nil else { break }
      failed += 1
      #expect(run.ending.status == 74, "\(run.ending.errors)")
      #expect(run.ending.output.isEmpty)
      #expect(run.ending.errors.contains("could not be read"))
      acknowledged += try place.run(record).lines
    }
    #expect(failed >= 1)
    let heads = try place.succeed("log").output
    for address in acknowledged { #expect(heads.contains(address)) }
    // The newest slot is the newest head: a log that is shorter would be left for a successor.
    #expect(try place.succeed("verify").output.contains(" in 1 logs"))
  }

  @Test func `an import that ends so is whole batches, and goes on where it stopped`() throws {
    let place = try Workplace.withLedger()
    try place.file("map.yaml", Samples.mapping)
    let rows = (1...4_500).map { "\($0),2026-01-1\($0 % 10),\($0 % 11),A,comment \($0)" }
    try place.file("rows.csv", (["id,day,q,shop,comment"] + rows).joined(separator: "\n") + "\n")
    var kept: Double = 0
    for call in [2, 3, 4, 5, 6] {
      let run = try FailingDisk.run("import rows.csv --map map.yaml", failing: call, in: place)
      #expect([0, 74].contains(run.ending.status), "\(run.ending.errors)")
      let count = try place.score("nps")["rows"][0]["n"].number ?? 0
      #expect(count >= kept)
      #expect(count == 4_500 || count.truncatingRemainder(dividingBy: 2_000) == 0)
      kept = count
      #expect(try place.succeed("verify").lines.last == "verified")
    }
    _ = try place.run(["import", "rows.csv", "--map", "map.yaml"])
    #expect(try place.score("nps")["rows"][0]["n"].number == 4_500)
    try place.succeed("verify")
  }
}

/// Runs the program with one of its calls that bring bytes to the disk answered by an I/O error.
private enum FailingDisk {
  /// `failing`: which call, from 1, of those that are named.
  /// `file`: only calls that concern this one.
  /// - Returns: with the file whose sync failed; nil where there were fewer calls.
  static func run(
    _ command: String, failing call: Int, of calls: String = "fsync,fdatasync",
    in place: Workplace, file: String? = nil
  ) throws -> (ending: Workplace.Ending, failedFile: String?) {
    let only = file.map { "-P \($0)" } ?? ""
    let ending = try place.shell(
      """
      strace -f -qq -y \(only) -o trace.txt -e trace=\(calls) -e inject=\(calls):error=EIO:when=\(call) \
      scorebook \(command)
      """)
    let trace = String(decoding: try place.bytes(of: "trace.txt"), as: UTF8.self)
    let line = trace.split(separator: "\n").first { $0.contains("INJECTED") }
    // fdatasync(4</tmp/hq.ledger-wal>) = -1 EIO (Input/output error) (INJECTED)
    return (ending, line?.split { "<>".contains($0) }.dropFirst().first.map(String.init))
  }
}
