/// How the rows of one source's files become events: which columns hold what, in which format, and
/// which texts mean "no answer". Written in YAML; `Tools/mappings/EXAMPLE.yaml` shows every key,
/// and its neighbours map real exports.
///
/// ```yaml
/// source: shop-survey            # names the system; ids are unique within it
/// rows: survey                   # survey | ticketSnapshot | ticketLog | loyalty
/// id: Response ID                # a column, a list of columns, or {content: true}
/// occurred: {column: Ended, format: "yyyy-MM-dd HH:mm:ss", zone: Europe/Berlin}
/// survey:
///   id: shop
///   questions:
///     - {id: recommend, column: Q1, metric: nps, scale: [0, 10], noAnswer: [11]}
/// ```
///
/// ### Keys of every mapping
/// - `source`, `rows`, `id`: as above. `revision`: a column that changes when the source changes
///   the row.
/// - `header`: `{rows: 1…3, names: 1}`; `names: [1, 2]` joins two rows as `question / part`, the
///   first carried right.
/// - `delimiter`: `,` `;` `|` or a tab; detected from the first line where it is not stated.
/// - `skip`: rows that are none: `{cell: 1, startsWith: "Reporting period "}` or `{column: …,
///   equals: […]}`.
/// - `occurred`: when the customer acted; see *Times*.
/// - `customer`: `{column, namespace, none}`. The identifier becomes a pseudonym in the ledger.
/// - `site`: a column or `{constant: …}`; becomes the label `site`.
/// - `labels`: from a label's key to a column, `{constant: …}`, or `{column, values, none,
///   otherwise}`. `values` translates codes; `none` lists codes without a label; `otherwise`
///   (`keep`, `reject`, `none`) is for the rest.
/// - `text`: `{column, as: comment | answer | reason | subject, question}`. Stays beside the
///   ledger.
/// - `flags`: `{flag: test | staff | duplicate | spam | excluded, column, equals}`.
///
/// ### Times
/// `{column | columns, format, zone}`. The format is `iso8601`, `unixSeconds`, `unixMilliseconds`
/// or a pattern such as `"d/M/yyyy h:mm a"`. The zone is an IANA name and is never guessed. `none`
/// lists texts that mean "no time", `prefix` is written before the cell, `fallback` is a column to
/// read where the cell is empty, `table` gives the dates of codes, `constant` is one date for all
/// rows, `precision: day` ignores the clock. A local time that a clock change skips is taken after
/// it and noted; one that occurs twice is the earlier one.
///
/// ### Survey rows: `survey`
/// `id`, `version`, `questions`, `completeness: {column, complete, partial}`, `started` (a time),
/// `duration` (a column of seconds). A question has `id`, `column` or `match` (a regular expression
/// over whole column names; `$1` in the id), `metric` (`nps`, `csat`, `ces`, `csi`, `other`),
/// `scale: [min, max]`, `polarity`, `weight`, `noAnswer`, `values`, and `form: leadingInteger` for
/// `10 - Extremely likely`. An empty cell and a `noAnswer` code are questions not answered;
/// anything else that is no whole number in the scale rejects the row.
///
/// ### Ticket rows: `ticket` and `log`
/// A snapshot has `opened`, `firstReplied`, `resolved` (or `firstResolved` and `lastResolved`),
/// each a time or `{minutesAfterOpened: column}`, a `status` table and a `reopens` column. A log
/// has `ticket`, `state`, a table `states` (`new`, `open`, `pending`, `onHold`, `replied`,
/// `resolved`, `closed`, `ignored`) and may have `opened`. The first `replied` is the first
/// response; a state that is neither `resolved`, `closed` nor `ignored` after one that is reopens
/// the ticket.
///
/// ### Loyalty rows: `loyalty`
/// `points: {column, per, round, group: line | basket | household}` with the column that names the
/// group, `movement` (a table to `earned`, `redeemed`, `expired`) and `reason`. What is rounded
/// decides how much is issued: of 0.60 and 0.60 in one basket, `line` makes 0 points, `basket` 1.
public struct Mapping: Sendable {
  /// What a row is, and the rules for it.
  package enum Rows: Sendable {
    case survey(SurveyRules)
    case ticketSnapshot(TicketRules)
    case ticketLog(LogRules)
    case loyalty(LoyaltyRules)
  }

  /// What makes a row's external id.
  package enum RowID: Sendable {
    case columns([ColumnName])
    /// What the row says, for sources without an id: two equal rows are one.
    case content
  }

  /// The system that the rows come from.
  public let source: String
  package let rows: Rows
  package let header: HeaderLayout
  package let delimiter: Delimiter?
  package let skip: [SkipRule]
  package let id: RowID
  package let revision: ColumnName?
  /// Nil only for ticket snapshots: then it is the time the ticket was opened.
  package let occurred: TimeRule?
  package let customer: CustomerRule?
  package var site: CodeRule?
  package let labels: [String: CodeRule]
  package let texts: [TextRule]
  package let flags: [FlagRule]

  /// Takes the site of each row from a column, whatever the mapping says.
  public mutating func takeSite(fromColumn column: String) {
    site = CodeRule(column: ColumnName(column, path: "--site-column"))
  }
}
