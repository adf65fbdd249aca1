import LedgerCore
import Testing
import TestSupport

@Suite struct Base64Tests {
  /// RFC 4648 §10.
  private static let vectors = [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ]

  @Test(arguments: vectors)
  func `the vectors of the RFC convert both ways`(plain: String, encoded: String) {
    #expect(Base64.encode(Array(plain.utf8)) == encoded)
    #expect(Base64.decode(encoded.utf8) == Array(plain.utf8))
  }

  @Test func `every byte in every place survives`() {
    for byte in UInt8.min...UInt8.max {
      for bytes in [[byte], [0, byte], [255, 0, byte], [byte, 255, 0, byte]] {
        #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
      }
    }
  }

  @Test(arguments: [
    "Z", "Zg", "Zg=", "Zg===", "====", "=", "Zh==", "Zm9=", "Zm8", "Zm=v", "=m9v", "Zg==Zg==",
    "Zm9v\n", " Zm9v", "Zm 9", "Zm-_", "Zm9é",
  ])
  func `any other text is refused`(text: String) {
    #expect(Base64.decode(text.utf8) == nil)
  }

  @Test(arguments: UInt64(1)...8)
  func `what decodes is what would be encoded`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let characters = Array("ABCDwxyz0189+/==".utf8)
    for _ in 0..<5_000 {
      let text = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        characters[Int.random(in: 0..<characters.count, using: &generator)]
      }
      guard let bytes = Base64.decode(text) else { continue }
      #expect(Array(Base64.encode(bytes).utf8) == text)
    }
  }
}
