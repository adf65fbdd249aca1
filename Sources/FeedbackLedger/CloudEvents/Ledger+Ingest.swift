import Foundation
public import LedgerCore

/// What an ingest did.
public struct IngestReport: Sendable {
  /// Lines that are not blank.
  public var lines = 0
  /// Lines taken in.
  public var recorded = 0
  /// Lines that are here already with the same content.
  public var duplicate = 0
  /// Lines that are here with other content; not recorded.
  public var conflict = 0
  /// Lines that cannot be read or may not be recorded.
  public var refused = 0
  /// True of the ledger that wrote them alone, or counted nowhere there.
  public var skipped = 0

  /// Nothing done yet.
  public init() {}
}

/// How a line ended; nil text for one that was taken in.
public enum LineResult: Sendable {
  case recorded(Address)
  case duplicate
  case conflict
  case skipped
  case refused(String)
}

extension Ledger {
  /// Ingests CloudEvents 1.0 lines in one transaction.
  ///
  /// `lines`: each without its line break; an empty one is stepped over.
  /// - Returns: what became of each, in order. One bad line stops none of the others.
  public func ingest(_ lines: [[UInt8]], report: inout IngestReport) throws -> [LineResult] {
    // Parsing needs no lock, so it is done before the transaction.
    let parsed = lines.map { Self.parse($0) }
    var counts = report
    let results = try withRecorder { recorder in
      var outcomes = try recorder.record(recorder.stamped(parsed.compactMap(\.draft))) { $0 }[...]
      return parsed.map { Self.result(of: $0, outcome: { outcomes.removeFirst() }, &counts) }
    }
    report = counts
    return results
  }

  private enum Parsed {
    case blank
    case skipped
    case draft(EventDraft)
    case refused(String)

    var draft: EventDraft? {
      if case .draft(let draft) = self { return draft }
      return nil
    }
  }

  private static func parse(_ line: [UInt8]) -> Parsed {
    guard line.contains(where: { $0 > 0x20 }) else { return .blank }
    do {
      switch try CloudEventLine(line) {
      case .draft(let draft): return .draft(draft.draft)
      case .ledgerInternal, .uncounted: return .skipped
      }
    } catch {
      return .refused(error.description)
    }
  }

  /// `outcome`: what became of the line's draft.
  private static func result(
    of parsed: Parsed, outcome: () -> RecordOutcome, _ report: inout IngestReport
  ) -> LineResult {
    switch parsed {
    case .blank: return .skipped
    case .skipped:
      report.lines += 1
      report.skipped += 1
      return .skipped
    case .refused(let reason):
      report.lines += 1
      report.refused += 1
      return .refused(reason)
    case .draft:
      report.lines += 1
      return count(outcome(), &report)
    }
  }

  private static func count(_ outcome: RecordOutcome, _ report: inout IngestReport) -> LineResult {
    switch outcome {
    case .recorded(let address):
      report.recorded += 1
      return .recorded(address)
    case .duplicate:
      report.duplicate += 1
      return .duplicate
    case .conflict:
      report.conflict += 1
      return .conflict
    case .erased:
      report.refused += 1
      return .refused("the customer was erased and is not taken back")
    case .refused(let refusal):
      report.refused += 1
      return .refused(refusal.description)
    }
  }
}
