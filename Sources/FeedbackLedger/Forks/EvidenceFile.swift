public import Foundation
public import LedgerCore
import LedgerSchema
import SwiftProtobuf

/// A proof that two machines wrote to one log, as a file that stands by itself: whoever has it can check it, without a
/// ledger.
///
/// JSON. What a person reads in it is repeated from ``proof``, and checked against it: a file whose words say something
/// else than its proof is refused.
public struct EvidenceFile: Codable, Hashable, Sendable {
  /// What one of the two branches shows.
  public struct Branch: Codable, Hashable, Sendable {
    /// Hash of the entry after the last common one (RFC 9162 leaf), hexadecimal.
    public let leaf: String
    /// The signed head that the entry is proven to lie under, as a C2SP signed note.
    public let checkpoint: String
  }

  /// Tells this format from others.
  public let format: String
  /// The ledger's identity, hexadecimal.
  public let ledger: String
  /// The log, hexadecimal.
  public let log: String
  /// The site's name, as whoever wrote the file knows it: the proof is of the log and its key.
  public let site: String
  /// The log's Ed25519 key, base64. A log's id is no secret: that this key is the log's, `scorebook heads` says at
  /// every site.
  public let publicKey: String
  /// For people to compare.
  public let fingerprint: String
  /// The last seq that both branches share.
  public let commonSeq: UInt64
  /// Both.
  public let branches: [Branch]
  /// The `ForkProven` message, base64.
  public let proof: String

  static let format = "scorebook fork evidence 1"

  init(_ evidence: ForkEvidence, ledger: Digest256, site: String, publicKey: [UInt8]) throws {
    format = Self.format
    self.ledger = ledger.description
    log = evidence.log.description
    self.site = site
    self.publicKey = Data(publicKey).base64EncodedString()
    fingerprint = KeyFingerprint(publicKey).text
    commonSeq = evidence.commonSeq
    branches = [evidence.first, evidence.second].map {
      Branch(leaf: $0.leaf.description, checkpoint: $0.chain.note)
    }
    let bytes: Data = try evidence.message.serializedBytes()
    proof = bytes.base64EncodedString()
  }

  /// Reads a file and checks all of it.
  ///
  /// - Throws: `EvidenceRefusal`.
  public init(checking data: Data) throws {
    guard data.count <= HandoverLimits.evidenceBytesMax else {
      throw EvidenceRefusal.tooLong(limit: HandoverLimits.evidenceBytesMax)
    }
    guard let file = try? JSONDecoder().decode(EvidenceFile.self, from: data),
      file.format == Self.format
    else { throw EvidenceRefusal.otherFormat }
    guard let ledger = [UInt8](hexadecimal: file.ledger).flatMap({ Digest256(bytes: $0) }),
      let key = Data(base64Encoded: file.publicKey), let proof = Data(base64Encoded: file.proof),
      let message = try? Scorebook_V1_ForkProven(serializedBytes: proof),
      let evidence = ForkEvidence(message)
    else { throw EvidenceRefusal.malformed }
    do {
      try evidence.verify(ledger: ledger, key: Array(key))
    } catch {
      throw EvidenceRefusal.provesNothing(String(describing: error))
    }
    let stated = try EvidenceFile(
      evidence, ledger: ledger, site: file.site, publicKey: Array(key))
    guard stated == file else { throw EvidenceRefusal.otherWords }
    self = file
  }

  /// The file's bytes: fields in alphabetical order, so that equal evidence makes equal files.
  public var data: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return try encoder.encode(self) + Data("\n".utf8)
    }
  }
}

/// Why a file is no evidence of a fork.
public enum EvidenceRefusal: Error, Hashable, Sendable {
  case tooLong(limit: Int)
  case otherFormat
  /// A part is not what it has to be.
  case malformed
  /// The proof does not hold.
  case provesNothing(String)
  /// The words beside the proof say something else.
  case otherWords
}

extension Ledger {
  /// Evidence of every fork that is proven here, the lowest fork point of each log; ascending by log.
  ///
  /// `log`: of this one only.
  public func evidence(of log: LogID? = nil) throws -> [EvidenceFile] {
    try store.read { _, state in
      guard let membership = state.membership else { return [] }
      return try membership.forks.sorted { $0.key < $1.key }.compactMap { forked, commonSeq in
        guard (log ?? forked) == forked, let member = membership.members[forked],
          let proof = membership.forkProofs.first(where: {
            $0.log == forked && $0.commonSeq == commonSeq
          })
        else { return nil }
        return try EvidenceFile(
          proof, ledger: identity.ledger, site: member.site, publicKey: member.publicKey)
      }
    }
  }
}
