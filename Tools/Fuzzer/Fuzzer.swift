import Foundation
import FuzzTargets

/// The one that the environment names.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    preconditionFailure("FUZZ_TARGET names no target: \"\(name)\".")
  }
  return target
}()

/// What libFuzzer calls once: what many inputs need is made here, so that it is no part of the first one's time.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  _ = Stage.shared
  return 0
}

/// What libFuzzer calls with every input; 0 keeps the input where it covers something new.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try target.run(on: Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    // libFuzzer keeps an input as a crasher when the process traps, and in no other way.
    FileHandle.standardError.write(Data("BROKEN LAW: \(error)\n".utf8))
    preconditionFailure("A law does not hold.")
  }
  return 0
}
