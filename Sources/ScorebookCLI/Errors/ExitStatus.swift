/// What the program ends with. The numbers are those of `sysexits.h`, where it has one that fits.
enum ExitStatus: Int32, CaseIterable {
  case success = 0
  case usage = 64
  case badData = 65
  case missingInput = 66
  case notHeld = 69
  case internalFault = 70
  case cannotCreate = 73
  case inputOutput = 74
  case locked = 75
  case refused = 76
  case noPermission = 77

  /// When it is used, for `scorebook help exit-codes`.
  var meaning: String {
    switch self {
    case .success: "All that was asked for was done."
    case .usage: "The command line is wrong: an unknown command, a missing or malformed argument."
    case .badData:
      "Data is not what it should be: a line, row, event, mapping or bundle that was refused, a "
        + "file that is no ledger, or a ledger that is damaged. What was in order is recorded."
    case .missingInput: "A file that should be read is not there or cannot be opened."
    case .notHeld: "The ledger has no such metric, site, publication, customer or batch."
    case .internalFault: "A fault of this program, to be reported."
    case .cannotCreate: "A file cannot be created: it is there already, or its folder is missing."
    case .inputOutput: "Reading or writing failed: disk full, read-only, a device error."
    case .locked: "The ledger was locked for long, or the hub cannot be reached. Try again."
    case .refused: "The ledger or its protocol refuses it: a stranger, no authority, a fork."
    case .noPermission: "No permission, or a file of a newer version of this program."
    }
  }
}
