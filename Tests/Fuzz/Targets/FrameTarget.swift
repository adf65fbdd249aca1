import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerSync
import SwiftProtobuf

/// One frame of a peer that is believed to be of the ledger: what a session, a hub or a site makes of it.
enum FrameTarget {
  static func run(on bytes: [UInt8]) throws {
    guard let frame = try? Scorebook_V1_Frame(serializedBytes: bytes).restored(),
      let message = frame.message
    else { return }
    try checkPacking(of: message)
    let stage = try Stage.shared.get()
    switch message {
    case .hello(let hello): try check(hello, stage)
    case .want(let want): try check(want, stage)
    case .batch(let batch): try check(batch, stage)
    case .goodbye(let goodbye): for refusal in goodbye.refusals { try check(refusal) }
    case .refusal(let refusal): try check(refusal)
    case .forkQuestion(let question): _ = try? stage.authority.answers(to: [question])
    case .forkAnswer(let answer): check(answer)
    case .join(let join): _ = try? stage.authority.requestKey(of: join)
    case .nonces: break
    }
  }

  private static func checkPacking(of message: Scorebook_V1_Frame.OneOf_Message) throws {
    guard let packed = try? Wire.packed([message]) else { return }
    try law("a frame that is packed is unpacked as it was") {
      let frames = try Wire.unpacked(packed)
      let first = try frames.next()?.message
      return try first == message && frames.next() == nil
    }
  }

  private static func check(_ hello: Scorebook_V1_Hello, _ stage: Stage) throws {
    let mine = try stage.authority.holdings()
    var hello = hello
    hello.protocolVersion = SyncLimits.protocolVersion
    hello.ledger = ProtobufBytes.data(mine.ledger.bytes)
    _ = try? mine.hello(answering: hello)
    var session = SyncSession(mine: mine)
    guard let plan = try? session.receive(hello) else { return }
    let want = plan.want(except: [], texts: hello.missingTexts)
    if let sending = try? SyncSession.Plan(sending: want) {
      try law("what is asked for is what was planned") {
        sending.send.map(\.log) == plan.want.map(\.log)
          && sending.send.map(\.seqs) == plan.want.map(\.seqs)
      }
    }
    for head in session.promised.values {
      _ = try? head.verify(ledger: mine.ledger, key: stage.authority.identity.authorityKey)
      try law("a promised head is passed on as it came") {
        try PromisedHead(head.message).chain == head.chain
      }
    }
  }

  private static func check(_ want: Scorebook_V1_Want, _ stage: Stage) throws {
    guard let batches = try? stage.authority.batches(of: want, for: .anyone, max: 7) else { return }
    var rest = want
    for batch in batches { rest.take(batch) }
    try law("what came need not be asked for again") {
      rest.ranges.count <= want.ranges.count && rest.missingTexts.count <= want.missingTexts.count
    }
  }

  private static func check(_ batch: Scorebook_V1_Batch, _ stage: Stage) throws {
    var want = Scorebook_V1_Want()
    want.ranges = batch.runs.map { run in
      var range = Scorebook_V1_Range()
      range.log = run.log
      range.fromSeq = run.firstSeq
      range.toSeq = .max
      return range
    }
    want.take(batch)
    var preparer = try BatchPreparer(stage.authority)
    _ = try? preparer.prepare(batch)
  }

  private static func check(_ refusal: Scorebook_V1_Refusal) throws {
    let read = SyncRefusal(refusal)
    try law("a refusal that is passed on says the same") { SyncRefusal(read.message) == read }
  }

  private static func check(_ answer: Scorebook_V1_ForkAnswer) {
    guard let log = LogID(bytes: answer.log) else { return }
    var search = ForkSearch(log: log, differingAt: 1_000)
    _ = search.question { _ in MerkleTree.leafHash([]) }
    try? search.receive(answer)
    _ = search.commonSeq
  }
}
