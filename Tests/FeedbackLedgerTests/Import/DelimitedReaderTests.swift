import FeedbackLedger
import Testing

@Suite struct DelimitedReaderTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let rows: [[String]]
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "plain", text: "a,b\n1,2\n", rows: [["a", "b"], ["1", "2"]]),
    Case(name: "no line end at the end", text: "a,b\n1,2", rows: [["a", "b"], ["1", "2"]]),
    Case(name: "CRLF", text: "a,b\r\n1,2\r\n", rows: [["a", "b"], ["1", "2"]]),
    Case(name: "CR", text: "a,b\r1,2\r", rows: [["a", "b"], ["1", "2"]]),
    Case(name: "mixed line ends", text: "a\r\n\rb\n\nc", rows: [["a"], [""], ["b"], [""], ["c"]]),
    Case(name: "byte order mark", text: "\u{FEFF}a,b\n", rows: [["a", "b"]]),
    Case(name: "semicolons", text: "a;b\n1,5;2\n", rows: [["a", "b"], ["1,5", "2"]]),
    Case(name: "tabs", text: "a\tb\n1\t2\n", rows: [["a", "b"], ["1", "2"]]),
    Case(name: "pipes", text: "a|b\n1|2\n", rows: [["a", "b"], ["1", "2"]]),
    Case(
      name: "delimiters in quotes do not decide", text: "\"a,b,c\";d\n", rows: [["a,b,c", "d"]]),
    Case(name: "quotes", text: "a,\"b,c\"\n", rows: [["a", "b,c"]]),
    Case(
      name: "doubled quotes", text: "a,\"b \"\"c\"\"\",\"\"\"\"\n", rows: [["a", "b \"c\"", "\""]]),
    Case(
      name: "quoted line breaks", text: "a,\"b\r\nc\nd\"\ne,f\n",
      rows: [["a", "b\r\nc\nd"], ["e", "f"]]),
    Case(
      name: "a quote inside an unquoted field", text: "a,5\" pipe\n", rows: [["a", "5\" pipe"]]),
    Case(name: "empty fields", text: ",,\n\"\",,\n", rows: [["", "", ""], ["", "", ""]]),
    Case(name: "an empty field at the end", text: "a,", rows: [["a", ""]]),
    Case(name: "an empty quoted field at the end", text: "a,\"\"", rows: [["a", ""]]),
    Case(
      name: "letters of other scripts", text: "tên,điểm\nThắng,9\n",
      rows: [["tên", "điểm"], ["Thắng", "9"]]),
  ]

  @Test(arguments: cases)
  func `a file reads as its fields, wherever its pieces end`(of file: Case) throws {
    for pieceBytes in [1, 2, 3, 7, 1_000] {
      var reader = try DelimitedReader(ByteSource(file.text, pieceBytes: pieceBytes))
      var rows: [[String]] = []
      while let row = try reader.next() {
        #expect(row.problem == nil)
        rows.append((0..<row.count).map(row.text))
      }
      #expect(rows == file.rows)
    }
  }

  @Test func `rows are counted as a spreadsheet does, lines as an editor does`() throws {
    var reader = try DelimitedReader(ByteSource("a\n\"b\nc\"\n\nd\n"))
    var places: [[Int]] = []
    while let row = try reader.next() { places.append([row.number, row.line]) }
    #expect(places == [[1, 1], [2, 2], [3, 4], [4, 5]])
  }

  @Test func `a row keeps its bytes as the file has them`() throws {
    var reader = try DelimitedReader(ByteSource("a,\"b \"\"c\"\"\"\r\nd\n"))
    let first = try #require(try reader.next())
    let second = try #require(try reader.next())
    #expect(String(decoding: first.raw, as: UTF8.self) == "a,\"b \"\"c\"\"\"")
    #expect(first.text(1) == "b \"c\"")
    #expect(second.text(0) == "d")
  }

  @Test func `a code is a field without the blanks around it`() throws {
    var reader = try DelimitedReader(ByteSource(" a ,\" b\n\"\n"))
    let row = try #require(try reader.next())
    #expect(row.code(0) == "a")
    #expect(row.code(1) == "b")
    #expect(row.text(1) == " b\n")
    #expect(row.code(7).isEmpty)
  }

  @Test func `a file in UTF-16 is refused by name`() {
    let refusals: [([UInt8], String)] = [
      ([0xFF, 0xFE, 0x61, 0x00], "UTF-16 LE"), ([0xFE, 0xFF, 0x00, 0x61], "UTF-16 BE"),
      ([0x61, 0x00, 0x2C, 0x00], "UTF-16 LE"), ([0x00, 0x61, 0x00, 0x2C], "UTF-16 BE"),
    ]
    for (bytes, name) in refusals {
      #expect(throws: ImportRefusal.file(.encoding(name))) {
        try DelimitedReader(ByteSource(bytes))
      }
    }
  }

  @Test func `an empty file is refused, with a byte order mark too`() {
    for bytes: [UInt8] in [[], [0xEF, 0xBB, 0xBF]] {
      #expect(throws: ImportRefusal.file(.empty)) { try DelimitedReader(ByteSource(bytes)) }
    }
  }
}
