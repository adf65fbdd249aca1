import FeedbackLedger
import LedgerCore

/// What an event is about, as a CloudEvents `subject`.
struct SubjectArgument {
  let text: String

  /// One name space for the whole ledger: ticket/4711 means the same ticket at every site.
  static let defaultSource = "scorebook"

  /// The item that a subject names.
  ///
  /// - Throws: `DraftFault.badSubject`.
  static func item(_ text: String, source: String, _ ledger: Ledger) throws -> ItemID {
    if let address = Address(text) { return ItemID(openedAt: address) }
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    if let name = parts.last, parts.count == 1 || parts.count == 2, name.hasPrefix("item:") {
      guard let item = ItemID(hexadecimal: name.dropFirst(5)) else {
        throw DraftFault.badSubject(text)
      }
      return item
    }
    guard parts.count == 2 else { throw DraftFault.badSubject(text) }
    return ledger.item(kind: parts[0], source: source, id: parts[1])
  }

  /// - Throws: `DraftFault.badSubject`.
  init(_ text: String, of kind: EventKind) throws {
    if let address = Address(text) {
      self.text = "\(kind.itemWord)/item:\(ItemID(openedAt: address))"
    } else if text.hasPrefix("item:") {
      self.text = "\(kind.itemWord)/\(text)"
    } else if text.split(separator: "/", maxSplits: 1).count == 2 {
      self.text = text
    } else {
      throw DraftFault.badSubject(text)
    }
  }
}

/// `NAMESPACE:VALUE`, or the 32 digits of a pseudonym.
enum CustomerArgument {
  /// - Throws: `DraftFault.badCustomer`.
  static func customer(_ text: String) throws -> EventDraft.Customer {
    if let pseudonym = CustomerID(hexadecimal: text) { return .pseudonym(pseudonym) }
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw DraftFault.badCustomer(text) }
    return .identifier(namespace: parts[0], value: parts[1])
  }
}

/// `nps=9`, `csat=4/1..4`, `csi:delivery=8`, `ces=skipped`, in the JSON of the schema's `Answer`.
struct AnswerArgument {
  let json: [String: Any]

  /// - Throws: `DraftFault.badAnswer`.
  init(_ text: String) throws {
    let assignment = try? Assignment(text, option: "--answer")
    guard let assignment, let metric = Metric(assignment.name) else {
      throw DraftFault.badAnswer(text)
    }
    let parts = assignment.value.split(separator: "/", omittingEmptySubsequences: false)
    let scale = parts.count == 2 ? Self.scale(parts[1]) : metric.scale
    guard let first = parts.first, parts.count <= 2, let scale else {
      throw DraftFault.badAnswer(text)
    }
    var json: [String: Any] = [
      "question": metric.question, "metric": metric.word, "scaleMin": scale.low,
      "scaleMax": scale.high,
    ]
    if first == "skipped" {
      json["skipped"] = true
    } else if let value = Int32(first) {
      json["value"] = Int(value)
    } else {
      throw DraftFault.badAnswer(text)
    }
    self.json = json
  }

  /// `1..5`; whether it ascends the ledger says.
  private static func scale(_ text: Substring) -> (low: Int, high: Int)? {
    let ends = text.split(separator: "..", omittingEmptySubsequences: false).map { Int32($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1] else { return nil }
    return (Int(low), Int(high))
  }

  private struct Metric {
    let question: String
    let word: String
    let scale: (low: Int, high: Int)

    init?(_ name: String) {
      switch name {
      case "nps": (question, word, scale) = (name, "ANSWER_METRIC_NPS", (0, 10))
      case "csat": (question, word, scale) = (name, "ANSWER_METRIC_CSAT", (1, 5))
      case "ces": (question, word, scale) = (name, "ANSWER_METRIC_CES", (1, 7))
      case _ where name.hasPrefix("csi:") && name.count > 4:
        (question, word, scale) = (String(name.dropFirst(4)), "ANSWER_METRIC_CSI", (1, 10))
      default: return nil
      }
    }
  }
}

/// The field of a kind that says why, and how its values are written in the schema.
struct ReasonField {
  let name: String
  private let prefix: String?

  init?(of kind: EventKind) {
    switch kind {
    case .surveyResponseRetracted, .surveyResponseCorrected, .surveyInvitationSuppressed,
      .tierChanged:
      (name, prefix) = ("reason", "REASON_")
    case .pointsEarned: (name, prefix) = ("reason", "POINTS_REASON_")
    case .surveyResponseReinstated, .surveyInvitationBounced: (name, prefix) = ("reasonCode", nil)
    default: return nil  // No other kind has a field for a reason.
    }
  }

  /// `data-entry` is `REASON_DATA_ENTRY`.
  func value(_ word: String) -> String {
    guard let prefix else { return word }
    return prefix + word.uppercased().replacing("-", with: "_")
  }
}
