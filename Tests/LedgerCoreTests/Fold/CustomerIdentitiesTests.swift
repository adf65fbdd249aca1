import LedgerCore
import LedgerSchema
import Testing
import TestSupport

@Suite struct `Identities of customers` {
  @Test func `the name of a person is the smallest pseudonym, whatever the merges chain`() {
    var bench = MergeBench()
    bench.merge([5, 3], at: 0)
    bench.merge([9, 5], at: 1)
    bench.merge([7, 8], at: 1)
    #expect([3, 5, 9].map(bench.name) == [3, 3, 3])
    #expect([7, 8, 4].map(bench.name) == [7, 7, 4])
  }

  @Test func `a merge of several makes one person of them all`() {
    var bench = MergeBench()
    bench.merge([5, 7, 9, 3], at: 0)
    #expect([3, 5, 7, 9].map(bench.name) == [3, 3, 3, 3])
  }

  @Test func `an unmerge that has seen the merge cancels it, and what hung on it`() {
    var bench = MergeBench()
    let first = bench.merge([5, 3], at: 0)
    bench.merge([9, 5], at: 0)
    bench.unmerge(first, at: 0)
    #expect([3, 5, 9].map(bench.name) == [3, 5, 5])
  }

  @Test func `an unmerge made elsewhere, without having seen the merge, cancels nothing`() {
    var bench = MergeBench()
    let merge = bench.merge([5, 3], at: 0)
    bench.unmerge(merge, at: 1)
    #expect(bench.name(5) == 3)
    bench.observe(0, by: 1)
    bench.unmerge(merge, at: 1)
    #expect(bench.name(5) == 5)
  }

  @Test func `the same merge made again after the unmerge acts again`() {
    var bench = MergeBench()
    let merge = bench.merge([5, 3], at: 0)
    bench.unmerge(merge, at: 0)
    bench.merge([5, 3], at: 0, again: merge)
    #expect(bench.name(5) == 3)
  }

  @Test(arguments: Seeds.all)
  func `neither order nor repetition changes a name`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var bench = MergeBench()
    var merges: [Address] = []
    for _ in 0..<30 {
      let log = Int.random(in: 0..<3, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: if let merge = merges.randomElement(using: &random) { bench.unmerge(merge, at: log) }
      case 1: bench.observe(Int.random(in: 0..<3, using: &random), by: log)
      default:
        let customers = (0..<3).map { _ in UInt64.random(in: 1...12, using: &random) }
        merges.append(bench.merge(customers, at: log))
      }
    }
    let names = (1...12).map(bench.name)
    for _ in 0..<5 {
      bench.events.append(contentsOf: bench.events.prefix(3))
      bench.events.shuffle(using: &random)
      #expect((1...12).map(bench.name) == names)
    }
    #expect(zip(names, 1...12).allSatisfy { $0 <= $1 })
  }
}

/// Merges of numbered customers at up to three logs.
private struct MergeBench {
  var events: [(address: Address, event: Scorebook_V1_Event)] = []
  private var causality = Causality()
  private var seqs: [UInt64] = [0, 0, 0]

  @discardableResult
  mutating func merge(_ customers: [UInt64], at log: Int, again: Address? = nil) -> Address {
    var merge = Scorebook_V1_CustomersMerged()
    let bytes = customers.map { ProtobufBytes.data(CustomerID(high: 0, low: $0).bytes) }
    merge.survivor = bytes[0]
    merge.absorbed = Array(bytes.dropFirst())
    return add(.customersMerged(merge), at: log, item: again.map { ItemID(openedAt: $0) })
  }

  mutating func unmerge(_ merge: Address, at log: Int) {
    add(.customersUnmerged(.init()), at: log, item: ItemID(openedAt: merge))
  }

  mutating func observe(_ other: Int, by log: Int) {
    guard other != log, seqs[other] > 0 else { return }
    seqs[log] += 1
    causality.observe(
      [Address(log: Self.log(other), seq: seqs[other])],
      at: Address(log: Self.log(log), seq: seqs[log]))
  }

  func name(_ customer: UInt64) -> UInt64 {
    CustomerIdentities(events: events, causality: causality)
      .name(of: CustomerID(high: 0, low: customer)).low
  }

  @discardableResult
  private mutating func add(_ body: Bodies.Body, at log: Int, item: ItemID? = nil) -> Address {
    seqs[log] += 1
    var event = Scorebook_V1_Event()
    event.body = body
    if let item { event.item = ProtobufBytes.data(item.bytes) }
    let address = Address(log: Self.log(log), seq: seqs[log])
    events.append((address, event))
    return address
  }

  private static func log(_ number: Int) -> LogID { LogID(high: UInt64(number + 1), low: 0) }
}
