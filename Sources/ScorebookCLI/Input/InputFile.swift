import Foundation
import LedgerHTTP

/// Files that commands read whole: invitations, mappings, clocks.
enum InputFile {
  /// The bytes of the file; of standard input for `-`.
  ///
  /// - Throws: `CommandFailure.cannotRead`.
  static func data(_ path: String) throws -> Data {
    if path == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CommandFailure.cannotRead(path: path)
    }
    defer { try? handle.close() }
    do {
      return try handle.readToEnd() ?? Data()
    } catch {
      throw FileFailure(path: path, cause: error)
    }
  }

  /// - Throws: `CommandFailure.cannotRead`, `.notUTF8`.
  static func text(_ path: String) throws -> String {
    guard let text = String(validating: try data(path), as: UTF8.self) else {
      throw CommandFailure.notUTF8(path: path)
    }
    return text
  }

  /// The text of a file that holds a certificate, or several.
  ///
  /// - Throws: as ``text(_:)``; `CommandFailure.noCertificate`.
  static func certificate(_ path: String) throws -> String {
    let pem = try text(path)
    guard (try? CertificateSummary(pem: pem)) != nil else {
      throw CommandFailure.noCertificate(path: path)
    }
    return pem
  }

  /// The same, of a certificate that a hub at that address can show, or of the authority that vouches for it.
  ///
  /// - Throws: as ``certificate(_:)``; `ArgumentFault` where it names other hosts.
  static func certificate(_ path: String, for address: HubAddress) throws -> String {
    let pem = try certificate(path)
    let summary = try CertificateSummary(pem: pem)
    guard summary.mayVouch(for: address.host) else {
      let names = summary.names.joined(separator: ", ")
      throw ArgumentFault.badHost(address.host, named: names, certificate: path)
    }
    return pem
  }
}

/// Files that commands write: an existing one is never replaced.
enum OutputFile {
  /// Writes a whole file for its owner alone, or none.
  ///
  /// `content`: asked for when the file is there, so that what cannot be written down is not made either.
  /// - Throws: as ``create(_:)``; `FileFailure`.
  static func write(_ path: String, _ content: () throws -> Data) throws {
    let file = try create(path)
    do {
      try file.write(contentsOf: try content())
      try file.synchronize()
      try file.close()
    } catch {
      unlink(path)
      throw FileFailure(path: path, cause: error)
    }
  }

  /// Creates the file for its owner alone.
  ///
  /// - Throws: `CommandFailure.fileExists`, `.cannotWrite`.
  static func create(_ path: String) throws -> FileHandle {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw errno == EEXIST
        ? CommandFailure.fileExists(path: path) : CommandFailure.cannotWrite(path: path)
    }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}
