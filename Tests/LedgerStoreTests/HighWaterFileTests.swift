import Foundation
import LedgerCore
import LedgerStore
import TestSupport
import Testing

@Suite struct HighWaterFileTests {
  private static let slotBytes = 80

  @Test func `a new file has acknowledged nothing, and the newest head is read back`() throws {
    let folder = try TemporaryFolder()
    var file = try HighWaterFile(path: folder.path("mark"))
    #expect(file.read() == nil)
    for size: UInt64 in 1...5 {
      file.write(head(size))
      #expect(file.read() == head(size))
    }
    file.close()
    var again = try HighWaterFile(path: folder.path("mark"))
    #expect(again.read() == head(5))
    again.close()
  }

  @Test(arguments: 0..<slotBytes)
  func `a torn slot leaves the head before it`(byte: Int) throws {
    let folder = try TemporaryFolder()
    let mark = folder.path("mark")
    var file = try HighWaterFile(path: mark)
    for size: UInt64 in 1...4 { file.write(head(size)) }
    file.close()
    // The fourth was written into the first slot.
    var bytes = try Data(contentsOf: URL(filePath: mark))
    bytes[byte] ^= 0x20
    try bytes.write(to: URL(filePath: mark))
    file = try HighWaterFile(path: mark)
    #expect(file.read() == head(3))
    // It goes on, over the torn slot, and both are whole again.
    file.write(head(5))
    #expect(file.read() == head(5))
    file.write(head(6))
    file.close()
    file = try HighWaterFile(path: mark)
    #expect(file.read() == head(6))
    file.close()
  }

  @Test(arguments: [0, 1, 79, 80, 81, 159])
  func `a file that was cut says what is whole in it`(count: Int) throws {
    let folder = try TemporaryFolder()
    let mark = folder.path("mark")
    var file = try HighWaterFile(path: mark)
    for size: UInt64 in 1...2 { file.write(head(size)) }
    file.close()
    try Data(contentsOf: URL(filePath: mark)).prefix(count).write(to: URL(filePath: mark))
    file = try HighWaterFile(path: mark)
    #expect(file.read() == (count < Self.slotBytes ? nil : head(2)))
    file.close()
  }

  private func head(_ size: UInt64) -> Head {
    Head(log: LogID(high: 1, low: 2), size: size, root: Digest256(hashing: [UInt8(size)]))
  }
}
