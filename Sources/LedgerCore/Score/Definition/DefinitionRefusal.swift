/// Why a text is no definition. Cases are facts; the wording is beside them.
public enum DefinitionRefusal: Error, Hashable, Sendable {
  /// It is no list of `key: value` lines at all.
  case notAMapping(String)
  case unknownField(String, known: [String])
  case missingField(String)
  case wrongValue(field: String, got: String, expected: String)
  /// The field means nothing for the read-out.
  case useless(field: String, readOut: String)
  /// The field means nothing where every answer counts.
  case uncompared(field: String)
  /// No zone of that name is known here.
  case unknownZone(String)
  case tooLong(bytes: Int, limit: Int)
}

extension DefinitionRefusal: CustomStringConvertible {
  /// What was got and what is expected; the caller adds where.
  public var description: String {
    switch self {
    case .notAMapping(let problem): "it is no list of `key: value` lines (\(problem))"
    case .unknownField(let field, let known):
      "it has a field \(field), which means nothing here; known are \(known.joined(separator: ", "))"
    case .missingField(let field): "the field \(field) is missing"
    case .wrongValue(let field, let got, let expected):
      "\(field) is \"\(got)\"; expected \(expected)"
    case .useless(let field, let readOut):
      "the field \(field) does nothing for the read-out \(readOut); leave it out"
    case .uncompared(let field):
      "the field \(field) does nothing where every answer counts; leave it out, or say how dedupe compares"
    case .unknownZone(let zone):
      "zone is \"\(zone)\"; expected the IANA name of a time zone, such as Asia/Ho_Chi_Minh"
    case .tooLong(let bytes, let limit): "it has \(bytes) bytes; at most \(limit) are taken"
    }
  }
}
