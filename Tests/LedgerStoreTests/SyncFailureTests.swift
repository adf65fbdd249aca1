import LedgerStore
import Testing

@Suite struct `A failed sync` {
  /// SQLITE_IOERR is 10; the kind of failure stands in the next byte (https://sqlite.org/rescode.html).
  @Test func `is told from every other failure of reading and writing`() {
    let fatal = (0..<64).filter { SyncFailure.isMeant(by: 10 | $0 << 8) }
    #expect(fatal == [4, 5])
    #expect(!SyncFailure.isMeant(by: 13))
    #expect(!SyncFailure.isMeant(by: 0))
  }

  @Test func `ends the process with 74`() async {
    await #expect(processExitsWith: .exitCode(SyncFailure.exitCode)) {
      SyncFailure.endProcess("The test could not sync")
    }
  }
}
