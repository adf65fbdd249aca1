import Dispatch
import FeedbackLedger
import Testing

@Suite struct `A pipeline` {
  private struct Fault: Error {}

  /// What was taken together is stored together: a fault after it must not undo it, however soon it came.
  @Test func `tells a fault to who waits for the next part, and not to who takes what is ready`()
    throws
  {
    let ended = DispatchSemaphore(value: 0)
    try Pipeline<Int>.run(depth: 4) { emit in
      defer { ended.signal() }
      _ = emit(1)
      _ = emit(2)
      throw Fault()
    } drain: { parts in
      let first = try parts.next()
      #expect(first == 1)
      ended.wait()
      #expect(parts.nextIfReady() == 2)
      // The end itself comes after the signal.
      for _ in 0..<1_000 { #expect(parts.nextIfReady() == nil) }
      #expect(throws: Fault.self) { _ = try parts.next() }
    }
  }
}
