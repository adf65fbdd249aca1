import LedgerCore
import Testing
import TestSupport

@Suite struct SignedNoteTests {
  /// The example of c2sp.org/signed-note: its text holds an empty line and a letter beyond ASCII.
  private static let example = """
    Ognuno sta solo sul cuor della terra
    trafitto da un raggio di sole:

    ed è subito sera.

    \u{2014} quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnG\
    ITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=

    """

  @Test func `the example of the specification is read and written back byte for byte`() throws {
    let note = try SignedNote(parsing: Self.example)
    #expect(String(decoding: note.text, as: UTF8.self).hasSuffix("sole:\n\ned è subito sera.\n"))
    #expect(note.signatures.map(\.name.description) == ["quasimodo.example/salvatore"])
    #expect(note.signatures.map(\.keyID.description) == ["367ba04b"])
    #expect(note.signatures.map(\.bytes.count) == [64])
    #expect(note.bytes == Array(Self.example.utf8))
  }

  @Test(
    arguments: [
      ("", NoteRefusal.separatorMissing),
      ("\n", .separatorMissing),
      ("text\n", .separatorMissing),
      ("text\n\(ReferenceNote.signatureLine)", .separatorMissing),
      ("text\n\n", .signatureCount(0)),
      ("\n\n\n", .signatureCount(0)),
      ("text\n\n\(ReferenceNote.signatureLine)\n", .signatureCount(0)),
      ("text\n\n\(ReferenceNote.signatureLine.dropLast())", .signatureLineMalformed(line: 1)),
      ("text\n\n- PeterNeumann x08goAA=\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2013} PeterNeumann x08goAA=\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014}PeterNeumann x08goAA=\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014}  x08goAA=\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014} x08goAA=\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014} Peter+Neumann x08goAA=\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014} Peter\u{A0}Neumann x08goAA=\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014} Peter\tNeumann x08goAA=\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014} Peter Neumann x08goAA=\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014} PeterNeumann x08goAA= \n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014} PeterNeumann x08goAA=\r\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014} PeterNeumann x08goAA\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014} PeterNeumann x08goAB=\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014} PeterNeumann x08gow==\n", .signatureLineMalformed(line: 1)),
      ("text\n\n\u{2014} PeterNeumann x08goAA=\nmore\n", .signatureLineMalformed(line: 2)),
      ("a tab\t\n\n\u{2014} PeterNeumann x08goAA=\n", .characterNotAllowed),
      ("a line\r\n\n\u{2014} PeterNeumann x08goAA=\n", .characterNotAllowed),
      ("a \u{0}\n\n\u{2014} PeterNeumann x08goAA=\n", .characterNotAllowed),
    ] as [(String, NoteRefusal)])
  func `what is not a note is refused`(text: String, refusal: NoteRefusal) {
    #expect(throws: refusal) { try SignedNote(parsing: text) }
  }

  @Test func `a note that is not UTF-8 is refused`() {
    let signature = Array("\n\n\u{2014} PeterNeumann x08goAA=\n".utf8)
    #expect(throws: NoteRefusal.characterNotAllowed) {
      try SignedNote(parsing: [0x61, 0xFF] + signature)
    }
    #expect(throws: NoteRefusal.signatureLineMalformed(line: 1)) {
      try SignedNote(
        parsing: Array("a\n\n\u{2014} ".utf8) + [0xC3, 0x20] + Array("x08goAA=\n".utf8))
    }
  }

  @Test func `sixteen signatures are read and seventeen are not`() throws {
    let most = String(repeating: ReferenceNote.signatureLine, count: NoteLimits.signaturesMax)
    #expect(try SignedNote(parsing: "text\n\n" + most).signatures.count == 16)
    #expect(throws: NoteRefusal.signatureCount(17)) {
      try SignedNote(parsing: "text\n\n" + most + ReferenceNote.signatureLine)
    }
  }

  @Test func `a note of 16 KiB is read and one byte more is not`() throws {
    let end = "\n\n" + ReferenceNote.signatureLine
    let length = NoteLimits.noteBytesMax - end.utf8.count
    let longest = String(repeating: "a", count: length) + end
    #expect(try SignedNote(parsing: longest).bytes.count == NoteLimits.noteBytesMax)
    #expect(throws: NoteRefusal.noteTooLong(bytes: NoteLimits.noteBytesMax + 1)) {
      try SignedNote(parsing: "a" + longest)
    }
  }

  @Test func `a text that no one could open is not put into a note`() throws {
    let signatures = try SignedNote(parsing: ReferenceNote.note).signatures
    #expect(throws: NoteRefusal.textUnterminated) {
      try SignedNote(text: Array("text".utf8), signatures: signatures)
    }
    #expect(throws: NoteRefusal.textUnterminated) {
      try SignedNote(text: [], signatures: signatures)
    }
    #expect(throws: NoteRefusal.signatureCount(0)) {
      try SignedNote(text: Array("text\n".utf8), signatures: [])
    }
    let longText = [UInt8](repeating: 0x61, count: NoteLimits.noteBytesMax - 1) + [0x0A]
    #expect(throws: NoteRefusal.self) {
      try SignedNote(text: longText, signatures: signatures)
    }
  }

  @Test(arguments: ["\n", "\n\n", "a\n\n", "\na\n", "a\n\n\nb\n"])
  func `empty lines at any place of the text survive`(text: String) throws {
    let signatures = try SignedNote(parsing: ReferenceNote.note).signatures
    let note = try SignedNote(text: Array(text.utf8), signatures: signatures)
    #expect(try SignedNote(parsing: note.bytes) == note)
  }

  @Test func `names are compared by their bytes`() {
    #expect("caf\u{E9}" == "cafe\u{301}")
    #expect(NoteName("caf\u{E9}") != NoteName("cafe\u{301}"))
  }

  @Test(arguments: UInt64(1)...16)
  func `no bytes make the parser trap, and what it reads it writes back`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let note = Array((Self.example + ReferenceNote.signatureLine).utf8)
    let alphabet = Array("\n \u{2014}+=Aa0".utf8)
    for _ in 0..<200 {
      var bytes = note
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: place)
        case 2: bytes.remove(at: place)
        default: bytes.removeSubrange(place...)
        }
        if bytes.isEmpty { bytes = alphabet }
      }
      if let parsed = try? SignedNote(parsing: bytes) { #expect(parsed.bytes == bytes) }
      let noise = (0..<200).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      if let parsed = try? SignedNote(parsing: noise) { #expect(parsed.bytes == noise) }
    }
  }
}
