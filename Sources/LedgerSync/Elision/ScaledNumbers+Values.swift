import LedgerCore
import LedgerSchema

extension Scorebook_V1_ScaledNumbers {
  /// As multiples of the greatest number that divides all of them.
  init(_ values: [Int64]) {
    self.init()
    let divisor = values.reduce(0 as UInt64) { greatestCommonDivisor($0, $1.magnitude) }
    // Zeros have none; and of Int64.min alone it is no Int64.
    let unit = max(1, Int64(exactly: divisor) ?? 1)
    var bytes: [UInt8] = []
    for value in values { ByteCoding.append(ByteCoding.zigzag(value / unit), to: &bytes) }
    self.unit = UInt64(unit)
    multiples = ProtobufBytes.data(bytes)
  }

  /// Nil where one is damaged or too large. At most one for each byte.
  var values: [Int64]? {
    guard let unit = Int64(exactly: unit) else { return nil }
    return ProtobufBytes.array(multiples).withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      var values: [Int64] = []
      while !reader.isAtEnd {
        let (value, overflows) = reader.signed().multipliedReportingOverflow(by: unit)
        guard !overflows, !reader.isDamaged else { return nil }
        values.append(value)
      }
      return values
    }
  }
}
