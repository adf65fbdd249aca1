package import LedgerCore
import Synchronization

/// The memory for the bodies of all connections together: those that are read or in work, and answers that their
/// clients have not fetched yet.
///
/// Each by itself is small enough, and may take half an hour on the slowest line that is served: so whoever is invited
/// could have a thousand of them here at a time. Three rules bound the sum:
/// 1. A body has room before any of it is read, or its sender comes again a little later. No log has more than its part
///    of the room, so that one of them cannot keep the others out; and all who are no members have one together, as
///    whoever has an invitation can begin any number of logs.
/// 2. A small body is free: as many as there can be connections need 16 MiB. Nearly everything that a site asks is
///    small, and it should not wait for those who bring much.
/// 3. An answer counts from when it is made, whether there is room or not: its work is done, and would only be done
///    again. So what is answered with much is begun only while there is room, and the answers of
///    `requestsInWorkMax` requests are all that can go beyond the limit.
package final class BodyAllowance: Sendable {
  /// There is no room at this moment.
  package struct Exhausted: Error {}

  /// Whose part is taken.
  package enum Payer: Hashable, Sendable {
    case member(LogID)
    /// All logs of which nobody has said that they belong.
    case strangers
  }

  /// What a question is answered with.
  package enum Answer: Sendable {
    /// Events or texts: megabytes.
    case batches
    /// Where the hub stands: kilobytes, and more only where there are thousands of logs. It may take one more part than
    /// there is room for, so that sites bring what is new while others fetch what is old.
    case heads
  }

  private struct Taken {
    var bytes = 0
    var bytesByPayer: [Payer: Int] = [:]

    func part(of payer: Payer) -> Int { bytesByPayer[payer] ?? 0 }

    mutating func add(_ count: Int, of payer: Payer) {
      bytes += count
      let rest = part(of: payer) + count
      bytesByPayer[payer] = rest == 0 ? nil : rest
    }
  }

  private let bytesMax: Int
  private let bytesPerLogMax: Int
  private let freeBytesMax: Int
  private let taken = Mutex(Taken())

  package init(_ limits: HubLimits) {
    bytesMax = limits.bodyBytesMax
    bytesPerLogMax = limits.bodyBytesPerLogMax
    freeBytesMax = limits.strangerBytesMax
  }

  /// What is taken at this moment, in bytes.
  package var bytes: Int { taken.withLock { $0.bytes } }

  /// Room for the body of a request, until it is given back.
  ///
  /// - Throws: `Exhausted`; never for a small body.
  package func take(_ bytes: Int, for payer: Payer) throws -> Share {
    let count = counted(bytes)
    guard count > 0 else { return Share(0, of: payer, in: self) }
    let isTaken = taken.withLock { taken in
      guard taken.bytes + count <= bytesMax, taken.part(of: payer) + count <= bytesPerLogMax
      else { return false }
      taken.add(count, of: payer)
      return true
    }
    guard isTaken else { throw Exhausted() }
    return Share(count, of: payer, in: self)
  }

  /// Whether a question may be answered now. What it is answered with is counted later.
  ///
  /// - Throws: `Exhausted`.
  package func expectRoom(for answer: Answer, to payer: Payer) throws {
    let reserve = answer == .heads ? bytesPerLogMax : 0
    let hasRoom = taken.withLock { taken in
      taken.bytes < bytesMax + reserve && taken.part(of: payer) < bytesPerLogMax + reserve
    }
    guard hasRoom else { throw Exhausted() }
  }

  /// An answer that is made, until it is given back: beyond all limits too.
  package func count(answer bytes: Int, to payer: Payer) -> Share {
    let count = counted(bytes)
    if count > 0 { taken.withLock { $0.add(count, of: payer) } }
    return Share(count, of: payer, in: self)
  }

  private func counted(_ bytes: Int) -> Int { bytes > freeBytesMax ? bytes : 0 }

  fileprivate func giveBack(_ bytes: Int, of payer: Payer) {
    taken.withLock { taken in
      taken.add(-bytes, of: payer)
      precondition(taken.bytes >= 0, "More is given back than was taken.")
    }
  }

  /// What one body has taken. It is given back once, at the latest when nobody has it any more: an answer whose
  /// connection is gone before its first byte has left is asked by nobody to do so.
  package final class Share: Sendable {
    private let allowance: BodyAllowance
    private let payer: Payer
    private let bytes: Mutex<Int>

    fileprivate init(_ bytes: Int, of payer: Payer, in allowance: BodyAllowance) {
      self.allowance = allowance
      self.payer = payer
      self.bytes = Mutex(bytes)
    }

    deinit {
      giveBack()
    }

    package func giveBack() {
      let count = bytes.withLock { bytes in
        defer { bytes = 0 }
        return bytes
      }
      if count > 0 { allowance.giveBack(count, of: payer) }
    }
  }
}
