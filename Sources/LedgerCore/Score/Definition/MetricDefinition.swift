/// What a score means: which counters are read, by which formula, and how many responses make it
/// stable. Data, not code: versioned, and published as an event, because one set of a thousand
/// effort answers is 4.08, 46 %, +3 or -13 by formula alone.
public struct MetricDefinition: Sendable, Hashable {
  /// The name in commands, files and events: `csat.top2`.
  public let id: String
  /// 1-based; a changed definition gets the next one, so that a published number keeps its meaning.
  public let version: UInt32
  /// For people: `Net Promoter Score`.
  public let title: String
  /// The formula and its parameters.
  public let readOut: ReadOut
  /// Whether a customer who answers twice counts twice.
  public let dedupe: Dedupe
  /// The period inside which a customer's answers are compared; nil: the one that a score is asked by, or its whole
  /// window.
  public let window: Grouping?
  /// IANA name of the zone in which days and windows are counted unless a request names another; nil: the ledger's.
  public let zone: String?
  /// Which answers are read.
  public let population: Population
  /// Below this n a value is shown as unstable. Not the threshold of privacy, which suppresses.
  public let minimumCount: Int64
  /// How many decimals are shown; the value itself is never rounded.
  public let decimals: Int

  /// The stability threshold unless a definition states another.
  public static let minimumCountDefault: Int64 = 30

  /// Nil if the id is not a lowercase letter followed by at most 63 letters, digits, dots and
  /// hyphens (ASCII), if the title is empty or longer than 200 bytes, if `version` is 0, if
  /// `minimumCount` is negative, if `decimals` is outside 0...6, and if the read-out has no use for
  /// `dedupe` or `population`: a choice that does nothing would only look like one.
  ///
  /// Nil too for a `window` that is no period or has nothing to compare, and for a `zone` longer than 64 bytes; whether
  /// there is such a zone, the core cannot know.
  ///
  /// `decimals`: nil: as many as its unit has.
  public init?(
    id: String, version: UInt32 = 1, title: String, readOut: ReadOut, dedupe: Dedupe = .all,
    window: Grouping? = nil, zone: String? = nil, population: Population = .scored,
    minimumCount: Int64 = minimumCountDefault, decimals: Int? = nil
  ) {
    guard Self.isValid(id: id), (1...Limits.titleBytesMax).contains(title.utf8.count), version >= 1,
      minimumCount >= 0, (0...Limits.decimalsMax).contains(decimals ?? 0),
      population.questions.count <= Limits.questionsMax,
      readOut.readsAnswers || dedupe == .all && population.questions.isEmpty,
      window.map({ $0.labelKey == nil && dedupe != .all }) ?? true,
      (1...Limits.zoneBytesMax).contains(zone?.utf8.count ?? 1),
      readOut.readsAnswers || readOut == .responseRate || !population.completedOnly
    else { return nil }
    self.id = id
    self.version = version
    self.title = title
    self.readOut = readOut
    self.dedupe = dedupe
    self.window = window
    self.zone = zone
    self.population = population
    self.minimumCount = minimumCount
    self.decimals = decimals ?? readOut.unit.decimals
  }

  /// One of ours, whose parts need no check.
  init(builtIn id: String, _ title: String, _ readOut: ReadOut, minimumCount: Int64) {
    self.id = id
    version = 1
    self.title = title
    self.readOut = readOut
    dedupe = .all
    window = nil
    zone = nil
    population = .scored
    self.minimumCount = minimumCount
    decimals = readOut.unit.decimals
  }

  static func isValid(id: String) -> Bool {
    guard let first = id.utf8.first, isLowercaseLetter(first), id.utf8.count <= Limits.idBytesMax
    else { return false }
    return id.utf8.allSatisfy { byte in
      isLowercaseLetter(byte) || isLowercaseLetter(byte | 0x20) && byte != byte | 0x20
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
  }

  private static func isLowercaseLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}

extension MetricDefinition {
  /// The unit of the value and of its interval.
  public var unit: MetricUnit { readOut.unit }

  /// Which direction is good news.
  public var polarity: MetricPolarity { readOut.polarity }

  /// The measures whose counters it reads, ascending.
  public var measures: [Measure] { readOut.measures }

  /// Whether the counters of a window are the sum of those of its days. If not, the window is
  /// replayed.
  public var isSumOverDays: Bool { dedupe.isSumOverDays }

  /// Whether it is a balance: then the counters of all days up to the window's end are read.
  public var isRunningTotal: Bool { readOut.isRunningTotal }
}
