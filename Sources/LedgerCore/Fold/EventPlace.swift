/// Where an event stands, by the number of its log in this ledger: what a fold knows of a row without its log's id.
package struct EventPlace: Hashable, Sendable {
  package let log: UInt32
  package let seq: UInt32

  package init(log: UInt32, seq: UInt32) {
    self.log = log
    self.seq = seq
  }
}

extension EventRow {
  package var place: EventPlace { EventPlace(log: log, seq: seq) }
}
