package import LedgerCore

/// Where a blob of the derived part lies: its table and key, which its checksum covers.
package enum BlobPlace {
  package enum PageColumn: UInt64 {
    case runs, links, hot, times, customers
  }

  case page(Int, PageColumn)
  case tail(UInt32)
  case changeTail(UInt32)
  case changeBlock(Measure, level: Int, number: Int)
  case counter(site: UInt32, day: Int32)
  case labelSet(Int)
  case answerShape(Int)
  case label(Int)
  case batch(Int)

  /// What the checksum starts from. The numbers of the kinds are part of the file format.
  package var number: UInt64 {
    switch self {
    case .page(let number, let column):
      Checksum.place(kind: 1, UInt64(number), column.rawValue)
    case .tail(let position): Checksum.place(kind: 2, UInt64(position))
    case .changeTail(let position): Checksum.place(kind: 3, UInt64(position))
    case .changeBlock(let measure, let level, let number):
      Checksum.place(kind: 4, UInt64(measure.rawValue), UInt64(level), UInt64(number))
    case .counter(let site, let day):
      Checksum.place(kind: 5, UInt64(site), UInt64(UInt32(bitPattern: day)))
    case .labelSet(let number): Checksum.place(kind: 6, UInt64(number))
    case .answerShape(let number): Checksum.place(kind: 7, UInt64(number))
    case .label(let number): Checksum.place(kind: 8, UInt64(number))
    case .batch(let number): Checksum.place(kind: 9, UInt64(number))
    }
  }
}

extension BlobPlace: CustomStringConvertible {
  package var description: String {
    switch self {
    case .page(let number, let column): "column \(column) of page \(number)"
    case .tail(let position): "tail row \(position)"
    case .changeTail(let position): "changes of position \(position)"
    case .changeBlock(let measure, let level, let number):
      "change block \(number) of level \(level) of \(measure)"
    case .counter(let site, let day): "counters of site \(site) and day \(day)"
    case .labelSet(let number): "label set \(number)"
    case .answerShape(let number): "answer shape \(number)"
    case .label(let number): "label \(number)"
    case .batch(let number): "batch \(number)"
    }
  }
}

extension RawStatement {
  /// A blob of the derived part without its checksum, valid until the next step or reset.
  ///
  /// - Throws: `StoreError.damagedView` where the checksum is not that of these bytes at this place.
  package func checkedBlob(_ column: Int32, of place: BlobPlace) throws -> UnsafeRawBufferPointer {
    guard let bytes = Checksum.checked(blob(column), at: place.number) else {
      throw StoreError.damagedView("\(place): its checksum is another one")
    }
    return bytes
  }

  /// Binds a blob of the derived part with its checksum behind it.
  func bind(checked bytes: [UInt8], of place: BlobPlace, at index: Int32) {
    var bytes = bytes
    Checksum.append(to: &bytes, at: place.number)
    bind(bytes, at: index)
  }
}
