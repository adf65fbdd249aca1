import LedgerCore
import Testing
import TestSupport

@Suite struct CheckpointTests {
  /// The text of the example of c2sp.org/tlog-checkpoint.
  private static let example = """
    example.com/behind-the-sofa
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    """
  private static let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

  @Test func `the example of the specification is read and written back byte for byte`() throws {
    let checkpoint = try Checkpoint(parsing: Array(Self.example.utf8))
    #expect(checkpoint.origin.description == "example.com/behind-the-sofa")
    #expect(checkpoint.size == 20_852_163)
    #expect(Base64.encode(checkpoint.root.bytes) == Self.root)
    #expect(checkpoint.text == Array(Self.example.utf8))
  }

  @Test func `the signed example of the specification is read`() throws {
    let note = try SignedNote(
      parsing: Self.example + """

        \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+\
        ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=

        """)
    #expect(note.signatures.map(\.keyID.description) == ["033de0ae"])
    #expect(try Checkpoint(parsing: note.text).size == 20_852_163)
  }

  @Test(arguments: ["0", "1", "18446744073709551615"])
  func `sizes up to the last number of 64 bits are read`(size: String) throws {
    let checkpoint = try Checkpoint(parsing: Array("a\n\(size)\n\(Self.root)\n".utf8))
    #expect(String(checkpoint.size) == size)
  }

  @Test(
    arguments: [
      ("", CheckpointRefusal.lineCount),
      ("a\n1\n\(root)", .lineCount),
      ("a\n1\n\(root)\n\n", .lineCount),
      ("a\n1\n\(root)\nextension\n", .lineCount),
      ("a\n1\n", .lineCount),
      ("\n1\n\(root)\n", .originMalformed),
      ("a b\n1\n\(root)\n", .originMalformed),
      ("a+b\n1\n\(root)\n", .originMalformed),
      ("a\r\n1\n\(root)\n", .originMalformed),
      ("a\n\n\(root)\n", .sizeMalformed),
      ("a\n01\n\(root)\n", .sizeMalformed),
      ("a\n00\n\(root)\n", .sizeMalformed),
      ("a\n+1\n\(root)\n", .sizeMalformed),
      ("a\n-0\n\(root)\n", .sizeMalformed),
      ("a\n-1\n\(root)\n", .sizeMalformed),
      ("a\n 1\n\(root)\n", .sizeMalformed),
      ("a\n1 \n\(root)\n", .sizeMalformed),
      ("a\n1.0\n\(root)\n", .sizeMalformed),
      ("a\n0x1\n\(root)\n", .sizeMalformed),
      ("a\n\u{0661}\n\(root)\n", .sizeMalformed),
      ("a\n18446744073709551616\n\(root)\n", .sizeMalformed),
      ("a\n1\n\n", .rootMalformed),
      ("a\n1\nAAAA\n", .rootMalformed),
      ("a\n1\n\(root.dropLast())\n", .rootMalformed),
      ("a\n1\n\(root.dropLast(2))J=\n", .rootMalformed),
      ("a\n1\nAAAA\(root)\n", .rootMalformed),
      ("a\n1\n\(root) \n", .rootMalformed),
    ] as [(String, CheckpointRefusal)])
  func `what is not a checkpoint is refused`(text: String, refusal: CheckpointRefusal) {
    #expect(throws: refusal) { try Checkpoint(parsing: Array(text.utf8)) }
  }

  @Test func `a signed head opens under its log's key and under no other`() throws {
    let signer = try self.signer(log: 1)
    let other = try self.signer(log: 2)
    let root = Digest256(hashing: [1])
    let note = try SignedNote(parsing: signer.signCheckpoint(size: 5, root: root).bytes)
    let checkpoint = try Checkpoint(opening: note, with: signer.verifier)
    #expect(checkpoint == Checkpoint(origin: signer.name, size: 5, root: root))
    #expect(CheckpointOrigin(checkpoint.origin)?.log == LogID(high: 0, low: 1))
    #expect(throws: CheckpointRefusal.self) {
      try Checkpoint(opening: note, with: other.verifier)
    }
  }

  @Test func `a log's key does not speak for another log`() throws {
    let signer = try self.signer(log: 1)
    let foreign = Checkpoint(
      origin: try self.signer(log: 2).name, size: 5, root: Digest256(hashing: [1]))
    let note = try signer.sign(foreign.text)
    #expect(throws: CheckpointRefusal.originDiffers(foreign.origin)) {
      try Checkpoint(opening: note, with: signer.verifier)
    }
  }

  @Test func `every changed byte of a signed head is refused`() throws {
    let signer = try self.signer(log: 1)
    let bytes = try signer.signCheckpoint(size: 20_852_163, root: Digest256(hashing: [])).bytes
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 1 << (place % 8)
      #expect(throws: (any Error).self) {
        try Checkpoint(opening: SignedNote(parsing: damaged), with: signer.verifier)
      }
    }
  }

  @Test(arguments: UInt64(1)...16)
  func `no bytes make the parser trap, and what it reads it writes back`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<500 {
      var bytes = Array(Self.example.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      if Bool.random(using: &generator) {
        bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
      }
      guard let checkpoint = try? Checkpoint(parsing: bytes) else { continue }
      #expect(checkpoint.text == bytes)
    }
  }

  private func signer(log: UInt64) throws -> NoteSigner {
    let origin = CheckpointOrigin(
      ledger: Digest256(hashing: []), log: LogID(high: 0, low: log))
    return try #require(
      NoteSigner(name: origin.name, privateKey: Array(repeating: UInt8(log), count: 32)))
  }
}
