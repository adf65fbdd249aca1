import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

@Suite struct LocalSettingTests {
  @Test(arguments: ["", "x", "1x", " 1", "0x10", "99999999999999999999"])
  func `a number that is none is an error, and one that is unset is nil`(text: String) throws {
    let store = try Store.memory(zone: .utc)
    #expect(try store.exclusively { try LocalSetting.erasuresObeyed.integer(in: $0) } == nil)
    try store.exclusively { try LocalSetting.erasuresObeyed.set(text, in: $0) }
    #expect(throws: StoreError.missingSetting("erasures_obeyed")) {
      try store.exclusively { try LocalSetting.erasuresObeyed.integer(in: $0) }
    }
  }

  @Test func `a derived part of another version, or of none, needs a rebuild`() throws {
    let store = try SampleStore.memory()
    #expect(try !store.needsRebuild())
    for version in [String(SchemaVersion.derived - 1), String(SchemaVersion.derived + 1), "x"] {
      try store.exclusively { try LocalSetting.derivedVersion.set(version, in: $0) }
      #expect(try store.needsRebuild(), "\(version)")
    }
    try store.exclusively { try LocalSetting.derivedVersion.remove(in: $0) }
    #expect(try store.needsRebuild())
    try store.rebuild()
    #expect(try !store.needsRebuild())
  }
}
