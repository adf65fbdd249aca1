import FeedbackLedger
import Foundation
import LedgerCore
import Testing

/// What is wrong with the file, the folder, the disk or the neighbour, as a user meets it: one sentence, the documented
/// code, and the ledger as it was.
@Suite struct BadFileTests {
  private static let record = "scorebook record survey-response-submitted --answer nps=9"

  @Test(arguments: [
    // What stands where a ledger should be, the code, and a word of the sentence.
    ("mkdir x", 66, "file"), (": > x", 65, "no ledger"), ("printf 'SQLite format 3' > x", 65, "no"),
    ("head -c 70000 /dev/urandom > x", 65, "no ledger"), ("ln -s nowhere x", 66, "no ledger"),
    ("ln -s x x", 66, "x"), ("head -c 5000 hq.ledger > x", 65, "x"),
    (
      "cp hq.ledger x; printf '\\0\\0\\0\\143' | dd of=x bs=1 seek=60 conv=notrunc status=none", 77,
      "Upgrade"
    ),
    ("cp hq.ledger x; printf 'zz' | dd of=x bs=1 seek=68 conv=notrunc status=none", 65, "another"),
    ("mkfifo x", 74, "x"), ("true", 66, "no ledger x"),
  ])
  func `what is no ledger is said to be none`(making: String, status: Int32, word: String) throws {
    let place = try Workplace.withLedger()
    for command in [Self.record, "scorebook score nps", "scorebook verify"] {
      let ending = try place.shell(
        """
        rm -rf x x-*
        \(making)
        timeout 30 \(command) --ledger x
        """)
      expectSentence(ending, status: status, word)
    }
    try place.expectUntouched()
  }

  @Test(.enabled(if: Privileges.canBeDropped, "setpriv is not here, or this is not root"))
  func `a ledger that may only be read is read, and not written`() throws {
    let place = try Workplace.withLedger()
    try place.recordAnswer("nps=9")
    let ending = try place.shell("chmod 0400 hq.ledger*; \(Privileges.dropped) \(Self.record)")
    expectSentence(ending, status: nil, "hq.ledger")
    #expect([74, 77].contains(ending.status), "\(ending.status)")
    _ = try place.shell("chmod 0600 hq.ledger*")
    #expect(try place.succeed("log").lines.count == 2)
    try place.succeed("verify")
  }

  @Test(.enabled(if: Privileges.canBeDropped, "setpriv is not here, or this is not root"))
  func `a folder that may not be written is said`() throws {
    let place = try Workplace.withLedger()
    for (command, path) in [
      ("init shut/b.ledger --site B", "shut/b.ledger"), ("bundle shut/b", "shut/b"),
      ("backup shut/b", "shut/b"), ("invite HN -o shut/b", "shut/b"),
    ] {
      let ending = try place.shell(
        "mkdir -p shut; chmod 0500 shut; \(Privileges.dropped) scorebook \(command)")
      expectSentence(ending, status: nil, path)
      #expect([73, 77].contains(ending.status), "\(command): \(ending.status)")
    }
    #expect(try place.shell("ls -A shut").output.isEmpty)
    try place.expectUntouched()
  }

  @Test(.enabled(if: Privileges.canMount, "mounting a small disk needs root and a mount namespace"))
  func `on a full disk nothing is half recorded, and after room was made it goes on`() throws {
    let place = try Workplace()
    let ending = try place.shell(
      """
      mkdir small
      unshare -m bash -euc '
        mount -t tmpfs -o size=2m none small; cd small
        export SCOREBOOK_LEDGER=hq.ledger
        scorebook init hq.ledger --site HQ > /dev/null
        text=$(head -c 60000 /dev/zero | tr "\\0" x)
        while \(Self.record) --comment "$text" >> ../acked 2> ../said; do true; done
        cat ../said >&2
        set +e
        \(Self.record) --comment "$text" 2> /dev/null; echo "status $?"
        scorebook verify > /dev/null 2>&1; echo "verify $?"; ls | grep -c verify
        mount -o remount,size=32m none .
        \(Self.record) >> ../acked
        echo "after $(scorebook log | grep -c response-submitted) acked $(cat ../acked | wc -l)"
        scorebook verify
      '
      """)
    #expect(ending.lines.contains("status 74"), "\(ending.output) \(ending.errors)")
    expectSentence(ending, status: 0, "the disk is full")
    let counts = try #require(ending.lines.first { $0.hasPrefix("after ") }).split(separator: " ")
    #expect(counts[1] == counts[3])
    // There is no room for a copy to compare with; what there was of it is gone.
    #expect(ending.lines.contains("verify 74"))
    #expect(ending.lines.contains("0"))
    #expect(ending.lines.last == "verified")
  }

  @Test(.enabled(if: Privileges.canMount, "mounting a small disk needs root and a mount namespace"))
  func `a disk that is full under the ledger is not said of the bundle`() throws {
    let place = try Workplace.withLedger()
    let ending = try place.shell(
      """
      mkdir small
      text=$(head -c 60000 /dev/zero | tr "\\0" x)
      for number in {1..60}; do \(Self.record) --comment "$text"; done > /dev/null
      scorebook invite HN -o hn.invitation > /dev/null
      scorebook bundle all.bundle > /dev/null
      unshare -m bash -euc '
        mount -t tmpfs -o size=2m none small
        scorebook init small/hn.ledger --site HN --invite hn.invitation > /dev/null
        scorebook merge all.bundle --ledger small/hn.ledger
      '
      """)
    expectSentence(ending, status: 74, "small/hn.ledger")
    #expect(!ending.errors.contains("all.bundle"), "\(ending.errors)")
  }

  @Test func `a lock that is held for ten seconds is said, and nothing is recorded`() throws {
    let place = try Workplace.withLedger()
    let ending = try place.shell(
      """
      flock hq.ledger-lock sleep 14 & holder=$!
      sleep 0.3
      \(Self.record); status=$?
      kill $holder; wait $holder 2> /dev/null
      exit $status
      """)
    expectSentence(ending, status: 75, "10 seconds")
    try place.expectUntouched()
    try place.recordAnswer("nps=9")
  }

  @Test func `a pipe is read like a file, where a file is read once`() throws {
    let place = try Workplace.withLedger()
    try place.file("map.yaml", Samples.mapping)
    try place.file("rows.csv", Samples.rows + "\n")
    let ending = try place.shell(
      "mkfifo p; cat rows.csv > p & timeout 30 scorebook import p --map map.yaml; exit $?")
    #expect(ending.lines.first?.contains("accepted 2") == true, "\(ending.errors)")
    let merge = try place.shell(
      "scorebook bundle b > /dev/null; mkfifo q; cat b > q 2> /dev/null & timeout 30 scorebook merge q"
    )
    expectSentence(merge, status: 65, "it is no file")
    try place.succeed("verify")
  }

  @Test(arguments: [
    (HandoverLimits.invitationBytesMax, "join x b.ledger"),
    (HandoverLimits.evidenceBytesMax, "evidence --check x"),
    (HandoverLimits.recoveryKeyBytesMax, "recover x"),
    (HandoverLimits.headsBytesMax, "score nps --at clock:x"),
    (HandoverLimits.certificateBytesMax, "sync https://127.0.0.1:1 --once --certificate x"),
    (MetricDefinition.Limits.textBytesMax, "define --check x"),
    (ImportLimits.mappingBytesMax, "import x --map x"),
  ])
  func `a file that is read whole is read up to what it may hold`(limit: Int, command: String)
    throws
  {
    let place = try Workplace.withLedger()
    for size in [limit, limit + 1] {
      for script in ["\(command)", command.replacing("x ", with: "- ").replacing(/x$/, with: "-")] {
        let ending = try place.shell(
          """
          export SCOREBOOK_LEDGER=hq.ledger
          head -c \(size) /dev/zero | tr '\\0' ' ' > x
          scorebook \(script) < x
          """)
        expectSentence(ending, status: nil)
        let isRefused = ending.errors.contains("has more than \(limit) bytes")
        #expect(isRefused == (size > limit), "\(script), \(size): \(ending.errors)")
      }
    }
    try place.expectUntouched()
  }

  private func expectSentence(
    _ ending: Workplace.Ending, status: Int32?, _ words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let said = ending.errors
    if let status {
      #expect(ending.status == status, "\(said)", sourceLocation: sourceLocation)
    }
    #expect(said.hasPrefix("scorebook: "), "\(said)", sourceLocation: sourceLocation)
    #expect(said.count { $0 == "\n" } == 1, "\(said)", sourceLocation: sourceLocation)
    for word in words {
      #expect(said.contains(word), "\(said)", sourceLocation: sourceLocation)
    }
    for trace in ["Error Domain", "Fatal error", "Stack dump", "unforeseen"] {
      #expect(!said.contains(trace), "\(said)", sourceLocation: sourceLocation)
    }
  }
}

/// What the tests may do here.
private enum Privileges {
  /// Root without its capabilities is bound by permissions like everybody.
  static let dropped = "setpriv --bounding-set=-all --inh-caps=-all"
  static let canBeDropped = succeeds("test $(id -u) = 0 && \(dropped) true")
  static let canMount = succeeds("unshare -m mount -t tmpfs none /mnt")

  private static func succeeds(_ script: String) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["bash", "-c", script]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

extension Workplace {
  /// The ledger holds its first event and nothing else, and is whole.
  func expectUntouched(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let log = try run(["log"])
    let kinds = log.lines.filter { !$0.contains("site-invited") }
    #expect(kinds.count == 1, "\(log.output)\(log.errors)", sourceLocation: sourceLocation)
    #expect(try run(["verify"]).status == 0, sourceLocation: sourceLocation)
  }
}
