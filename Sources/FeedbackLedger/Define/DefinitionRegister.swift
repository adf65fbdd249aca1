public import LedgerCore
import LedgerSchema
import LedgerStore

/// A definition in force, and where it comes from.
public struct KnownDefinition: Sendable {
  /// What a score of it means.
  public let definition: MetricDefinition
  /// The event that published it; nil for a built-in one.
  public let address: Address?
  /// The site that published it; nil for a built-in one.
  public let site: String?
  /// Whether another publication of the same id had not seen this one, nor was seen by it.
  public let isContested: Bool

  init(
    _ definition: MetricDefinition, address: Address? = nil, site: String? = nil,
    isContested: Bool = false
  ) {
    self.definition = definition
    self.address = address
    self.site = site
    self.isContested = isContested
  }

  /// Those that need no event, in the order in which a report shows them.
  public static let builtIn = BuiltInMetrics.all.map { KnownDefinition($0) }
}

/// The definitions that a cut knows: the built-in ones, and the last of each id, in canonical order, that a log which
/// counts has published.
struct DefinitionRegister {
  private struct Publication {
    var address: Address
    var site: String
    var stamp: Int64
    var text: String
  }

  private var publications: [String: [Publication]] = [:]
  private let causality: Causality

  /// What is defined now.
  init(_ database: Connection, _ state: StoreState) throws {
    try self.init(database, state, at: try CutResolver(database, state).resolve(.now))
  }

  /// What was defined at a cut of the same state.
  init(_ database: Connection, _ state: StoreState, at cut: ResolvedCut) throws {
    causality = cut.causality ?? state.fold.causality
    let stamps = EntryStamps(database, state)
    for (address, event) in state.contextEvents(in: cut) {
      guard case .metricDefinitionPublished(let published) = event.body,
        // A built-in id keeps its meaning, whatever a foreign entry says.
        BuiltInMetrics.definition(published.metric) == nil, let log = state.log(address.log),
        let stamp = try stamps.stamp(log: log.number, seq: address.seq)
      else { continue }
      publications[published.metric, default: []].append(
        Publication(
          address: address, site: log.site, stamp: stamp, text: published.definition))
    }
    for id in publications.keys {
      publications[id]?.sort {
        ($0.stamp, $0.address.log, $0.address.seq) < ($1.stamp, $1.address.log, $1.address.seq)
      }
    }
  }

  /// The ids that events published, ascending.
  var ids: [String] { publications.keys.sorted() }

  /// Nil for an id that nobody has defined in the cut.
  ///
  /// - Throws: `DefinitionError.unreadable`.
  func known(_ id: String) throws -> KnownDefinition? {
    if let builtIn = BuiltInMetrics.definition(id) {
      return KnownDefinition(builtIn)
    }
    guard let all = publications[id], let last = all.last else { return nil }
    let isContested = all.dropLast().contains {
      causality.areConcurrent($0.address, last.address)
    }
    return KnownDefinition(
      try Self.definition(last.text, id), address: last.address, site: last.site,
      isContested: isContested)
  }

  /// The first definition that an id ever had in the cut.
  func first(_ id: String) throws -> MetricDefinition? {
    try publications[id]?.first.map { try Self.definition($0.text, id) }
  }

  /// The greatest version of an id that can be read; 0 where there is none.
  func versionMax(_ id: String) -> UInt32 {
    publications[id]?.compactMap { try? Self.definition($0.text, id).version }.max() ?? 0
  }

  /// The text of an event; one that a newer program wrote may say what this one cannot read.
  static func definition(_ text: String, _ id: String) throws -> MetricDefinition {
    do {
      let definition = try DefinitionText.definition(text)
      guard definition.id == id else {
        throw DefinitionRefusal.wrongValue(field: "metric", got: definition.id, expected: id)
      }
      return definition
    } catch let refusal as DefinitionRefusal {
      throw DefinitionError.unreadable(id, refusal)
    }
  }
}
