import Foundation
import Testing

/// Where a hub cannot listen: the operator is told why, and nothing is a fault of the program.
@Suite struct `An address that cannot be listened at` {
  @Test func `is in use`() throws {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", [])
    let ending = try place.fail("serve", "--listen", "127.0.0.1:\(hub.port)", status: 75)
    #expect(ending.errors.contains("Another program listens at 127.0.0.1:\(hub.port) already"))
    #expect(hub.stop() == 0)
  }

  @Test func `is another machine's, or nobody's`() throws {
    let place = try Workplace.withLedger()
    // An address of documentation (RFC 5737), and a name that is never one (RFC 6761).
    let other = ["serve", "--insecure-http", "--listen"]
    let elsewhere = try place.run(other + ["192.0.2.1:8443"])
    #expect(elsewhere.status == 64)
    #expect(elsewhere.errors.contains("192.0.2.1:8443 is no address of this machine"))
    let unknown = try place.run(other + ["hub.invalid:8443"])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("hub.invalid is the name of no machine known here"))
  }
}
