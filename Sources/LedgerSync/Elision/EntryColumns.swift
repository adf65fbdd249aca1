import LedgerCore
import LedgerSchema

/// What the entries of a run say first, field by field: like beside like shrinks better than entry after entry, and
/// times as multiples of the milliseconds or seconds that their source knew are short.
///
/// What is left of an entry begins with a byte that says what was taken out of it.
struct EntryColumns {
  private var recorded: [Int64] = []
  private var lags: [Int64] = []
  private var items: [UInt8] = []
  private var customers: [UInt8] = []
  /// The last recorded time: what travels is the difference to it.
  private var lastRecorded: Int64 = 0

  /// Takes the next entry apart.
  ///
  /// - Returns: what is left of it.
  mutating func take(_ entry: [UInt8]) -> [UInt8] {
    let (fields, rest) = LeadingFields.split(entry)
    if let time = fields.recorded {
      recorded.append(time &- lastRecorded)
      lastRecorded = time
    }
    if let lag = fields.lag { lags.append(lag) }
    if let item = fields.item { items += item.bytes }
    if let customer = fields.customer { customers += customer.bytes }
    var left: [UInt8] = []
    left.reserveCapacity(1 + rest.count)
    left.append(Presence(fields).rawValue)
    left += rest
    return left
  }

  var message: Scorebook_V1_EntryColumns {
    var message = Scorebook_V1_EntryColumns()
    message.recordedUs = Scorebook_V1_ScaledNumbers(recorded)
    message.occurredLagUs = Scorebook_V1_ScaledNumbers(lags)
    message.items = ProtobufBytes.data(items)
    message.customers = ProtobufBytes.data(customers)
    return message
  }

  /// Which fields an entry has that were taken out of it.
  private struct Presence: OptionSet {
    let rawValue: UInt8

    static let recorded = Presence(rawValue: 1)
    static let lag = Presence(rawValue: 2)
    static let item = Presence(rawValue: 4)
    static let customer = Presence(rawValue: 8)
    /// The time quality itself: there are two that are written.
    static let qualityShift = 4

    var quality: UInt8 { rawValue >> Self.qualityShift }

    init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    init(_ fields: LeadingFields) {
      self.init(rawValue: (fields.quality ?? 0) << Self.qualityShift)
      if fields.recorded != nil { insert(.recorded) }
      if fields.lag != nil { insert(.lag) }
      if fields.item != nil { insert(.item) }
      if fields.customer != nil { insert(.customer) }
    }
  }
}

extension EntryColumns {
  /// Puts entries together again, one after the other.
  struct Reader {
    private let recorded: [Int64]
    private let lags: [Int64]
    private let items: [UInt8]
    private let customers: [UInt8]
    private var next = (recorded: 0, lag: 0, item: 0, customer: 0)
    private var lastRecorded: Int64 = 0

    /// Nil for numbers that are none.
    init?(_ message: Scorebook_V1_EntryColumns) {
      guard let recorded = message.recordedUs.values, let lags = message.occurredLagUs.values else {
        return nil
      }
      self.recorded = recorded
      self.lags = lags
      items = ProtobufBytes.array(message.items)
      customers = ProtobufBytes.array(message.customers)
    }

    /// Whether nothing is left over.
    var isAtEnd: Bool {
      next == (recorded.count, lags.count, items.count, customers.count)
    }

    /// The entry of which this is left; nil where a field is wanted that is not there.
    mutating func entry(_ left: [UInt8]) -> [UInt8]? {
      guard let first = left.first else { return nil }
      let presence = Presence(rawValue: first)
      var fields = LeadingFields()
      if presence.contains(.recorded) {
        guard next.recorded < recorded.count else { return nil }
        lastRecorded &+= recorded[next.recorded]
        fields.recorded = lastRecorded
        next.recorded += 1
      }
      if presence.contains(.lag) {
        guard next.lag < lags.count else { return nil }
        fields.lag = lags[next.lag]
        next.lag += 1
      }
      guard presence.quality <= 2 else { return nil }
      fields.quality = presence.quality == 0 ? nil : presence.quality
      if presence.contains(.item) {
        guard let item: ItemID = Self.name(in: items, &next.item) else { return nil }
        fields.item = item
      }
      if presence.contains(.customer) {
        guard let customer: CustomerID = Self.name(in: customers, &next.customer) else {
          return nil
        }
        fields.customer = customer
      }
      return fields.joined(with: left.dropFirst())
    }

    private static func name<Name: Identifier>(in bytes: [UInt8], _ start: inout Int) -> Name? {
      guard bytes.count - start >= Name.byteCount else { return nil }
      defer { start += Name.byteCount }
      return Name(bytes: bytes[start..<start + Name.byteCount])
    }
  }
}
