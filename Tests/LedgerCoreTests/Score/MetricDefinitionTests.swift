import LedgerCore
import Testing

@Suite struct MetricDefinitionTests {
  @Test func `a definition is published as a mapping`() throws {
    let nps = try #require(BuiltInMetrics.definition("nps"))
    #expect(
      nps.description == """
        metric: nps
        version: 1
        title: "Net Promoter Score"
        unit: net points
        polarity: higher is better
        readOut: net
        measure: nps
        scale: 0..10
        low: 0..6
        high: 9..10
        dedupe: all
        minimumCount: 30

        """)
  }

  @Test func `every parameter shows in the published text`() throws {
    let strict = try #require(NetBuckets(.ces, lowMax: 3, highMin: 6))
    let five = try #require(AnswerScale(.nps, values: 1...5))
    let top = try #require(TopBox(.ces, threshold: 6))
    var readOuts: [ReadOut] = BuiltInMetrics.all.map(\.readOut)
    readOuts += EffortSign.allCases.map { .effortNet(strict, $0) }
    readOuts += TicketDuration.allCases.flatMap { span in
      DurationStatistic.allCases.map { .duration(span, $0) }
    }
    readOuts += [.mean(five), .topBox(top)]
    let different = Set(readOuts)
    let texts = try readOuts.map {
      try #require(MetricDefinition(id: "m", title: "M", readOut: $0)).description
    }
    #expect(Set(texts).count == different.count)
    for dedupe in Dedupe.allCases {
      let one = try #require(
        MetricDefinition(
          id: "m", version: 3, title: "M", readOut: .net(.nps), dedupe: dedupe))
      #expect(one.description.contains("dedupe: \(dedupe.rawValue)\n"))
      #expect(one.description.contains("version: 3\n"))
    }
  }

  @Test func `a title cannot forge a line`() throws {
    let forged = try #require(
      MetricDefinition(
        id: "m", title: "a\"\\\nversion: 9\u{2028}\u{85}é", readOut: .responseRate))
    #expect(
      forged.description.contains("title: \"a\\\"\\\\\\u000aversion: 9\\u2028\\u0085é\"\n"))
    #expect(forged.description.split(whereSeparator: \.isNewline).count == 8)
  }

  @Test(arguments: ["", "NPS", "1nps", "nps mean", "nps:", "ñps", ".nps"])
  func `an id is a lowercase letter, then letters, digits, dots and hyphens`(id: String) {
    #expect(MetricDefinition(id: id, title: "T", readOut: .backlog) == nil)
  }

  @Test func `limits hold`() {
    func definition(
      idBytes: Int = 1, titleBytes: Int = 1, version: UInt32 = 1, minimumCount: Int64 = 0
    ) -> MetricDefinition? {
      MetricDefinition(
        id: String(repeating: "a", count: idBytes), version: version,
        title: String(repeating: "t", count: titleBytes), readOut: .backlog,
        minimumCount: minimumCount)
    }
    #expect(definition(idBytes: 64, titleBytes: 200) != nil)
    #expect(definition(idBytes: 65) == nil)
    #expect(definition(titleBytes: 201) == nil)
    #expect(definition(titleBytes: 0) == nil)
    #expect(definition(version: 0) == nil)
    #expect(definition(minimumCount: -1) == nil)
  }

  @Test func `scales, buckets and boxes that cannot be are refused`() throws {
    #expect(AnswerScale(.points, values: 0...10) == nil)
    #expect(AnswerScale(.nps, values: 5...5) == nil)
    #expect(AnswerScale(.nps, values: 0...32_767) != nil)
    #expect(AnswerScale(.nps, values: 0...32_768) == nil)
    #expect(NetBuckets(.nps, lowMax: -1, highMin: 9) == nil)
    #expect(NetBuckets(.nps, lowMax: 6, highMin: 6) == nil)
    #expect(NetBuckets(.nps, lowMax: 6, highMin: 11) == nil)
    #expect(NetBuckets(.nps, lowMax: 6, highMin: 9) == .nps)
    #expect(TopBox(.csat, threshold: 1) == nil)
    #expect(TopBox(.csat, threshold: 6) == nil)
    #expect(TopBox(.csat, threshold: 4) == .csat)
  }

  @Test func `only windowed deduplication breaks the sum over days`() throws {
    for dedupe in Dedupe.allCases {
      let one = try #require(
        MetricDefinition(id: "m", title: "M", readOut: .net(.nps), dedupe: dedupe))
      #expect(one.isSumOverDays == (dedupe == .all))
    }
  }
}

@Suite struct BuiltInMetricsTests {
  @Test func `the ids are those of the specification`() {
    #expect(
      BuiltInMetrics.all.map(\.id).sorted() == [
        "ces.mean", "ces.net", "ces.netDifficulty", "ces.top3", "csat.mean", "csat.top2",
        "csi.equal", "csi.pooled", "csi.respondent", "csi.weighted", "loyalty.issued",
        "loyalty.outstanding", "loyalty.redeemed", "loyalty.redemptionRate", "nps", "nps.mean",
        "survey.responseRate", "ticket.backlog", "ticket.firstResolution", "ticket.frt",
        "ticket.fullResolution", "ticket.reopenRate",
      ])
  }

  @Test(arguments: BuiltInMetrics.all)
  func `each would pass the checks of any other definition`(definition: MetricDefinition) {
    #expect(
      MetricDefinition(
        id: definition.id, version: definition.version, title: definition.title,
        readOut: definition.readOut, dedupe: definition.dedupe,
        minimumCount: definition.minimumCount) == definition)
    #expect(BuiltInMetrics.definition(definition.id) == definition)
    #expect(definition.measures == definition.measures.sorted { $0.rawValue < $1.rawValue })
  }

  @Test func `balances are running totals`() {
    #expect(
      BuiltInMetrics.all.filter(\.isRunningTotal).map(\.id) == [
        "ticket.backlog", "loyalty.outstanding",
      ])
  }

  @Test func `fewer is better for waiting, reopening, difficulty and liability`() {
    #expect(
      BuiltInMetrics.all.filter { $0.polarity == .lowerIsBetter }.map(\.id) == [
        "ces.netDifficulty", "ticket.frt", "ticket.firstResolution", "ticket.fullResolution",
        "ticket.reopenRate", "ticket.backlog", "loyalty.outstanding",
      ])
  }

  @Test(
    arguments: [
      ("npss", ["nps", "nps.mean"]), ("csat.top3", ["csat.top2", "ces.top3"]),
      ("frt", ["ticket.frt"]), ("NPS", ["nps", "nps.mean"]), ("csat", ["csat.mean", "csat.top2"]),
      ("ticket.reopnRate", ["ticket.reopenRate"]), ("weather", []), ("", []),
      (String(repeating: "n", count: 65), []),
    ])
  func `a mistyped name finds its neighbours`(name: String, expected: [String]) {
    #expect(BuiltInMetrics.definition(name) == nil)
    let suggestions = BuiltInMetrics.suggestions(for: name)
    #expect(Array(suggestions.prefix(max(expected.count, 1))) == expected)
    #expect(suggestions.count <= 3)
  }
}
