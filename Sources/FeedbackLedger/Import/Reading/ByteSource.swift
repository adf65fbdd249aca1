import Foundation

/// Where the bytes of a file come from, piece by piece.
///
/// Wrap it to see every byte on its way, for a digest of the file:
/// ```swift
/// let tapped = ByteSource { count in
///   let piece = try file.read(count)
///   digest.update(data: piece)
///   return piece
/// }
/// ```
public struct ByteSource {
  /// At most the number of bytes that is asked for; empty at the end.
  public let read: (Int) throws -> [UInt8]

  /// - Parameter read: Gives at most the number of bytes it is asked for, and an empty array at the
  ///   end.
  public init(_ read: @escaping (Int) throws -> [UInt8]) {
    self.read = read
  }

  /// The bytes of a file, from its start.
  public init(file path: String) throws(ImportRefusal) {
    // A folder is opened like a file, and refuses only to be read.
    guard !FileManager.default.isFolder(atPath: path),
      let handle = FileHandle(forReadingAtPath: path)
    else {
      throw .file(.unreadable(path: path))
    }
    self.init(handle)
  }

  /// What is written to this process.
  public static var standardInput: ByteSource { ByteSource(.standardInput) }

  private init(_ handle: FileHandle) {
    self.init { count in
      try handle.read(upToCount: count).map(Array.init) ?? []
    }
  }
}
