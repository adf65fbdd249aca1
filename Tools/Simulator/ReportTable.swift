import LedgerSimulation

/// The table at the end of a run.
struct ReportTable {
  let text: String

  init(_ summary: SeedRun.Summary, seconds: Double) {
    var lines = ["", "| fault | tried | had an effect |", "| --- | ---: | ---: |"]
    for fault in Fault.allCases {
      let (tried, fired) = (summary.faults.tried(fault), summary.faults.fired(fault))
      lines.append("| \(fault.rawValue) | \(tried) | \(fired) |")
    }
    let perSecond = Int(Double(summary.steps) / max(seconds, 0.001))
    lines += [
      "",
      "\(summary.seeds) seeds, \(summary.steps) steps in \(Int(seconds)) s (\(perSecond) steps/s);"
        + " \(summary.acknowledged) events acknowledged, \(summary.lost) lost with a machine"
        + " before anybody else had them; \(summary.failures.count) seeds failed",
    ]
    text = lines.joined(separator: "\n")
  }
}
