import LedgerCore
import TestSupport
import Testing

@Suite("Checksum") struct ChecksumTests {
  @Test(arguments: Seeds.all)
  func `gives the bytes back at their place`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for count in 0..<40 {
      let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let place = Checksum.place(kind: 1, random.next())
      var stored = bytes
      Checksum.append(to: &stored, at: place)
      #expect(stored.count == count + Checksum.byteCount)
      stored.withUnsafeBytes { #expect(Checksum.checked($0, at: place).map(Array.init) == bytes) }
      stored.withUnsafeBytes { #expect(Checksum.checked($0, at: place &+ 1) == nil) }
    }
  }

  @Test func `every flipped bit, every cut and every zeroed stretch is seen`() {
    let place = Checksum.place(kind: 2, 7)
    var stored: [UInt8] = Array(1...77)
    Checksum.append(to: &stored, at: place)
    for index in stored.indices {
      for bit in 0..<8 {
        var damaged = stored
        damaged[index] ^= 1 << UInt8(bit)
        damaged.withUnsafeBytes { #expect(Checksum.checked($0, at: place) == nil) }
      }
      stored[..<index].withUnsafeBytes { #expect(Checksum.checked($0, at: place) == nil) }
      var zeroed = stored
      for other in index..<stored.count { zeroed[other] = 0 }
      zeroed.withUnsafeBytes { #expect(Checksum.checked($0, at: place) == nil) }
    }
  }

  @Test func `zeros of any length are no blob`() {
    for count in 0..<64 {
      [UInt8](repeating: 0, count: count).withUnsafeBytes {
        #expect(Checksum.checked($0, at: Checksum.place(kind: 1, 0, 0)) == nil)
      }
    }
  }

  /// The file format: files written before must be readable after.
  @Test func `has its golden value`() {
    let sum = Array("scorebook".utf8).withUnsafeBytes {
      Checksum.of($0, at: Checksum.place(kind: 4, 1, 0, 12))
    }
    #expect(sum == 3_603_013_328_158_943_389)
  }
}
