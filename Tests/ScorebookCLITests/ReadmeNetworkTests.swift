import Foundation
import Testing

/// The transcripts of the README's section about networks, run as they stand there.
@Suite struct ReadmeNetworkTests {
  @Test func `every command of the network section in the README succeeds, in order`() throws {
    let commands = try ReadmeCommands.blocks(under: "Over the network").flatMap { $0 }
    #expect(commands.count >= 7)
    #expect(commands.allSatisfy { $0.hasPrefix("scorebook ") })
    let place = try Workplace()
    try place.succeed("init", "hq.ledger", "--site", "hq", "--tz", "Asia/Ho_Chi_Minh")
    var network = try PrintedNetwork(place)
    for command in commands { try network.run(command) }
    #expect(try place.site("hue")["state"].string == "retired")
    network.expectEnds()
  }
}

/// Hosts, ports and the shared folder of the README, as this machine has them.
private struct PrintedNetwork {
  private static let sharedFolder = "/mnt/share"

  private let place: Workplace
  /// By the one that is printed, the one that the system chose.
  private var ports: [String: String] = [:]
  private var hubs: [Running] = []
  /// They sync again and again.
  private var branches: [Running] = []

  init(_ place: Workplace) throws {
    self.place = place
    try FileManager.default.createDirectory(
      at: place.directory.appending(path: "share"), withIntermediateDirectories: false)
  }

  /// What would go on for ever goes on beside the next commands, once it has said that it works.
  mutating func run(_ printed: String) throws {
    if let match = printed.firstMatch(of: #/scorebook serve .*--listen \S+:(\d+)/#) {
      try serve(printed, port: String(match.1))
    } else if printed.contains(" --every ") {
      let branch = try start(here(printed))
      let said = try branch.line()
      #expect(said.hasPrefix("received "), "\(printed): \(said)")
      branches.append(branch)
    } else {
      let ending = try place.shell(here(printed))
      #expect(ending.status == 0, "\(printed): \(ending.errors)")
      #expect(!ending.output.isEmpty, "\(printed)")
    }
  }

  func expectEnds() {
    // A thread of the test's pool holds back signals, and a program that it starts does so too; a hub takes them again.
    for branch in branches { branch.kill() }
    for hub in hubs { #expect(hub.stop() == 0) }
    #expect(!branches.isEmpty && !hubs.isEmpty)
  }

  private mutating func serve(_ printed: String, port: String) throws {
    let hub = try start(here(printed).replacing(":\(port)", with: ":0"))
    let said = try hub.line()
    #expect(said.contains(": serving https://"), "\(printed): \(said)")
    let found = said.split(separator: ":").last ?? ""
    ports[port] = String(found).trimmingCharacters(in: .whitespacesAndNewlines)
    hubs.append(hub)
  }

  private func start(_ command: String) throws -> Running {
    try Running(place, command.split(separator: " ").dropFirst().map(String.init))
  }

  private func here(_ printed: String) -> String {
    var command = printed.replacing(#/[a-z]+\.example/#, with: "127.0.0.1")
      .replacing(Self.sharedFolder, with: "share")
    for (port, found) in ports { command = command.replacing(":\(port)", with: ":\(found)") }
    return command
  }
}
