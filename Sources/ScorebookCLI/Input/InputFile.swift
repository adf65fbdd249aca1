import Foundation
import LedgerCore
import LedgerHTTP

/// Files that commands read whole: invitations, mappings, clocks.
enum InputFile {
  /// The bytes of the file; of standard input for `-`. Of one that has more than it may, no more is read.
  ///
  /// - Throws: `CommandFailure.cannotRead`, `.tooLarge`.
  static func data(_ path: String, bytesMax: Int) throws -> Data {
    let isInput = path == "-"
    guard let handle = isInput ? .standardInput : FileHandle(forReadingAtPath: path) else {
      throw CommandFailure.cannotRead(path: path)
    }
    defer { if !isInput { try? handle.close() } }
    let data: Data
    do {
      data = try read(handle, upTo: bytesMax + 1)
    } catch {
      throw FileFailure(path: path, cause: error)
    }
    guard data.count <= bytesMax else {
      throw CommandFailure.tooLarge(path: path, bytesMax: bytesMax)
    }
    return data
  }

  /// A pipe gives what is in it, and may give more.
  private static func read(_ handle: FileHandle, upTo count: Int) throws -> Data {
    var data = Data()
    while data.count < count, let more = try handle.read(upToCount: count - data.count),
      !more.isEmpty
    {
      data += more
    }
    return data
  }

  /// - Throws: `CommandFailure.cannotRead`, `.tooLarge`, `.notUTF8`.
  static func text(_ path: String, bytesMax: Int) throws -> String {
    let data = try data(path, bytesMax: bytesMax)
    guard let text = String(validating: data, as: UTF8.self) else {
      throw CommandFailure.notUTF8(path: path)
    }
    return text
  }

  /// The text of a file that holds a certificate, or several.
  ///
  /// - Throws: as ``text(_:bytesMax:)``; `CommandFailure.noCertificate`.
  static func certificate(_ path: String) throws -> String {
    let pem = try text(path, bytesMax: HandoverLimits.certificateBytesMax)
    guard (try? CertificateSummary(pem: pem)) != nil else {
      throw CommandFailure.noCertificate(path: path)
    }
    return pem
  }

  /// A certificate and its key, from a file each.
  ///
  /// - Throws: as ``certificate(_:)``; `CommandFailure.noPair` for two that do not belong together.
  static func pair(certificate: String, key: String) throws -> CertificatePair {
    let pair = CertificatePair(
      certificate: try Self.certificate(certificate),
      key: try text(key, bytesMax: HandoverLimits.certificateBytesMax))
    guard pair.isWhole else {
      throw CommandFailure.noPair(certificate: certificate, key: key)
    }
    return pair
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
  /// - Throws: as ``create(_:)``; `FileFailure`; what `content` throws.
  static func write(_ path: String, _ content: () throws -> Data) throws {
    let file = try create(path)
    var isWhole = false
    defer { if !isWhole { unlink(path) } }
    // What goes wrong in here is not of the file: it may be the ledger's disk that is full.
    let data = try content()
    do {
      try file.write(contentsOf: data)
      try file.synchronize()
      try file.close()
    } catch {
      throw FileFailure(path: path, cause: error)
    }
    isWhole = true
  }

  /// Creates the file for its owner alone.
  ///
  /// - Throws: `CommandFailure.fileExists`; `.cannotWrite` where the path or its permissions forbid it; else
  ///   `FileFailure`.
  static func create(_ path: String) throws -> FileHandle {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, code: errno) }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private static func failure(_ path: String, code: Int32) -> any Error {
    switch code {
    case EEXIST: return CommandFailure.fileExists(path: path)
    case EACCES, EPERM, ENOENT, ENOTDIR: return CommandFailure.cannotWrite(path: path)
    default:
      return FileFailure(path: path, cause: NSError(domain: NSPOSIXErrorDomain, code: Int(code)))
    }
  }
}
