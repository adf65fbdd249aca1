import LedgerCore
import Testing

@Suite struct NoteSignatureTests {
  @Test func `the reference note verifies`() throws {
    let verifier = try ReferenceNote.verifier()
    #expect(verifier.keyID.description == ReferenceNote.keyID)
    try verifier.verify(SignedNote(parsing: ReferenceNote.note))
  }

  @Test func `what the reference key signs verifies`() throws {
    let signer = try ReferenceNote.signer()
    #expect(try signer.verifier == ReferenceNote.verifier())
    let note = try signer.sign(Array(ReferenceNote.text.utf8))
    try signer.verifier.verify(SignedNote(parsing: note.bytes))
  }

  @Test func `every changed byte of the reference note is refused`() throws {
    let verifier = try ReferenceNote.verifier()
    for index in ReferenceNote.note.utf8.indices {
      var bytes = Array(ReferenceNote.note.utf8)
      let place = ReferenceNote.note.utf8.distance(
        from: ReferenceNote.note.utf8.startIndex, to: index)
      for mask in [0x01, 0x20, 0x80] as [UInt8] {
        bytes[place] ^= mask
        #expect(throws: NoteRefusal.self) { try verifier.verify(SignedNote(parsing: bytes)) }
        bytes[place] ^= mask
      }
    }
  }

  @Test func `a key that did not sign is told apart from a signature that does not hold`() throws {
    let known = try ReferenceNote.signer()
    let stranger = try signer(named: "stranger", seed: 7)
    let note = try stranger.sign(Array("text\n".utf8))
    let missing = NoteRefusal.signatureMissing(name: known.name, keyID: known.verifier.keyID)
    #expect(throws: missing) { try known.verifier.verify(note) }

    let borrowed = try SignedNote(
      text: Array("other\n".utf8),
      signatures: known.sign(Array("text\n".utf8)).signatures)
    let wrong = NoteRefusal.signatureWrong(name: known.name, keyID: known.verifier.keyID)
    #expect(throws: wrong) { try known.verifier.verify(borrowed) }
  }

  @Test func `the same key under another name does not verify`() throws {
    let note = try signer(named: "one", seed: 1).sign(Array("text\n".utf8))
    let other = try signer(named: "two", seed: 1).verifier
    #expect(throws: NoteRefusal.self) { try other.verify(note) }
  }

  @Test func `signatures of unknown keys are ignored, even under a known name`() throws {
    let known = try signer(named: "log", seed: 1)
    let rotated = try signer(named: "log", seed: 2)
    let witness = try signer(named: "witness", seed: 3)
    let note = try witness.cosign(rotated.cosign(known.sign(Array("text\n".utf8))))
    for verifier in [known.verifier, rotated.verifier, witness.verifier] {
      try verifier.verify(note)
    }
  }

  @Test func `one wrong signature of a known key spoils the note`() throws {
    let known = try signer(named: "log", seed: 1)
    let good = try known.sign(Array("text\n".utf8))
    let stale = try known.sign(Array("older text\n".utf8))
    for signatures in [good.signatures + stale.signatures, stale.signatures + good.signatures] {
      let note = try SignedNote(text: good.text, signatures: signatures)
      #expect(throws: NoteRefusal.self) { try known.verifier.verify(note) }
    }
  }

  @Test(arguments: [1, 63, 65, 128])
  func `a signature of another length is refused`(length: Int) throws {
    let known = try signer(named: "log", seed: 1)
    let signature = NoteSignature(
      name: known.name, keyID: known.verifier.keyID, bytes: Array(repeating: 1, count: length))
    let note = try SignedNote(text: Array("text\n".utf8), signatures: [signature])
    #expect(throws: NoteRefusal.self) { try known.verifier.verify(note) }
  }

  @Test func `keys of another length are refused`() throws {
    let name = try #require(NoteName("log"))
    for length in [0, 31, 33, 64] {
      let bytes = [UInt8](repeating: 1, count: length)
      #expect(NoteVerifier(name: name, publicKey: bytes) == nil)
      #expect(NoteSigner(name: name, privateKey: bytes) == nil)
    }
  }

  @Test func `a seventeenth signature is not added`() throws {
    let known = try signer(named: "log", seed: 1)
    var note = try known.sign(Array("text\n".utf8))
    for _ in 1..<NoteLimits.signaturesMax { note = try known.cosign(note) }
    #expect(throws: NoteRefusal.signatureCount(17)) { try known.cosign(note) }
  }

  @Test func `a description of a signer does not show its key`() throws {
    let known = try signer(named: "log", seed: 1)
    #expect("\(known)" == "log \(known.verifier.keyID)")
  }

  private func signer(named name: String, seed: UInt8) throws -> NoteSigner {
    let name = try #require(NoteName(name))
    return try #require(NoteSigner(name: name, privateKey: Array(repeating: seed, count: 32)))
  }
}
