extension Checkpoint {
  /// Opens a signed checkpoint: verifies the note, then reads it. What no known key signed is never
  /// looked at.
  ///
  /// The origin must be the name of the key: a log's key speaks for its own log only. Costs one
  /// Ed25519 verification.
  ///
  /// - Throws: any ``CheckpointRefusal``.
  public init(opening note: SignedNote, with verifier: NoteVerifier) throws(CheckpointRefusal) {
    do {
      try verifier.verify(note)
    } catch {
      throw .note(error)
    }
    try self.init(parsing: note.text)
    guard origin == verifier.name else { throw .originDiffers(origin) }
  }
}

extension NoteSigner {
  /// Signs a log's tree head under the signer's name as origin.
  ///
  /// A log must not sign two heads of which one does not continue the other: the caller checks.
  ///
  /// - Throws: ``NoteRefusal/signingFailed``; `noteTooLong` if the name alone nearly fills a note.
  public func signCheckpoint(size: UInt64, root: Digest256) throws(NoteRefusal) -> SignedNote {
    try sign(Checkpoint(origin: name, size: size, root: root).text)
  }
}
