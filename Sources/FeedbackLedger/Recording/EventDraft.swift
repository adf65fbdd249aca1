public import LedgerCore
package import LedgerSchema

/// What a form, an import row or a CloudEvents line says, before the ledger has given it a place: raw identifiers
/// and texts are still in it. The ledger turns it into an entry (pseudonyms, commitments, address) and never
/// stores it.
public struct EventDraft: Sendable {
  /// How the item is named.
  public enum Item: Sendable, Hashable {
    /// The event opens an item of its own.
    case opened
    /// An item known by its name.
    case known(ItemID)
    /// An item named by a source system; the ledger derives its `ItemID` with the pseudonym key, so the same
    /// external id means the same item at every site. `kind` is `response`, `ticket`, `account`, `case`, ...
    case external(kind: String, source: String, id: String)
  }

  /// A customer as the source names it.
  public enum Customer: Sendable, Hashable {
    case pseudonym(CustomerID)
    /// Normalised and turned into a pseudonym by the ledger; `namespace` is `email`, `phone`, `household`, ...
    case identifier(namespace: String, value: String)
  }

  /// A text that must not enter an entry.
  public struct Text: Sendable {
    package var field: Scorebook_V1_Detached.Field
    /// The question, where the text is an answer; else empty.
    public var name: String
    /// Plain text in UTF-8.
    public var text: String

    package init(field: Scorebook_V1_Detached.Field, name: String = "", text: String) {
      self.field = field
      self.name = name
      self.text = text
    }
  }

  /// Where an imported event came from; makes a second import of the same row a duplicate.
  public struct Source: Sendable {
    /// The source system.
    public var system: String
    /// The row's or event's own id there, unique together with `part`.
    public var externalID: String
    /// Tells apart several events of one row: `opened`, `resolved`, `answer`, ...
    public var part: String
    /// Explicit revision of the row, where the source has one.
    public var revision: String
    /// Everything the row says of this event; another content under the same id and revision is a conflict.
    public var content: String
    /// The source's own recorded time.
    public var recorded: Instant?
    /// Conflicts the source itself reported.
    public var conflicts: [String]

    /// Takes the parts as the source states them.
    public init(
      system: String, externalID: String, part: String = "", revision: String = "", content: String,
      recorded: Instant? = nil, conflicts: [String] = []
    ) {
      self.system = system
      self.externalID = externalID
      self.part = part
      self.revision = revision
      self.content = content
      self.recorded = recorded
      self.conflicts = conflicts
    }
  }

  /// Nil: the moment of recording.
  public var occurrence: Occurrence?
  /// What the event is about.
  public var item: Item
  /// Nil: anonymous.
  public var customer: Customer?
  /// Key to value; the ledger sorts them.
  public var labels: [String: String]
  /// Plain text in UTF-8.
  public var texts: [Text]
  /// `test`, `staff`, `duplicate`, `spam`, `excluded`.
  public var flags: [String]
  /// Nil for what is recorded by hand; then nothing tells a repetition.
  public var source: Source?
  package var actor: Scorebook_V1_Actor?
  package var body: Scorebook_V1_Event.OneOf_Body

  package init(
    _ body: Scorebook_V1_Event.OneOf_Body, item: Item = .opened, occurrence: Occurrence? = nil,
    customer: Customer? = nil, labels: [String: String] = [:], texts: [Text] = [],
    flags: [String] = [],
    source: Source? = nil, actor: Scorebook_V1_Actor? = nil
  ) {
    self.body = body
    self.item = item
    self.occurrence = occurrence
    self.customer = customer
    self.labels = labels
    self.texts = texts
    self.flags = flags
    self.source = source
    self.actor = actor
  }
}
