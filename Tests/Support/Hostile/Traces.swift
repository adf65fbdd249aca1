import FeedbackLedger
import Foundation
import SwiftProtobuf

/// Looks for a text in every form in which it might have stayed behind.
package struct Traces {
  private let forms: [(name: String, bytes: [UInt8])]

  /// `text`: long enough that it is nowhere by chance.
  package init(of text: String) {
    let plain = Array(text.utf8)
    let json = text.unicodeScalars.map { scalar in
      scalar.isASCII ? String(scalar) : "\\u" + Self.hexadecimal(scalar)
    }.joined()
    forms =
      [
        ("UTF-8", plain), ("UTF-16LE", Self.utf16(text, isLittle: true)),
        ("UTF-16BE", Self.utf16(text, isLittle: false)), ("JSON", Array(json.utf8)),
      ] + Self.base64(plain) + Self.escaped(plain)
  }

  package init(ofBytes bytes: [UInt8]) {
    forms = [("bytes", bytes)] + Self.base64(bytes) + Self.escaped(bytes)
  }

  /// The forms that the bytes hold.
  package func found(in bytes: [UInt8]) -> [String] {
    let data = Data(bytes)
    return forms.filter { data.range(of: Data($0.bytes)) != nil }.map(\.name)
  }

  /// What files hold under a path's name: the ledger and everything beside it.
  package func found(inFilesBeside path: String) throws -> [String] {
    try Self.files(beside: path).flatMap { file in
      found(in: Array(try Data(contentsOf: file))).map { "\(file.lastPathComponent): \($0)" }
    }
  }

  /// All bytes of the ledger and of everything beside it.
  package static func content(ofFilesBeside path: String) throws -> [UInt8] {
    try files(beside: path).flatMap { try Data(contentsOf: $0) }
  }

  private static func files(beside path: String) throws -> [URL] {
    let url = URL(filePath: path)
    let folder = url.deletingLastPathComponent()
    return try FileManager.default.contentsOfDirectory(atPath: folder.path())
      .filter { $0.hasPrefix(url.lastPathComponent) }.sorted().map { folder.appending(path: $0) }
  }

  /// What a bundle holds once it is unpacked.
  package func found(inBundle path: String) throws -> [String] {
    let reader = try BundleReader(path: path)
    var found: [String] = []
    while let frame = try reader.next() { found += self.found(in: try frame.serializedBytes()) }
    return found
  }

  /// A text inside a longer one is written in one of three ways, by where it begins; the ends are left out, since they
  /// depend on what stands beside it.
  private static func base64(_ bytes: [UInt8]) -> [(String, [UInt8])] {
    (0..<3).map { offset in
      let padded = [UInt8](repeating: 0, count: offset) + bytes
      let text = Data(padded).base64EncodedString()
      return ("base64 at \(offset)", Array(text.utf8.dropFirst(4).dropLast(4)))
    }
  }

  /// Byte by byte, as dumps, URLs and the descriptions of types write them.
  private static func escaped(_ bytes: [UInt8]) -> [(String, [UInt8])] {
    let digits = bytes.map { String($0, radix: 16) }.map { $0.count == 1 ? "0" + $0 : $0 }
    let lower = digits.joined()
    let url = zip(bytes, digits).map { byte, digits in
      byte < 0x80 ? String(UnicodeScalar(byte)) : "%" + digits.uppercased()
    }
    return [
      ("hexadecimal", lower), ("HEXADECIMAL", lower.uppercased()), ("URL", url.joined()),
      ("numbers", bytes.map(String.init).joined(separator: ", ")),
    ].map { ($0, Array($1.utf8)) }
  }

  private static func utf16(_ text: String, isLittle: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      isLittle ? [UInt8(unit & 255), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 255)]
    }
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
