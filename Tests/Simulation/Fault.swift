/// What the simulator does to a company, beside its daily work.
///
/// Ordered as the table of a run prints them.
package enum Fault: String, CaseIterable, Sendable {
  // On the wire.
  case drop
  case duplicate
  case reorder
  case delay
  case corrupt
  case cut
  case withheldTexts = "texts held back"
  case meanwhile = "recorded meanwhile"
  // With files between machines.
  case lateBundle = "late bundle"
  case bundleTwice = "bundle twice"
  case bundleOutOfOrder = "bundle out of order"
  case damagedBundle = "damaged bundle"
  case sharedFolder = "shared folder"
  case lateFolderFile = "late file in a folder"
  case damagedFolderFile = "damaged file in a folder"
  // At a machine.
  case crashInSession = "crash in a session"
  case crashInTransaction = "crash in a transaction"
  case crashAfterCommit = "crash after a commit"
  case tornHighWater = "torn high-water file"
  case abandonedTransaction = "abandoned transaction"
  case restart
  case fullDisk = "full disk"
  case restoredBackup = "restored backup"
  case restoredFile = "file put back"
  case restoredMachine = "machine put back"
  case clone
  case copiedFile = "copied file"
  case restoredAuthority = "authority restored"
  case authorityPutBack = "authority put back"
  case clonedAuthority = "authority cloned"
  case clockBack = "clock back"
  case clockAhead = "clock ahead"
  // By decision.
  case retired
  case revoked
  case rejoined
  case joinedByApproval = "joined by approval"
  case approved
  case adopted
  case rotated
  case delegated
  case delegationEnded = "delegation ended"
  case erased
  case redefined
  // By a hostile site.
  case equivocation
  case foreignSignature = "foreign signature"
  case oldHead = "old head"
  case hugeClaim = "huge claim"
  case forgedProof = "forged proof"
  case falseObservation = "false observation"
}

/// How often each fault was tried, and how often it had an effect: a fault that never bites proves nothing.
package struct FaultCounts: Sendable {
  private var tried = [Int](repeating: 0, count: Fault.allCases.count)
  private var fired = [Int](repeating: 0, count: Fault.allCases.count)

  package init() {}

  package mutating func `try`(_ fault: Fault) {
    tried[fault.index] += 1
  }

  package mutating func fire(_ fault: Fault) {
    fired[fault.index] += 1
  }

  package mutating func add(_ other: FaultCounts) {
    for index in tried.indices {
      tried[index] += other.tried[index]
      fired[index] += other.fired[index]
    }
  }

  package func tried(_ fault: Fault) -> Int { tried[fault.index] }

  package func fired(_ fault: Fault) -> Int { fired[fault.index] }

  /// The faults that never had an effect.
  package var idle: [Fault] { Fault.allCases.filter { fired($0) == 0 } }
}

extension Fault {
  fileprivate var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
