import LedgerCore
import LedgerSchema
import LedgerStore

/// Says why a published number may not come out again where that is nobody's damage (DESIGN §2.7).
struct PublicationCheck {
  private let answer: ScoreAnswer

  init(_ answer: ScoreAnswer) {
    self.answer = answer
  }

  /// `rows`: what the request gives here, now.
  func warnings(_ request: ScoreRequest, _ rows: [ScoreTable.Row]) throws -> [ScoreWarning] {
    guard case .publication(let address) = request.at else { return [] }
    let publication = try answer.publication(address)
    let sites = try sitesOfOtherBranches(publication)
    guard sites.isEmpty else {
      return sites.map { .publishedFromOtherBranch(site: $0, value: publication.value) }
    }
    let message = publication.message
    guard message.foldVersion != PublicationMessage.foldVersion,
      request == publication.request, rows.map(PublicationMessage.group) != message.groups
    else { return [] }
    return [.publishedByOtherFold(version: message.foldVersion, value: publication.value)]
  }

  /// The sites of forked logs of which another branch is held here than the publication was made of. Whoever made it
  /// holds that branch for ever, and reproduces it: the proof lies outside its cut.
  private func sitesOfOtherBranches(_ publication: Publication) throws -> [String] {
    let forks = answer.state.membership?.forks ?? [:]
    guard !forks.isEmpty else { return [] }
    let sites = try publication.message.cut.compactMap { head -> String? in
      guard let id = LogID(bytes: head.log), let commonSeq = forks[id], head.size > commonSeq,
        let log = answer.state.log(id)
      else { return nil }
      return try isHeld(head, of: log) ? nil : log.site
    }
    return Set(sites).sorted()
  }

  private func isHeld(_ head: Scorebook_V1_Head, of log: LogState) throws -> Bool {
    guard head.size <= log.size else { return false }
    return try log.root(ofSize: head.size, answer.database) == Digest256(bytes: head.root)
  }
}
