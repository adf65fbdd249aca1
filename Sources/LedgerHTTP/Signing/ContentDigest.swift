import Crypto
import Foundation

/// The field `Content-Digest` (RFC 9530): SHA-256 of the body as it travels.
package enum ContentDigest {
  package static let field = "content-digest"

  package static func value(of body: [UInt8]) -> String {
    "sha-256=:\(Data(SHA256.hash(data: body)).base64EncodedString()):"
  }

  package static func matches(_ value: String, _ body: [UInt8]) -> Bool {
    value == self.value(of: body)
  }
}
