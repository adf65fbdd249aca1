/// One code of an event: `channel = phone`.
public struct Label: Hashable, Comparable, Sendable {
  /// The word: `channel`, `product`, `site`.
  public let key: String
  /// The code; empty where a re-attribution removes it.
  public let value: String

  /// Takes both as they are; limits are checked when an event is recorded.
  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }

  /// The key whose value is the place that a score is counted for.
  public static let site = "site"

  /// The key whose value is the moment of a customer's journey that a survey asks about.
  public static let touchpoint = "touchpoint"

  /// By key, then by value.
  public static func < (left: Self, right: Self) -> Bool {
    (left.key, left.value) < (right.key, right.value)
  }
}

/// The labels of an event, ascending by key, each key once. Thousands of events share one set, so a set is
/// interned and an event refers to it by number.
public struct LabelSet: Hashable, Sendable {
  /// Ascending by key.
  public let labels: [Label]
  /// Computed once: a set is made on one core and looked up on another.
  private let labelsHash: Int

  /// A key named twice keeps its first value.
  public init(_ labels: some Sequence<Label>) {
    var labels = Array(labels)
    // Entries hold them in this order: then there is nothing to look for.
    if !zip(labels, labels.dropFirst()).allSatisfy({ $0.key < $1.key }) {
      var seen: Set<String> = []
      labels = labels.filter { seen.insert($0.key).inserted }.sorted()
    }
    self.labels = labels
    labelsHash = labels.hashValue
  }

  /// Equal labels.
  public static func == (left: Self, right: Self) -> Bool {
    left.labelsHash == right.labelsHash && left.labels == right.labels
  }

  /// Feeds the hash of the labels.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(labelsHash)
  }

  /// The value of a key; nil where the set does not have it.
  public subscript(key: String) -> String? {
    labels.first { $0.key == key }?.value
  }

  /// The same set with one value set, or removed where it is empty.
  public func replacing(_ label: Label) -> LabelSet {
    let others = labels.filter { $0.key != label.key }
    return LabelSet(label.value.isEmpty ? others : others + [label])
  }
}
