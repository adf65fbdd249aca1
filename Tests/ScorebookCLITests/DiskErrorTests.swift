import Testing

/// What `Tools/disk-errors` does for every call of every scenario.
@Suite struct `T4` {
  /// By scenario; every so many calls.
  @Test(arguments: [
    ("record one", "17"), ("merge a bundle", "17"), ("sync", "17"),
    ("record with a write-ahead log that is nearly full", "193"),
  ])
  func `no call that the disk fails loses what was acknowledged`(
    scenario: String, stride: String
  ) throws {
    let ending = try Workplace().run(
      program: "ScorebookDiskErrors", "--scenario", scenario, "--every", stride)
    #expect(ending.status == 0, "\(ending.output) \(ending.errors)")
    let faults = try #require(
      ending.output.split(separator: "\n").last?.split(separator: " ").first)
    #expect(try #require(Int(faults)) >= 30)
  }

  @Test func `what is taken for acknowledged too early is found`() throws {
    let ending = try Workplace().run(
      program: "ScorebookDiskErrors", "--scenario", "record one", "--every", "41", "--control")
    #expect(ending.status == 1, "\(ending.output) \(ending.errors)")
    #expect(ending.output.contains("entries that were acknowledged"))
  }
}
