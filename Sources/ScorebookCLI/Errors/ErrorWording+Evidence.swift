import FeedbackLedger

extension ErrorWording {
  static func report(_ refusal: EvidenceRefusal, path: String?) -> FailureReport {
    FailureReport(.badData, sentence(for: refusal, path ?? "The file"))
  }

  private static func sentence(for refusal: EvidenceRefusal, _ file: String) -> String {
    switch refusal {
    case .tooLong(let limit): "\(file) is no evidence of a fork: it has more than \(limit) bytes."
    case .otherFormat:
      "\(file) is no evidence of a fork: expected JSON as scorebook evidence -o writes it."
    case .malformed: "\(file) proves nothing: a part of it is not what it has to be."
    case .provesNothing(let reason): "\(file) proves nothing: \(reason)."
    case .otherWords:
      "\(file) proves a fork, but says something else than its proof: believe neither, and ask for "
        + "the file again."
    }
  }
}
