import FeedbackLedger
import Testing

@Suite struct LoyaltyRowsTests {
  private func points(_ amounts: [(basket: String, amount: String)], rule: String) throws -> [Int64]
  {
    let rows = amounts.enumerated().map { "\($0),\($1.basket),\($1.amount)\n" }.joined()
    var file = try ImportRows(
      ByteSource("line,basket,amount\n" + rows),
      mapping: Mapping(
        yaml: """
          source: shop
          rows: loyalty
          id: line
          occurred: {constant: 2026-03-01}
          loyalty:
            points: \(rule)
          """))
    var points: [Int64] = []
    while let row = try file.next() {
      if case .drafts(let drafts) = row.outcome { points.append(drafts.map(\.points).reduce(0, +)) }
    }
    return points
  }

  private static let amounts = [("a", "0.60"), ("b", "2.5"), ("a", "0.60"), ("a", "1.80")]

  @Test func `by line each amount is rounded`() throws {
    #expect(try points(Self.amounts, rule: "{column: amount}") == [0, 2, 0, 1])
    #expect(try points(Self.amounts, rule: "{column: amount, round: nearest}") == [1, 3, 1, 2])
    #expect(try points(Self.amounts, rule: "{column: amount, round: up}") == [1, 3, 1, 2])
    #expect(try points(Self.amounts, rule: "{column: amount, per: 0.5}") == [1, 5, 1, 3])
  }

  @Test func `by basket a row earns the whole units that the running sum newly reaches`() throws {
    let rule = "{column: amount, group: basket, basket: basket}"
    #expect(try points(Self.amounts, rule: rule) == [0, 2, 1, 2])
  }

  @Test func `sums of cents are exact`() throws {
    let cents = (0..<1_000).map { _ in ("a", "0.01") }
    let rule = "{column: amount, group: household, household: basket}"
    #expect(try points(cents, rule: rule).reduce(0, +) == 10)
  }

  @Test(arguments: [
    ("", Reason.cell(.missing, column: "amount")), ("-1", .cell(.negative, column: "amount")),
    ("1,50", .cell(.notNumber, column: "amount")), ("ten", .cell(.notNumber, column: "amount")),
    ("999999999999999", .cell(.tooLarge, column: "amount")),
  ])
  func `an amount that is none rejects its row`(amount: String, reason: Reason) throws {
    let sample = try ImportSample(
      "line,amount\n1,\"\(amount)\"\n",
      yaml: """
        source: shop
        rows: loyalty
        id: line
        occurred: {constant: 2026-03-01}
        loyalty: {points: {column: amount}}
        """)
    #expect(sample.rejected.map(\.reason) == [reason])
  }

  @Test func `rows can redeem and expire`() throws {
    let sample = try ImportSample(
      "line,card,type,amount\n1,c7,SALE,10\n2,c7,BURN,4\n3,c7,END,6\n",
      yaml: """
        source: shop
        customer: {column: card, namespace: card}
        rows: loyalty
        id: line
        occurred: {constant: 2026-03-01}
        loyalty:
          points: {column: amount}
          movement: {column: type, values: {SALE: earned, BURN: redeemed, END: expired}}
        """)
    #expect(sample.drafts.map(\.kind) == ["earned", "redeemed", "expired"])
    #expect(
      sample.drafts.map(\.item) == [
        .external(kind: "lot", source: "shop", id: "1"),
        .external(kind: "account", source: "shop", id: "c7"),
        .external(kind: "account", source: "shop", id: "c7"),
      ])
  }

  @Test(arguments: [
    ("1", 1), ("0.999999999999", 0), ("4.440892e-16", 0), ("1.5e2", 150), ("12.", 12), (".5", 0),
    ("0000000000000001", 1), ("1000000000000000", 1_000_000_000_000_000),
  ])
  func `an amount reads as the number it is`(text: String, whole: Int64) throws {
    let amount = try #require(Amount(text))
    let one = try #require(Amount("1"))
    #expect(amount.count(of: one, rounding: .down) == whole)
  }

  @Test(arguments: [
    "", ".", "-", "1e", "1e400", "0x1", "1 000", "1.2.3", "1e999999999999999999999",
    "10000000000000000",
  ])
  func `what is no amount, or beyond any price, is none`(text: String) {
    #expect(Amount(text) == nil)
  }
}
