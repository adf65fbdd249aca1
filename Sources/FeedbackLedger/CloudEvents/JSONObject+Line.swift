import Foundation
import LedgerCore

extension JSONObject {
  /// A whole line, inside all limits. O(bytes).
  init(line: Data) throws(CloudEventRefusal) {
    guard line.count <= CloudEventLimits.lineBytesMax else {
      throw .lineTooLong(bytes: line.count)
    }
    let value: Any
    do {
      value = try JSONSerialization.jsonObject(with: line)
    } catch {
      throw .notJSON(reason: Self.reason(error))
    }
    guard let members = value as? [String: Any] else {
      throw .notJSON(reason: "it is \(JSONText.typeName(of: value))")
    }
    self.init(members: members, path: "")
    try checkLimits(line: line)
  }

  /// Looks into the tree only where the bytes say that a limit can be passed at all.
  private func checkLimits(line: Data) throws(CloudEventRefusal) {
    let openings = line.withUnsafeBytes { bytes in
      bytes.count { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
    }
    if openings > CloudEventLimits.levelsMax {
      let levels = Self.levels(of: members)
      guard levels <= CloudEventLimits.levelsMax else { throw .nestedTooDeep(levels: levels) }
    }
    if line.count > EventLimits.stringBytesMax,
      let (path, bytes) = Self.overlongString(in: members)
    {
      throw .stringTooLong(path: String(path.drop { $0 == "." }), bytes: bytes)
    }
  }

  /// The parser itself stops at 512 levels, so the recursion is bounded.
  private static func levels(of value: Any) -> Int {
    switch value {
    case let members as [String: Any]: 1 + (members.values.map(levels).max() ?? 0)
    case let list as [Any]: 1 + (list.map(levels).max() ?? 0)
    default: 0
    }
  }

  /// The path is put together on the way back only, so that a line without such a string pays nothing for it.
  private static func overlongString(in value: Any) -> (path: String, bytes: Int)? {
    switch value {
    case let string as String:
      string.utf8.count > EventLimits.stringBytesMax ? ("", string.utf8.count) : nil
    case let list as [Any]:
      list.indices.lazy.compactMap { index in
        overlongString(in: list[index]).map { ("[\(index)]\($0.path)", $0.bytes) }
      }.first
    case let members as [String: Any]:
      members.lazy.compactMap { name, value in
        if let (_, bytes) = overlongString(in: name) { return (".(a name)", bytes) }
        return overlongString(in: value).map { (".\(name)\($0.path)", $0.bytes) }
      }.first
    default: nil
    }
  }

  private static func reason(_ error: any Error) -> String {
    let described = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
    return described.map { String($0.drop { $0.isWhitespace }.prefix { $0 != "." }) }
      ?? "it cannot be read"
  }
}
