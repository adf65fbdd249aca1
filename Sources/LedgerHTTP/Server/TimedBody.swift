import Hummingbird
import LedgerCore
import NIOCore

/// The body of an answer, which its client has to fetch in time.
///
/// A long one is handed on in steps, each when enough of those before it has left. So little of it waits at a time, and
/// a connection counts as idle only when all of it is on its way: handed on at once, an answer for a slow line would be
/// cut off as that of a client that asks nothing.
struct TimedBody {
  private let bytes: [UInt8]
  private let channel: any Channel
  private let limits: HubLimits
  private let share: BodyAllowance.Share?

  /// `share`: what the answer has taken of the allowance, given back once little of it is left here.
  init(
    _ bytes: [UInt8], by channel: any Channel, _ limits: HubLimits,
    holding share: BodyAllowance.Share?
  ) {
    self.bytes = bytes
    self.share = share
    self.channel = channel
    self.limits = limits
  }

  var responseBody: ResponseBody {
    // One step: `StallGuard` suffices, and head and body leave together.
    guard bytes.count > limits.answerStepBytes else {
      return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    }
    return ResponseBody(contentLength: bytes.count) { writer in
      let deadline = TimeAmount.milliseconds(limits.deadlineMilliseconds(ofAnswer: bytes.count))
      let late = channel.eventLoop.scheduleTask(in: deadline) { channel.close(promise: nil) }
      defer {
        late.cancel()
        share?.giveBack()
      }
      for first in stride(from: 0, to: bytes.count, by: limits.answerStepBytes) {
        let step = bytes[first..<min(bytes.count, first + limits.answerStepBytes)]
        try await writer.write(ByteBuffer(bytes: step))
        // The writer learns only on the event loop that enough is waiting: asked before that it takes one step after
        // the other, and all of the answer would be "on its way" before a tenth of it has left.
        try await channel.eventLoop.submit {}.get()
      }
      try await writer.finish(nil)
    }
  }
}
