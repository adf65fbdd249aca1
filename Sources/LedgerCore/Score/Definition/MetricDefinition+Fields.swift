extension MetricDefinition {
  /// The mirror of `description`: the same fields in any order give the same definition.
  ///
  /// Unit and polarity follow from the read-out. They may be stated, and are then held against it: whoever writes
  /// down that lower is better should hear that it is not.
  public init(_ fields: DefinitionFields) throws(DefinitionRefusal) {
    var fields = fields
    let id = try fields.required("metric")
    guard Self.isValid(id: id) else {
      throw .wrongValue(
        field: "metric", got: id,
        expected: "a lowercase letter and at most 63 letters, digits, dots and hyphens")
    }
    let version = try fields.integer("version", in: 1...UInt32.max) ?? 1
    let title = try fields.required("title")
    guard (1...Limits.titleBytesMax).contains(title.utf8.count) else {
      throw .wrongValue(
        field: "title", got: title, expected: "1 to \(Limits.titleBytesMax) bytes of text")
    }
    let readOut = try ReadOut(&fields)
    let dedupe = try Self.dedupe(&fields, readOut)
    let window = try Self.window(&fields, dedupe)
    let zone = try Self.zone(&fields)
    let population = try Self.population(&fields, readOut)
    let minimum = try fields.integer("minimumCount", in: 0...Int64.max)
    let decimals = try fields.integer("decimals", in: 0...Limits.decimalsMax)
    try Self.check("unit", readOut.unit.rawValue, &fields)
    try Self.check("polarity", readOut.polarity.rawValue, &fields)
    try fields.finish()
    guard
      let definition = MetricDefinition(
        id: id, version: version, title: title, readOut: readOut, dedupe: dedupe,
        window: window, zone: zone, population: population,
        minimumCount: minimum ?? Self.minimumCountDefault, decimals: decimals)
    else { throw .notAMapping("its fields contradict each other") }
    self = definition
  }

  private static func dedupe(
    _ fields: inout DefinitionFields, _ readOut: ReadOut
  ) throws(DefinitionRefusal) -> Dedupe {
    let dedupe: Dedupe = try fields.choice("dedupe") ?? .all
    guard dedupe == .all || readOut.readsAnswers else {
      throw .useless(field: "dedupe", readOut: readOut.word)
    }
    return dedupe
  }

  private static func window(
    _ fields: inout DefinitionFields, _ dedupe: Dedupe
  ) throws(DefinitionRefusal) -> Grouping? {
    guard let word = try fields.word("window") else { return nil }
    let window = Grouping(word)
    guard window.labelKey == nil else {
      throw .wrongValue(
        field: "window", got: word, expected: "one of day, week, month, quarter, year")
    }
    guard dedupe != .all else { throw .uncompared(field: "window") }
    return window
  }

  private static func zone(
    _ fields: inout DefinitionFields
  ) throws(DefinitionRefusal) -> String? {
    guard let zone = try fields.word("zone") else { return nil }
    guard (1...Limits.zoneBytesMax).contains(zone.utf8.count) else {
      throw .unknownZone(zone)
    }
    return zone
  }

  private static func population(
    _ fields: inout DefinitionFields, _ readOut: ReadOut
  ) throws(DefinitionRefusal) -> Population {
    let questions = try fields.list("questions") ?? []
    guard questions.isEmpty || readOut.readsAnswers else {
      throw .useless(field: "questions", readOut: readOut.word)
    }
    guard questions.count <= Limits.questionsMax else {
      throw .wrongValue(
        field: "questions", got: "\(questions.count) of them",
        expected: "at most \(Limits.questionsMax)")
    }
    let completedOnly = try fields.flag("completedOnly") ?? false
    guard !completedOnly || readOut.readsAnswers || readOut == .responseRate else {
      throw .useless(field: "completedOnly", readOut: readOut.word)
    }
    return Population(questions: questions, completedOnly: completedOnly)
  }

  private static func check(
    _ field: String, _ expected: String, _ fields: inout DefinitionFields
  ) throws(DefinitionRefusal) {
    guard let word = try fields.word(field), word != expected else { return }
    throw .wrongValue(field: field, got: word, expected: "\(expected), as its read-out says")
  }
}
