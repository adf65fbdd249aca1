import LedgerCore
import Yams

extension Mapping {
  /// Reads a mapping and checks everything that can be checked without a file.
  ///
  /// - Throws: What is wrong, with the path of the YAML key.
  public init(yaml: String) throws(ImportRefusal) {
    guard yaml.utf8.count <= ImportLimits.mappingBytesMax else {
      throw .mapping(.tooLong(bytes: yaml.utf8.count), at: "")
    }
    guard !AliasBound.isExceeded(by: yaml) else {
      throw .mapping(.notYAML(problem: "its aliases stand for too much", line: nil), at: "")
    }
    do {
      self = try YAMLDecoder().decode(Mapping.self, from: yaml)
    } catch {
      throw ImportRefusal(decoding: error)
    }
  }
}

extension Mapping: Decodable {
  private enum Key: String, CodingKey, CaseIterable {
    case source, rows, header, delimiter, skip, id, revision, occurred, customer, site, labels
    case text, flags, survey, ticket, log, loyalty
  }

  private enum Kind: String, CaseIterable {
    case survey, ticketSnapshot, ticketLog, loyalty

    /// The key of the rules.
    var key: Key {
      switch self {
      case .survey: .survey
      case .ticketSnapshot: .ticket
      case .ticketLog: .log
      case .loyalty: .loyalty
      }
    }
  }

  /// Decodes and checks; ``init(yaml:)`` gives the errors a path and words.
  public init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    source = try keys.required(.source)
    guard !source.isEmpty else {
      throw keys.refuse("", at: .source, expected: "the name of the source system")
    }
    rows = try Self.rows(keys)
    header = try keys.optional(.header) ?? HeaderLayout()
    delimiter = try Self.delimiter(keys)
    skip = try keys.list(.skip)
    id = try (keys.required(.id) as IDRule).id
    revision = try keys.optional(.revision)
    occurred = try Self.occurred(keys, rows: rows)
    customer = try keys.optional(.customer)
    site = try keys.optional(.site)
    labels = try Self.labels(keys)
    texts = try keys.list(.text)
    flags = try keys.list(.flags)
  }

  private static func rows(_ keys: StrictContainer<Key>) throws -> Rows {
    guard let kind: Kind = try keys.choice(.rows) else {
      throw ImportRefusal.mapping(.keyMissing("rows"), at: "")
    }
    for other in Kind.allCases where other != kind && keys.has(other.key) {
      throw keys.refuse(
        kind.rawValue, at: .rows,
        expected: "\(other.rawValue), or no key \"\(other.key.stringValue)\"")
    }
    return switch kind {
    case .survey: .survey(try keys.required(.survey))
    case .ticketSnapshot: .ticketSnapshot(try keys.required(.ticket))
    case .ticketLog: .ticketLog(try keys.required(.log))
    case .loyalty: .loyalty(try keys.required(.loyalty))
    }
  }

  private static func delimiter(_ keys: StrictContainer<Key>) throws -> Delimiter? {
    guard let text: String = try keys.optional(.delimiter) else { return nil }
    guard let delimiter = text == "tab" ? .tab : Delimiter(rawValue: text) else {
      throw keys.refuse(text, at: .delimiter, expected: "one of , ; | and tab")
    }
    return delimiter
  }

  private static func occurred(_ keys: StrictContainer<Key>, rows: Rows) throws -> TimeRule? {
    switch rows {
    case .ticketSnapshot: try keys.optional(.occurred)
    case .survey, .ticketLog, .loyalty: try keys.required(.occurred)
    }
  }

  private static func labels(_ keys: StrictContainer<Key>) throws -> [String: CodeRule] {
    let labels: [String: CodeRule] = try keys.table(.labels)
    // One more is the site's.
    guard labels.count < EventLimits.labelsMax else {
      throw keys.refuse(
        "\(labels.count) labels", at: .labels, expected: "fewer than \(EventLimits.labelsMax)")
    }
    for key in labels.keys {
      let isName = key.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D
      }
      guard isName, (1...40).contains(key.utf8.count), key != "site" else {
        throw keys.refuse(
          key, at: .labels,
          expected: "1 to 40 of a-z, 0-9, _ and -; the site has a key of its own, `site`")
      }
    }
    return labels
  }
}

/// The `id` of a mapping.
private struct IDRule: Decodable {
  let id: Mapping.RowID

  private enum Key: String, CodingKey, CaseIterable { case content }

  init(from decoder: any Decoder) throws {
    guard (try? decoder.container(keyedBy: AnyKey.self)) != nil else {
      id = .columns(try ColumnNames(from: decoder).names)
      return
    }
    let keys = try StrictContainer<Key>(decoder)
    guard try keys.required(.content) == true else {
      throw keys.refuse("false", at: .content, expected: "true, or the columns of the id")
    }
    id = .content
  }
}
