public import LedgerCore
import LedgerSchema
import LedgerStore

/// A certificate that the authority has announced for a hub.
public struct AnnouncedCertificate: Hashable, Sendable {
  /// The hub, and the certificate that it will show.
  public let place: HubPlace
  /// The event that says so.
  public let address: Address
  /// Sites with a log that counts and has not heard of it, as far as is known here, ascending.
  public let unaware: [String]
}

extension Ledger {
  /// At the authority: announces a certificate that a hub will show. Whoever has heard of it trusts it for the hub's
  /// URL, beside the one that its invitation carried; so a hub can change its certificate once all have heard.
  ///
  /// - Throws: `LedgerError.notAuthority`.
  @discardableResult
  public func certify(_ place: HubPlace) throws -> Address {
    try withRecorder { recorder in
      guard recorder.appender.state.membership?.isInOffice(identity.log) == true else {
        throw LedgerError.notAuthority(site: identity.site)
      }
      var certified = Scorebook_V1_HubCertified()
      certified.url = place.url
      certified.certificate = place.certificate
      return try recorder.append(.hubCertified(certified))
    }
  }

  /// What the authority has announced and counts, the oldest first.
  public func announcedCertificates() throws -> [AnnouncedCertificate] {
    try store.read { _, state in
      guard let membership = state.membership else { return [] }
      return state.contextEvents.compactMap { address, event in
        guard case .hubCertified(let certified) = event.body, membership.isAuthority(address.log),
          address.seq <= membership.limit(of: address.log)
        else { return nil }
        return AnnouncedCertificate(
          place: HubPlace(url: certified.url, certificate: certified.certificate),
          address: address, unaware: state.sitesUnaware(of: address))
      }
    }
  }
}

extension StoreState {
  /// Sites one of whose logs goes on and has, as far as it is held, not observed an event.
  fileprivate func sitesUnaware(of address: Address) -> [String] {
    let succeeded = Set(membership?.members.values.compactMap(\.predecessor) ?? [])
    let unaware = logs.filter { log in
      log.id != address.log && log.size > 0 && log.limit == .max && !succeeded.contains(log.id)
        && !fold.causality.happenedBefore(address, Address(log: log.id, seq: log.size))
    }
    return Set(unaware.map(\.site)).sorted()
  }
}
