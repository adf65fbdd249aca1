import LedgerCore

/// Seals changes into blocks, and sums of blocks into the levels above.
struct ChangeBlocks {
  let statements: AppendStatements

  /// The first position whose changes are still in the tail when `position` is the last one.
  static func firstOpenPosition(after position: UInt32) -> UInt32 {
    let count = UInt32(ChangeBlock.positionCount)
    return position / count * count + 1
  }

  /// Seals the block that ends at `position`.
  func seal(_ changes: [Change], upTo position: UInt32) throws {
    let number = Int(position) / ChangeBlock.positionCount - 1
    let firstPosition = UInt32(number * ChangeBlock.positionCount + 1)
    for measure in Measure.allCases {
      let own = changes.filter { $0.key.measure == measure.rawValue }
      if !own.isEmpty {
        try insert(
          ChangeBlock.encode(own, firstPosition: firstPosition), measure, level: 0, number: number)
      }
      try sumUp(measure, number: number)
    }
  }

  /// Writes the block of each higher level that the block of level 0 completes.
  private func sumUp(_ measure: Measure, number: Int) throws {
    var number = number
    for level in 1...ChangeBlock.levelMax {
      guard (number + 1).isMultiple(of: ChangeBlock.fanOut) else { return }
      var sums = CounterTable()
      for part in number + 1 - ChangeBlock.fanOut...number {
        try add(measure, level: level - 1, number: part, to: &sums)
      }
      number /= ChangeBlock.fanOut
      let cells = sums.cells
      if !cells.isEmpty {
        try insert(ChangeBlock.encode(cells: cells), measure, level: level, number: number)
      }
    }
  }

  private func add(
    _ measure: Measure, level: Int, number: Int, to sums: inout CounterTable
  ) throws {
    let statement = statements.selectBlock
    statement.bind(Int64(measure.rawValue), at: 1)
    statement.bind(Int64(level), at: 2)
    statement.bind(Int64(number), at: 3)
    defer { statement.reset() }
    guard try statement.step() else { return }
    let block = try statement.checkedBlob(
      0, of: .changeBlock(measure, level: level, number: number))
    if level == 0 {
      ChangeBlock.forEachChange(in: block, of: measure, firstPosition: 0) { change in
        sums.add(change.delta, to: change.key)
      }
    } else {
      ChangeBlock.forEachCell(in: block, of: measure) { key, value in
        sums.add(value, to: key)
      }
    }
  }

  private func insert(_ bytes: [UInt8], _ measure: Measure, level: Int, number: Int) throws {
    let statement = statements.insertBlock
    statement.bind(Int64(measure.rawValue), at: 1)
    statement.bind(Int64(level), at: 2)
    statement.bind(Int64(number), at: 3)
    statement.bind(
      checked: bytes, of: .changeBlock(measure, level: level, number: number), at: 4)
    try statement.run()
  }
}
