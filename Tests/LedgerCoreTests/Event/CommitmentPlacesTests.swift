import LedgerCore
import LedgerSchema
import TestSupport
import Testing

/// The places of commitments in an entry are those that decoding it reads them from.
@Suite struct CommitmentPlacesTests {
  @Test(arguments: Seeds.all)
  func `at each place lies the commitment that decoding gives`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let event = event(texts: Int.random(in: 0...9, using: &random), &random)
    let entry = try event.entryBytes()
    let ranges = CommitmentPlaces(entry).ranges
    #expect(ranges.count == event.detached.count)
    for (range, detached) in zip(ranges, event.detached) {
      let commitment = ProtobufBytes.array(detached.commitment)
      #expect(range.map { Array(entry[$0]) } == (commitment.count == 32 ? commitment : nil))
    }
  }

  @Test(arguments: Seeds.all)
  func `whatever the bytes are, a place lies within them`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let entry = try event(texts: 3, &random).entryBytes()
    for _ in 0..<500 {
      var bytes = entry
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        bytes[place] = UInt8.random(in: .min ... .max, using: &random)
      }
      if Bool.random(using: &random) {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      }
      for range in CommitmentPlaces(bytes).ranges.compactMap({ $0 }) {
        #expect(range.count == 32 && range.upperBound <= bytes.count)
      }
    }
  }

  @Test func `a commitment that is said twice has no place, and a group is no message`() {
    let commitment = [0x1A, 32] + [UInt8](repeating: 7, count: 32)
    let once = [0x3A, UInt8(commitment.count)] + commitment
    let twice = [0x3A, UInt8(2 * commitment.count)] + commitment + commitment
    #expect(CommitmentPlaces(once).ranges == [4..<36])
    #expect(CommitmentPlaces(twice).ranges == [nil])
    #expect(CommitmentPlaces([0x0B] + once).ranges.isEmpty)
    #expect(CommitmentPlaces([]).ranges.isEmpty)
  }

  private func event(texts: Int, _ random: inout SplitMix64) -> Scorebook_V1_Event {
    var event = Scorebook_V1_Event()
    event.recordedUs = Int64.random(in: 0...(.max), using: &random)
    event.occurredLagUs = Int64.random(in: -1_000_000...1_000_000, using: &random)
    event.flags = ["test", "staff"]
    for _ in 0..<texts {
      var detached = Scorebook_V1_Detached()
      detached.field = .comment
      detached.name = Bool.random(using: &random) ? "why" : ""
      let count = Bool.random(using: &random) ? 32 : Int.random(in: 0...31, using: &random)
      detached.commitment = ProtobufBytes.data(
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) })
      event.detached.append(detached)
    }
    event.ticketOpened = Scorebook_V1_TicketOpened()
    return event
  }
}
