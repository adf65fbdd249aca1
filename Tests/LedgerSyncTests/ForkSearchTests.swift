import LedgerCore
import LedgerSchema
import LedgerSync
import Testing
import TestSupport

@Suite struct `The search for a fork point` {
  @Test(arguments: Seeds.all)
  func `finds the last common entry with few questions`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for bits in [3, 6, 7, 12, 13, 20, 31] {
      let size = UInt64.random(in: 1...(1 << UInt64(bits)), using: &random)
      let common = UInt64.random(in: 0..<size, using: &random)
      var search = ForkSearch(log: LogID(high: 1, low: 2), differingAt: size)
      var questions = 0
      while search.commonSeq == nil {
        let question = search.question { root($0, common: common, branch: 1) }
        #expect(question.heads.count <= SyncLimits.forkHeadsMax)
        var answer = Scorebook_V1_ForkAnswer()
        answer.log = question.log
        answer.matching = UInt32(
          question.heads.prefix {
            Digest256(bytes: $0.root) == root($0.size, common: common, branch: 2)
          }.count)
        try search.receive(answer)
        questions += 1
      }
      #expect(search.commonSeq == common)
      #expect(questions <= bits / 6 + 1)
    }
  }

  @Test(arguments: Seeds.all)
  func `ends whatever the peer answers`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var search = ForkSearch(
      log: LogID(high: 1, low: 2), differingAt: .random(in: 1...UInt64(UInt32.max), using: &random))
    var questions = 0
    while search.commonSeq == nil {
      let question = search.question { root($0, common: 0, branch: 1) }
      var answer = Scorebook_V1_ForkAnswer()
      answer.log = question.log
      answer.matching = UInt32.random(in: 0...UInt32(question.heads.count), using: &random)
      try search.receive(answer)
      questions += 1
      #expect(questions <= 7)
    }
    var tooMany = Scorebook_V1_ForkAnswer()
    tooMany.log = ProtobufBytes.data(LogID(high: 1, low: 2).bytes)
    tooMany.matching = 65
    #expect(throws: SyncRefusal.self) { try search.receive(tooMany) }
  }

  private func root(_ size: UInt64, common: UInt64, branch: UInt8) -> Digest256 {
    Digest256(hashing: [size > common ? branch : 0] + [UInt8](bigEndian: size))
  }
}
