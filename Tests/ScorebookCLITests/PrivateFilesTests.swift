import Foundation
import Testing

/// Files are their owner's alone, whatever mask the program is run under.
@Suite struct PrivateFilesTests {
  /// Everything that makes a file, in a folder of its own.
  private static let commands = """
    scorebook init hq.ledger --site HQ
    scorebook record survey-response-submitted --answer nps=9 --comment "a text"
    scorebook invite HN -o hn.invitation
    scorebook join hn.invitation hn.ledger
    scorebook record survey-response-submitted --answer nps=9 --ledger hn.ledger
    scorebook bundle hn.bundle --ledger hn.ledger
    scorebook merge hn.bundle
    scorebook sync hn.ledger
    scorebook sync folder:exchange
    scorebook sync folder:exchange --ledger hn.ledger
    scorebook import rows.csv --map map.yaml --rejects bad.csv || test $? = 65
    scorebook backup kept.ledger
    scorebook score nps
    scorebook verify
    scorebook rebuild
    """

  @Test func `every file and folder is made for its owner alone, under an open mask too`() throws {
    let place = try Self.prepared()
    try Self.run(Self.commands, place)
    let hub = try Self.served(place)
    #expect(hub.stop() == 0)
    try Self.run("scorebook certify https://127.0.0.1:1 --new", place)
    try Self.fork(place)
    let modes = try Self.modes(in: place)
    // Of each kind at least one: else it is not looked at.
    for suffix in [
      ".ledger", ".ledger-wal", ".ledger-shm", ".ledger-highwater", ".ledger-lock",
      ".ledger-turn",
      "-tls-key.pem", "-tls-cert.pem", "-tls-next-key.pem", ".bundle", ".invitation", ".evidence",
      "kept.ledger", ".csv", ".entries", ".texts",
    ] {
      #expect(modes.contains { $0.key.hasSuffix(suffix) }, "no \(suffix)")
    }
    for (name, mode) in modes {
      #expect(mode & 0o077 == 0, "\(name): \(String(mode, radix: 8))")
    }
  }

  /// Not only in the end: a file that is narrowed when the key is in it was open until then.
  @Test(
    .enabled(if: SystemCalls.canBeTraced, "strace is not installed, or may trace nothing here"))
  func `no file is open to others for a moment`() throws {
    let place = try Self.prepared()
    try Self.run(
      Self.commands.replacing(
        "scorebook ",
        with: "strace -f -qq -A -o ../calls.txt -e trace=open,openat,creat,mkdir,mkdirat scorebook "
      ), place)
    let calls = String(decoding: try place.bytes(of: "calls.txt"), as: UTF8.self)
    let making = calls.split(separator: "\n").filter {
      $0.contains("O_CREAT") || $0.contains("mkdir") || $0.contains("creat(")
    }
    #expect(making.count > 50)
    let made = Set(making.filter { $0.contains("O_EXCL") }.compactMap(Self.name))
    for call in making where !call.contains("EEXIST") {
      // SQLite names a mode also where it opens what was made before.
      if call.contains("O_NOFOLLOW"), Self.name(call).map(made.contains) == true { continue }
      let mode = call.split(separator: ", ").last?.prefix { $0.isNumber } ?? ""
      #expect((Int(mode, radix: 8) ?? 0o777) & 0o077 == 0, "\(call)")
    }
  }

  /// The file that a call names, without its folder.
  private static func name(_ call: Substring) -> Substring? {
    call.split(separator: "\"").dropFirst().first?.split(separator: "/").last
  }

  /// Whoever may read the folder may read what is exchanged in it, and only a site's owner writes what is the site's.
  @Test(arguments: [("0750", "750", "640"), ("2770", "2750", "640"), ("0777", "755", "644")])
  func `a folder that is shared with others is shared with them as it says`(
    mode: String, shelf: String, file: String
  ) throws {
    let place = try Self.prepared()
    for mask in ["000", "077"] {
      let ending = try place.shell(
        """
        umask \(mask); cd own; rm -rf exchange; mkdir exchange; chmod \(mode) exchange
        export SCOREBOOK_LEDGER=\(mask).ledger
        scorebook init \(mask).ledger --site HQ > /dev/null
        scorebook sync folder:exchange > /dev/null
        stat -c %a exchange/* exchange/*/* exchange/*/*/*.entries
        """)
      #expect(ending.status == 0, "\(ending.errors)")
      #expect(ending.lines == [String(mode.drop { $0 == "0" }), shelf, file], "umask \(mask)")
    }
  }

  private static func prepared() throws -> Workplace {
    let place = try Workplace()
    try place.file("map.yaml", Samples.mapping)
    try place.file("rows.csv", Samples.rows + "\n")
    let ending = try place.shell("umask 077; mkdir own own/exchange")
    #expect(ending.status == 0, "\(ending.errors)")
    return place
  }

  private static func run(_ commands: String, _ place: Workplace) throws {
    let script = commands.replacing("rows.csv", with: "../rows.csv")
      .replacing("map.yaml", with: "../map.yaml")
    let ending = try place.shell(
      "set -e; umask 000; cd own; export SCOREBOOK_LEDGER=hq.ledger\n\(script)")
    #expect(ending.status == 0, "\(ending.errors)")
  }

  private static func served(_ place: Workplace) throws -> Served {
    // The mask goes from this shell to the program.
    try Served(
      place, "own/hq.ledger", ["--name", "127.0.0.1"],
      tracer: ["bash", "-c", "umask 000; exec \"$0\" \"$@\""])
  }

  /// Two machines from one image, and the proof of it in a file.
  private static func fork(_ place: Workplace) throws {
    let image = try MachineImage(of: "own/hn.ledger", in: place)
    let record = "scorebook record survey-response-submitted --answer nps=9 --ledger hn.ledger"
    try run("\(record)\nscorebook sync hn.ledger", place)
    try image.putBack(in: place)
    try run(
      "\(record)\nscorebook sync hn.ledger || true\nscorebook evidence -o fork.evidence", place)
  }

  /// By path under the folder, of everything in it.
  private static func modes(in place: Workplace) throws -> [String: Int] {
    let own = place.directory.appending(path: "own")
    let names =
      FileManager.default.enumerator(atPath: own.path())?.compactMap { $0 as? String } ?? []
    return try names.reduce(into: [:]) { modes, name in
      let attributes = try FileManager.default.attributesOfItem(
        atPath: own.appending(path: name).path())
      modes[name] = attributes[.posixPermissions] as? Int ?? 0o777
    }
  }
}
