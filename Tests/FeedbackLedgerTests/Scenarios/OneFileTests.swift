import Dispatch
import FeedbackLedger
import Foundation
import LedgerCore
import LedgerStore
import Synchronization
import TestSupport
import Testing

/// One ledger file under several names, and in several hands at once.
@Suite struct `Scenarios of one file` {
  @Test func `a ledger syncs with itself under no name`() throws {
    let company = try Company()
    let path = company.folder.path("branch.ledger")
    let (link, hard) = (company.folder.path("link.ledger"), company.folder.path("hard.ledger"))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    try FileManager.default.linkItem(atPath: path, toPath: hard)
    let digest = try company.branch.holdings().digest
    for name in [path, link, hard] {
      #expect(company.branch.isStored(at: name))
      #expect(!company.hub.isStored(at: name))
    }
    #expect(!company.branch.isStored(at: company.folder.path("none.ledger")))
    let again = try Ledger.open(at: link, surroundings: company.branchClock.surroundings)
    #expect(throws: LedgerError.ownFile(path)) { try company.branch.sync(with: again) }
    #expect(throws: LedgerError.ownFile(path)) { try company.branch.sync(with: company.branch) }
    #expect(try company.branch.holdings().digest == digest)
  }

  @Test func `a symbolic link is the file that it names, and no copy of it`() throws {
    let company = try Company()
    try Company.record(1, at: company.branch)
    let (path, link) = (company.folder.path("branch.ledger"), company.folder.path("link.ledger"))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "branch.ledger")
    for name in [link, path, link] {
      let ledger = try Ledger.open(at: name, surroundings: company.branchClock.surroundings) {
        Issue.record("\($0)")
      }
      try Company.record(1, at: ledger)
      #expect(ledger.log == company.branch.log)
    }
    #expect(try Company.answers(at: company.branch) == 4)
    let beside = try FileManager.default.contentsOfDirectory(atPath: company.folder.path(""))
    #expect(!beside.contains { $0.hasPrefix("link.ledger-") }, "\(beside)")
  }

  /// The lock is free for microseconds only, between two of its transactions.
  @Test func `who writes without a pause lets others write`() async throws {
    let company = try Company()
    let path = company.folder.path("branch.ledger")
    let surroundings = company.branchClock.surroundings
    let busy = try Ledger.open(at: path, surroundings: surroundings)
    let isOver = Atomic(false)
    let hasBegun = DispatchSemaphore(value: 0)
    async let written: Void = onOwnThread {
      while !isOver.load(ordering: .relaxed) {
        try busy.store.write { _ in
          hasBegun.signal()
          // Busy for as long as with a batch of an import, and with nothing between two of them.
          let end = ContinuousClock.now + .milliseconds(30)
          while ContinuousClock.now < end {}
        }
      }
    }
    let slowest = try await onOwnThread {
      defer { isOver.store(true, ordering: .relaxed) }
      hasBegun.wait()
      let other = try Ledger.open(at: path, surroundings: surroundings)
      return try (0..<20).map { _ in
        try ContinuousClock().measure { try Company.record(1, at: other) }
      }.max()
    }
    try await written
    #expect(try #require(slowest) < .seconds(3))
    #expect(try Company.answers(at: company.branch) == 20)
  }

  /// It may belong to another user, or somebody in it may have been stopped.
  @Test(arguments: [false, true])
  func `a turnstile that cannot be passed keeps nobody from writing`(isThere: Bool) throws {
    let company = try Company()
    let turnstile = company.folder.path("branch.ledger") + "-turn"
    if isThere {
      let file = open(turnstile, O_RDWR)
      defer { close(file) }
      #expect(flock(file, LOCK_EX | LOCK_NB) == 0)
      try Company.record(1, at: company.branch)
    } else {
      try FileManager.default.removeItem(atPath: turnstile)
      try FileManager.default.createDirectory(
        atPath: turnstile, withIntermediateDirectories: false)
      let other = try Ledger.open(
        at: company.folder.path("branch.ledger"), surroundings: company.branchClock.surroundings)
      try Company.record(1, at: other)
    }
    #expect(try Company.answers(at: company.branch) == 1)
  }

  /// What is acknowledged, and what is derived, while `verify` reads is none of the moment that it judges.
  @Test func `verify finds nothing while another program records`() async throws {
    let company = try Company()
    let path = company.folder.path("branch.ledger")
    let surroundings = company.branchClock.surroundings
    let recording = try Ledger.open(at: path, surroundings: surroundings)
    try Company.record(500, at: recording)
    let isOver = Atomic(false)
    let rounds = Atomic(0)
    async let recorded: Void = onOwnThread {
      while !isOver.load(ordering: .relaxed) {
        try Company.record(20, at: recording)
        rounds.add(1, ordering: .relaxed)
      }
    }
    try await onOwnThread {
      defer { isOver.store(true, ordering: .relaxed) }
      let verifying = try Ledger.open(at: path, surroundings: surroundings)
      var audits = 0
      while audits < 8 || rounds.load(ordering: .relaxed) < 20 {
        audits += 1
        #expect(try verifying.verify().findings.isEmpty)
      }
    }
    try await recorded
    #expect(try company.branch.verify().findings.isEmpty)
  }
}
