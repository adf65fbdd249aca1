/// What of a request is signed: its head as it went over the wire, whatever library carried it.
package struct RequestHead: Sendable {
  package var method: String
  /// Host and port, as the client addressed it.
  package var authority: String
  /// With its query.
  package var target: String
  package var fields: [(name: String, value: String)]

  package init(
    method: String, authority: String, target: String, fields: [(name: String, value: String)]
  ) {
    self.method = method
    self.authority = authority
    self.target = target
    self.fields = fields
  }

  /// The values of a field in order, without the spaces around them.
  func values(of name: String) -> [String] {
    fields.filter { $0.name.lowercased() == name }.map { $0.value.trimmed }
  }

  /// The value that is signed for a component (RFC 9421 §2.1, §2.2); nil where the request has none.
  func value(ofComponent name: String) -> String? {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    switch name {
    case "@method": return method
    case "@authority": return authority.lowercased()
    case "@path": return parts[0].isEmpty ? "/" : String(parts[0])
    case "@query": return "?" + (parts.count > 1 ? String(parts[1]) : "")
    default:
      guard !name.hasPrefix("@") else { return nil }
      let values = values(of: name)
      return values.isEmpty ? nil : values.joined(separator: ", ")
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let first = utf8.firstIndex(where: { !isSpace($0) }),
      let last = utf8.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(decoding: utf8[first...last], as: UTF8.self)
  }
}
