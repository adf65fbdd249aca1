import Crypto
import Foundation
import LedgerHTTP

/// A request's head, a line each: target, `Signature-Input`, `Signature`, then other fields.
enum SignatureTarget {
  private static let key = Result {
    try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 7, count: 32))
  }

  static func run(on bytes: [UInt8]) throws {
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count >= 3 else { return }
    let key = try key.get()
    let publicKey = Array(key.publicKey.rawRepresentation)
    var head = RequestHead(
      method: "POST", authority: "hub.example:8443", target: lines[0],
      fields: lines.dropFirst(3).compactMap(field))
    guard let input = try? SignatureInput(lines[1]) else { return }
    try law("a signature's input is signed as it came") {
      "\(input.label)=\(input.text)" == lines[1]
    }
    let base = try? input.base(of: head)
    head.fields.append((SignatureInput.field, lines[1]))
    head.fields.append(("signature", lines[2]))
    _ = try? RequestSignature.verify(head) { _ in publicKey }
    guard let base else { return }
    head.fields[head.fields.count - 1].value =
      "\(input.label)=:\(Data(try key.signature(for: base)).base64EncodedString()):"
    guard head.fields.count(where: { $0.name.lowercased() == "signature" }) == 1 else { return }
    try law("what is signed as it says verifies") {
      // A field of the list would be signed before it is there.
      guard !input.components.contains(where: { $0.hasPrefix("signature") }) else { return true }
      try RequestSignature.verify(head, input, key: publicKey)
      return true
    }
  }

  private static func field(_ line: String) -> (name: String, value: String)? {
    let parts = line.split(separator: ":", maxSplits: 1)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
  }
}
