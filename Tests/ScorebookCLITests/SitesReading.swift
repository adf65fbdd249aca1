import Testing

extension Workplace {
  /// What `sites` says of one of them.
  func site(_ name: String, at ledger: String = "hq.ledger") throws -> JSONReading {
    let sites = try JSONReading(succeed("sites", "--json", "--ledger", ledger).output).list
    return try #require(sites.first { $0["site"].string == name }, "\(name)")
  }
}
