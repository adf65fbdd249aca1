import LedgerCore

/// Derived bytes, damaged and yet with a right checksum: three parts, of which the first two bytes say where they end.
enum PageTarget {
  static func run(on bytes: [UInt8]) throws {
    guard bytes.count >= 2 else { return }
    let content = bytes.dropFirst(2)
    let first = content.startIndex + min(content.count, Int(bytes[0]) * 4)
    let second = max(first, content.startIndex + min(content.count, Int(bytes[1]) * 4))
    let parts = [content[..<first], content[first..<second], content[second...]].map(Array.init)
    for part in parts { try checkSum(of: part) }
    parts[0].withUnsafeBytes { hot in
      parts[1].withUnsafeBytes { times in
        parts[2].withUnsafeBytes { customers in read(hot, times, customers) }
      }
    }
    Array(content).withUnsafeBytes(readWhole)
  }

  private static func read(
    _ hot: UnsafeRawBufferPointer, _ times: UnsafeRawBufferPointer,
    _ customers: UnsafeRawBufferPointer
  ) {
    let view = ProjectionPageView(hot: hot, times: times, customers: customers)
    for index in 0..<min(view.count, 64) {
      let row = view.row(index)
      var reader = ByteReader(view.payload, at: row.payloadRange.lowerBound)
      while !reader.isAtEnd, !reader.isDamaged { _ = reader.unsigned() }
    }
  }

  private static func readWhole(_ bytes: UnsafeRawBufferPointer) {
    let links = PageLinksView(bytes, firstPosition: 1)
    for index in 0..<min(links.count, 64) { _ = links[index] }
    _ = links.link(ofRow: 3)
    _ = ProjectionPage.decodeRuns(bytes, firstPosition: 1)
    _ = CounterCells(bytes)
    for measure in Measure.allCases {
      ChangeBlock.forEachChange(in: bytes, of: measure, firstPosition: 1) { _ in }
      ChangeBlock.forEachCell(in: bytes, of: measure) { _, _ in }
    }
  }

  private static func checkSum(of part: [UInt8]) throws {
    var summed = part
    Checksum.append(to: &summed, at: 5)
    try law("bytes with their checksum are whole, and elsewhere are not") {
      summed.withUnsafeBytes { bytes in
        Checksum.checked(bytes, at: 5)?.elementsEqual(part) == true
          && Checksum.checked(bytes, at: 6) == nil
      }
    }
  }
}
