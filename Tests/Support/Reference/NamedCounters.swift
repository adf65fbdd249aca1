package import LedgerCore

/// Counters by names: numbers of sites and slots are local to a ledger, names are the same everywhere.
package struct NamedCounters: Hashable, Sendable, CustomStringConvertible {
  package struct Name: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var measure: String
    package var site: String
    package var day: Int32
    package var bucket: String

    package init(measure: String, site: String, day: Int32, bucket: String) {
      self.measure = measure
      self.site = site
      self.day = day
      self.bucket = bucket
    }

    package static func < (left: Self, right: Self) -> Bool {
      (left.measure, left.site, left.day, left.bucket)
        < (right.measure, right.site, right.day, right.bucket)
    }

    package var description: String {
      let date = day == EventRow.unknownDay ? "unknown" : CivilDay(number: day).description
      return "\(measure) \(site) \(date) [\(bucket)]"
    }
  }

  /// Never 0.
  package private(set) var values: [Name: Int64] = [:]

  package init() {}

  package subscript(name: Name) -> Int64 { values[name] ?? 0 }

  package mutating func add(_ value: Int64, to name: Name) {
    let sum = self[name] + value
    values[name] = sum == 0 ? nil : sum
  }

  package mutating func add(
    _ value: Int64, to key: CounterKey, site: String, vocabulary: Vocabulary
  ) {
    let measure = Measure(rawValue: key.measure)
    add(
      value,
      to: Name(
        measure: measure.map { String(describing: $0) } ?? "measure \(key.measure)", site: site,
        day: key.period, bucket: Self.bucket(key.bucket, of: measure, vocabulary)))
  }

  /// The sum of a measure's counters, over all sites and days.
  package func total(_ measure: Measure, bucket: String? = nil) -> Int64 {
    values.filter { $0.key.measure == String(describing: measure) }
      .filter { bucket == nil || $0.key.bucket == bucket }
      .reduce(0) { $0 + $1.value }
  }

  package var isEmpty: Bool { values.isEmpty }

  package var description: String {
    values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n")
  }

  /// What turns the other counters into these, for messages.
  package func difference(from other: NamedCounters) -> String {
    Set(values.keys).union(other.values.keys).sorted().filter { self[$0] != other[$0] }
      .map { "\($0): \(self[$0]) instead of \(other[$0])" }.joined(separator: "\n")
  }

  /// A CSI bucket names its slot by number: here by everything that the slot says.
  private static func bucket(
    _ bucket: Int64, of measure: Measure?, _ vocabulary: Vocabulary
  ) -> String {
    guard measure == .csi else { return String(bucket) }
    let index = IndexBucket(rawValue: bucket)
    guard Int(index.key) < vocabulary.slots.count else { return "slot? \(bucket)" }
    let slot = vocabulary.slots[index.key]
    return
      "\(slot.question) \(slot.scaleMin)...\(slot.scaleMax) \(slot.weightMilli) = \(index.value)"
  }
}
