import FeedbackLedger
import LedgerCore
import TestSupport
import Testing

@Suite struct DelimitedReaderLimitTests {
  private func problems(
    _ bytes: [UInt8], pieceBytes: Int = .max, delimiter: Delimiter = .comma
  ) throws -> [DelimitedRow.Problem?] {
    var reader = try DelimitedReader(
      ByteSource(bytes, pieceBytes: pieceBytes), delimiter: delimiter)
    var problems: [DelimitedRow.Problem?] = []
    while let row = try reader.next() { problems.append(row.problem) }
    return problems
  }

  private func problems(_ text: String) throws -> [DelimitedRow.Problem?] {
    try problems(Array(text.utf8))
  }

  @Test func `a field of the limit is read, and one byte more is too long`() throws {
    let field = String(repeating: "x", count: EventLimits.stringBytesMax)
    #expect(try problems("\(field)\na\n") == [nil, nil])
    #expect(try problems("\"\(field)\"\na\n") == [nil, nil])
    #expect(try problems("\(field)x\na\n") == [.fieldTooLong, nil])
    #expect(try problems("\"\(field)x\"\na\n") == [.fieldTooLong, nil])
  }

  @Test func `a row of the limit is read, and one byte more is too long`() throws {
    let field = String(repeating: "x", count: EventLimits.stringBytesMax - 1) + ","
    let row = String(repeating: field, count: ImportLimits.rowBytesMax / field.utf8.count)
    #expect(row.utf8.count == ImportLimits.rowBytesMax)
    #expect(try problems("\(row)\na\n") == [nil, nil])
    #expect(try problems("\(row)x\na\n") == [.rowTooLong, nil])
  }

  @Test func `as many columns as the limit are read, and one more is too many`() throws {
    let row = String(repeating: ",", count: ImportLimits.columnsMax - 1)
    #expect(try problems("\(row)\na\n") == [nil, nil])
    #expect(try problems("\(row),\na\n") == [.tooManyColumns, nil])
  }

  @Test func `a row far beyond the limit is passed over in bounded memory`() throws {
    let line = [UInt8](repeating: 0x78, count: 5 << 20)
    let bytes = Array("a\n\"".utf8) + line + Array("\n\"\nb\n".utf8)
    #expect(try problems(bytes, pieceBytes: 10_000) == [nil, .rowTooLong, nil])
  }

  @Test func `bytes that are not UTF-8 spoil their row only`() throws {
    let bytes = Array("a,b\n1,".utf8) + [0xC3, 0x28] + Array("\n3,4\n".utf8)
    #expect(try problems(bytes) == [nil, .invalidUTF8, nil])
  }

  @Test func `a quote that never closes takes the rest of the file into its row`() throws {
    #expect(try problems("a,b\n1,\"2\n3,4\n") == [nil, .unclosedQuote])
    #expect(try problems("a,b\n\"") == [nil, .unclosedQuote])
  }

  @Test func `text after a closing quote spoils its row only`() throws {
    #expect(
      try problems("a,b\n\"1\"x,2\n3,4\n\"5\" ,6\n") == [
        nil, .textAfterQuote, nil, .textAfterQuote,
      ])
  }

  @Test(arguments: 0..<200)
  func `no bytes make the reader stop, and pieces make no difference`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let alphabet: [UInt8] = [
      0x22, 0x22, 0x2C, 0x0A, 0x0D, 0x61, 0x20, 0xC3, 0xA9, 0xFF, 0xEF, 0xBB, 0xBF, 0x3B,
    ]
    // Not zero and no byte order mark of UTF-16 at the start: those are refused as a whole.
    let bytes =
      [0x61] + (0..<400).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      as [UInt8]
    let whole = try problems(bytes)
    for pieceBytes in [1, 5, 64] {
      #expect(try problems(bytes, pieceBytes: pieceBytes) == whole)
    }
  }
}
