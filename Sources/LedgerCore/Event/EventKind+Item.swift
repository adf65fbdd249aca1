extension EventKind {
  /// What an item of this kind is called in a CloudEvents `subject` and where a source names an item:
  /// `response/<id>`, `ticket/<id>`. An invitation and its response are one item, so they share the word.
  public var itemWord: String { traits.itemWord }

  /// True where the event says something of an item that is there already, so that a form or a line must name it.
  /// A ledger that is given one without an item keeps it; it counts nothing.
  public var needsItem: Bool { traits.needsItem }
}
