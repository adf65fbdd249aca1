#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// The generated messages hold bytes as `Data`. These two functions are the only place where our modules meet that
/// type, so that the pure ones need no Foundation.
package enum ProtobufBytes {
  package static func data(_ bytes: [UInt8]) -> Data {
    Data(bytes)
  }

  package static func data(_ bytes: UnsafeRawBufferPointer) -> Data {
    Data(bytes)
  }

  package static func array(_ data: Data) -> [UInt8] {
    Array(data)
  }
}
