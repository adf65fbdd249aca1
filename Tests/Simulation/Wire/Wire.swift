import LedgerSchema
import LedgerSync
import TestSupport

/// Why a session ended that nobody refused.
enum WireFailure: Error {
  /// The connection broke, or nothing came.
  case cut
  /// The process of the side that takes in ended.
  case crash
}

/// Frames that a wire keeps back until a later session between the same two machines.
final class LateFrames {
  private var frames: [(from: Int, to: Int, bytes: [UInt8])] = []
  private static let framesMax = 32

  func add(_ bytes: [UInt8], from: Int, to: Int) {
    frames.append((from, to, bytes))
    if frames.count > Self.framesMax { frames.removeFirst() }
  }

  func take(from: Int, to: Int) -> [UInt8]? {
    guard let index = frames.firstIndex(where: { $0.from == from && $0.to == to }) else {
      return nil
    }
    return frames.remove(at: index).bytes
  }
}

/// One connection between two machines. It carries bytes, and does to them what its rates say.
final class Wire {
  let rates: WireRates
  private let late: LateFrames
  private var random: SplitMix64
  /// Of the whole connection; nil: it is never cut.
  private var bytesLeft: Int?
  /// After so many batches the side that takes in crashes.
  let batchesBeforeCrash: Int?
  /// Frames that it was given.
  private(set) var frames = 0
  /// What it did, each with whether the other side had to see it.
  private(set) var faults: [Fault] = []

  init(_ rates: WireRates, late: LateFrames, seed: UInt64) {
    self.rates = rates
    self.late = late
    var random = SplitMix64(seed: seed)
    bytesLeft =
      random.chance(rates.cut)
      ? Int.random(in: 0...(1 << Int.random(in: 6...14, using: &random)), using: &random) : nil
    batchesBeforeCrash =
      random.chance(rates.crash) ? Int.random(in: 0...3, using: &random) : nil
    self.random = random
  }

  /// What of the frames arrives at the other end.
  func carry(
    _ frames: [Scorebook_V1_Frame], from: Int, to: Int
  ) throws -> (frames: [Scorebook_V1_Frame], failure: (any Error)?) {
    var sent: [[UInt8]] = []
    self.frames += frames.count
    for frame in frames { send(try FrameBytes.encode(withheld(frame)), from, to, into: &sent) }
    if sent.count > 1, random.chance(rates.reorder) {
      sent.swapAt(Int.random(in: sent.indices, using: &random), 0)
      faults.append(.reorder)
    }
    let (bytes, isCut) = shortened(Array(sent.joined()))
    let (arrived, refusal) = FrameBytes.decode(bytes)
    return (arrived, isCut ? WireFailure.cut : refusal)
  }

  /// A relay that has the entries and not yet their texts.
  private func withheld(_ frame: Scorebook_V1_Frame) -> Scorebook_V1_Frame {
    guard case .batch(var batch)? = frame.message, !batch.texts.isEmpty,
      random.chance(rates.withhold)
    else { return frame }
    batch.texts = []
    faults.append(.withheldTexts)
    var frame = frame
    frame.batch = batch
    return frame
  }

  private func send(_ bytes: [UInt8], _ from: Int, _ to: Int, into sent: inout [[UInt8]]) {
    if random.chance(rates.delay), let old = late.take(from: from, to: to) {
      sent.append(old)
      faults.append(.delay)
    }
    if random.chance(rates.drop) {
      faults.append(.drop)
      return
    }
    if random.chance(rates.delay) {
      late.add(bytes, from: from, to: to)
      // Kept back is as good as lost, for this session.
      return
    }
    var bytes = bytes
    if random.chance(rates.corrupt) {
      let place = Int.random(in: bytes.indices, using: &random)
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      faults.append(.corrupt)
    }
    sent.append(bytes)
    if random.chance(rates.duplicate) {
      sent.append(bytes)
      faults.append(.duplicate)
    }
  }

  /// Whether something happens at one of the two machines before the next frame.
  func interrupts() -> Bool { random.chance(rates.meanwhile) }

  private func shortened(_ bytes: [UInt8]) -> (bytes: [UInt8], isCut: Bool) {
    guard let left = bytesLeft else { return (bytes, false) }
    bytesLeft = max(0, left - bytes.count)
    guard bytes.count > left else { return (bytes, false) }
    faults.append(.cut)
    return (Array(bytes.prefix(left)), true)
  }
}
