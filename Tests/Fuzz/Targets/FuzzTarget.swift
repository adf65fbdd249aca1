/// A decoder of bytes that come from elsewhere, with the laws that hold whatever they are.
///
/// Used twice: `Tools/fuzz` runs each with what libFuzzer makes of the corpus, and the tests run each over the corpus
/// itself, crashers of the past included. The name is the name of the folder under `Tests/Fuzz/Corpus`.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// An entry: one `Event`.
  case event
  /// Entries of another site's log, signed and taken in.
  case history
  /// One `Frame` of a peer.
  case frame
  /// Length-prefixed frames, as they are once a stream is unpacked.
  case frames
  /// The same as a bundle of this ledger: merged, and read from a shared folder.
  case transfer
  /// A bundle file.
  case bundle
  /// The compressed body of a request to a hub, or of its answer.
  case body
  /// The fields that sign a request.
  case signature
  /// The URL of a hub.
  case address
  /// Delimited text.
  case csv
  /// A mapping, and the file that it is for.
  case mapping
  /// The definition of a score.
  case definition
  /// A signed note and a checkpoint.
  case checkpoint
  /// An invitation's text or code.
  case invitation
  /// What is in an invitation, with its signature put right.
  case admission
  /// A line of CloudEvents.
  case cloudEvent
  /// A file of evidence.
  case evidence
  /// What is in a file of evidence, with its signatures put right.
  case proof
  /// Derived bytes of the ledger file.
  case page

  /// Decodes the bytes as far as they go. Never traps, whatever they are.
  ///
  /// - Throws: `BrokenLaw` alone: what refuses bytes is what a decoder is for.
  package func run(on bytes: [UInt8]) throws {
    switch self {
    case .event: try EventTarget.run(on: bytes)
    case .history: try HistoryTarget.run(on: bytes)
    case .frame: try FrameTarget.run(on: bytes)
    case .frames: try FrameStreamTarget.run(on: bytes)
    case .transfer: try TransferTarget.run(on: bytes)
    case .bundle: try BundleTarget.run(on: bytes)
    case .body: try BodyTarget.run(on: bytes)
    case .signature: try SignatureTarget.run(on: bytes)
    case .address: try AddressTarget.run(on: bytes)
    case .csv: try DelimitedTarget.run(on: bytes)
    case .mapping: try MappingTarget.run(on: bytes)
    case .definition: try DefinitionTarget.run(on: bytes)
    case .checkpoint: try CheckpointTarget.run(on: bytes)
    case .invitation: try InvitationTarget.run(on: bytes)
    case .admission: try AdmissionTarget.run(on: bytes)
    case .cloudEvent: try CloudEventTarget.run(on: bytes)
    case .evidence: try EvidenceTarget.run(on: bytes)
    case .proof: try ProofTarget.run(on: bytes)
    case .page: try PageTarget.run(on: bytes)
    }
  }
}
