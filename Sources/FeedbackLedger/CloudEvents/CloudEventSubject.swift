import LedgerCore

/// What a line is about: `<word>/<id>`, the word saying what kind of item the id names.
///
/// An id of the form `item:` and 32 hexadecimal digits is an item's own name: so a ledger's own lines refer to items.
/// Any other id is the source's, and means the same item wherever the same source states it.
struct CloudEventSubject {
  let word: String
  let id: String

  /// What an item's own name begins with.
  static let itemPrefix = "item:"

  /// How a ledger's own lines name an item: `response/item:<32 hexadecimal digits>`.
  static func text(word: String, item: ItemID) -> String {
    "\(word)/\(itemPrefix)\(item)"
  }

  init(_ text: String, of kind: EventKind) throws(CloudEventRefusal) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
      parts[0].utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
    else { throw .unexpected(text, at: "subject", expected: "`\(kind.itemWord)/<id>`") }
    word = String(parts[0])
    id = String(parts[1])
    try checkWord(of: kind)
    guard id.hasPrefix(Self.itemPrefix), item == nil else { return }
    throw .unexpected(
      text, at: "subject", expected: "32 hexadecimal digits after `\(word)/\(Self.itemPrefix)`")
  }

  /// The item's own name, where the subject has it.
  var item: ItemID? {
    guard id.hasPrefix(Self.itemPrefix) else { return nil }
    return ItemID(hexadecimal: id.dropFirst(Self.itemPrefix.count))
  }

  /// The customer, where the subject is one: by pseudonym, or by the source's own number for the person.
  func customer(source: String) -> EventDraft.Customer? {
    guard word == "customer", item == nil else { return nil }
    return CustomerID(hexadecimal: id).map { .pseudonym($0) }
      ?? .identifier(namespace: source, value: id)
  }

  /// How the draft names its item. A pseudonym names a person, not an item.
  func draftItem(source: String) -> EventDraft.Item {
    if let item { return .known(item) }
    if word == "customer", CustomerID(hexadecimal: id) != nil { return .opened }
    return .external(kind: word, source: source, id: id)
  }

  /// A ticket's event on a response would be counted nowhere, so the areas with one kind of item insist on it. What a
  /// loyalty, revenue or voice event belongs to is the source's own business.
  private func checkWord(of kind: EventKind) throws(CloudEventRefusal) {
    switch kind.area {
    case .survey, .ticket, .followUp:
      guard word == kind.itemWord else {
        throw .subjectOfOtherKind(
          got: String(word.prefix(CloudEventLimits.echoedCharactersMax)), expected: kind.itemWord,
          kind: kind)
      }
    case .ledger, .loyalty, .revenue, .customer, .voice: break
    }
  }
}
