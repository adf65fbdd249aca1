/// What a row says, as one text: the cells that the mapping reads, by name.
///
/// In the order of the names, so that a later export with its columns rearranged, or with a new one
/// the mapping does not read, says the same.
struct RowContent {
  private let columns: [(index: Int, name: [UInt8])]

  init(_ binder: Binder) {
    let names = binder.header.names
    columns = binder.read.sorted { (names[$0], $0) < (names[$1], $1) }
      .map { ($0, Array(names[$0].utf8)) }
  }

  func read(_ row: DelimitedRow) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    for (index, name) in columns {
      bytes += name
      // Control characters that no cell of a text export holds.
      bytes.append(0x1F)
      row.withCode(of: index) { bytes.append(contentsOf: $0) }
      bytes.append(0x1E)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
