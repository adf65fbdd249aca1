import Crypto
import LedgerCore
import LedgerHTTP
import TestSupport
import Testing

/// Requests that are written by hand, so that they can say what no program of ours would. Each of
/// them asks for its connection to be closed, so that the answer ends at once.
extension Hub {
  /// The status of what comes back; nil where nothing does.
  func status(of request: [UInt8]) async throws -> Int? {
    try await Self.blocking {
      let connection = try RawConnection(port: port)
      connection.send(request)
      return connection.status(secondsMax: 60)
    }
  }

  /// What the hub says to whoever asks, with the head of its answer.
  func page(_ path: String) async throws -> String {
    try await answer(to: "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
  }

  /// A question with a nonce of this hub, signed by a key that is to speak for a log.
  func request(
    _ path: String, _ body: [UInt8], for log: LogID, by key: Curve25519.Signing.PrivateKey
  ) async throws -> [UInt8] {
    let authority = "127.0.0.1:\(port)"
    let nonce = try await freshNonce()
    var fields = [
      (name: "Host", value: authority),
      (name: "Content-Digest", value: ContentDigest.value(of: body)),
    ]
    let head = RequestHead(method: "POST", authority: authority, target: path, fields: fields)
    fields += try RequestSignature.fields(
      for: head, key: key, keyID: log.description, nonce: nonce, created: 0)
    fields.append((name: "Content-Length", value: "\(body.count)"))
    fields.append((name: "Connection", value: "close"))
    let lines = fields.map { "\($0.name): \($0.value)\r\n" }.joined()
    return Array("POST \(path) HTTP/1.1\r\n\(lines)\r\n".utf8) + body
  }

  /// As the hub gives one with every answer.
  func freshNonce() async throws -> String {
    let answer = try await answer(
      to: "POST \(HubPath.nonces) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n"
        + "Connection: close\r\n\r\n")
    let beginning = "\(HubPath.nonceField): "
    let line = try #require(
      answer.split(separator: "\r\n").first { $0.lowercased().hasPrefix(beginning) })
    return String(line.dropFirst(beginning.count))
  }

  private func answer(to request: String) async throws -> String {
    try await Self.blocking {
      let connection = try RawConnection(port: port)
      connection.send(request)
      return String(decoding: connection.receive(secondsMax: 60), as: UTF8.self)
    }
  }
}
