public import LedgerCore
import LedgerStore

/// The point in time that a score is rebuilt at (DESIGN §2.7).
public enum PointInTime: Hashable, Sendable {
  /// Everything held here.
  case now
  /// What sites had written by then.
  case recorded(Instant)
  /// What a site knew then.
  case known(site: String, Instant)
  /// What this ledger held then.
  case received(Instant)
  /// The cut that a publication fixed; its address `log/seq`.
  case publication(Address)
  case clock(VectorClock)

  /// Nil for a publication, whose clock must be looked up first.
  var selector: CutSelector? {
    switch self {
    case .now: .now
    case .recorded(let instant): .recorded(instant)
    case .known(let site, let instant): .known(site: site, instant)
    case .received(let instant): .received(instant)
    case .publication: nil
    case .clock(let clock): .clock(clock)
    }
  }
}
