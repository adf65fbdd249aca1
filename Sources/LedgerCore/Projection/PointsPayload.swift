import LedgerSchema

/// A movement of points, as payload bytes.
struct PointsPayload {
  struct Allocation {
    var points: Int64
    /// When the lot was earned, microseconds since 1970 UTC; 0 = not stated.
    var earned: Int64
  }

  var points: Int64
  var isRedemption: Bool
  var allocations: [Allocation]

  init(points: Int64, allocations: [Scorebook_V1_Allocation] = [], isRedemption: Bool = false) {
    self.points = points
    self.isRedemption = isRedemption
    self.allocations = allocations.map { Allocation(points: $0.points, earned: $0.earnedUs) }
  }

  init(reading reader: inout ByteReader) {
    isRedemption = reader.byte() != 0
    points = reader.signed()
    allocations = []
    let count = reader.unsigned()
    for _ in 0..<min(count, 4_096) where !reader.isDamaged {
      allocations.append(Allocation(points: reader.signed(), earned: reader.signed()))
    }
  }

  func append(to bytes: inout [UInt8]) {
    bytes.append(isRedemption ? 1 : 0)
    ByteCoding.append(ByteCoding.zigzag(points), to: &bytes)
    ByteCoding.append(UInt64(allocations.count), to: &bytes)
    for allocation in allocations {
      ByteCoding.append(ByteCoding.zigzag(allocation.points), to: &bytes)
      ByteCoding.append(ByteCoding.zigzag(allocation.earned), to: &bytes)
    }
  }
}
