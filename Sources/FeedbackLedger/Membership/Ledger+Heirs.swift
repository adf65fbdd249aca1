import LedgerCore
import LedgerSchema
import LedgerStore

extension Ledger {
  /// Says of every log that goes on with a new key that it is the one that does, so that whoever has the old key cannot
  /// name another one afterwards; nothing where this ledger does not decide. A few in each session: each is looked at
  /// with all that was decided.
  func confirmHeirs() throws {
    let own = identity.log
    func heirs(_ state: StoreState) -> [LogID] {
      guard let membership = state.membership, let next = state.ownLog.map({ $0.size + 1 }),
        membership.mayDecide(own), membership.isDecision(Address(log: own, seq: next))
      else { return [] }
      let others = membership.unconfirmedHeirs.filter {
        $0 != own && membership.members[$0]?.predecessor != own
      }
      return Array(others.prefix(Self.confirmedHeirsMax))
    }
    guard try !store.read({ _, state in heirs(state) }).isEmpty else { return }
    try withRecorder { recorder in
      for log in heirs(recorder.appender.state) { try recorder.confirm(log) }
    }
  }

  private static let confirmedHeirsMax = 16
}

extension Recorder {
  fileprivate func confirm(_ heir: LogID) throws {
    guard let member = appender.state.membership?.members[heir] else { return }
    var enrolled = Scorebook_V1_SiteEnrolled()
    enrolled.log = ProtobufBytes.data(heir.bytes)
    enrolled.site = member.site
    enrolled.publicKey = ProtobufBytes.data(member.publicKey)
    try append(.siteEnrolled(enrolled))
  }
}
