/// An argument that does not have the form that its option needs.
enum ArgumentFault: Error {
  /// `suggestions`: the nearest ones.
  case unknownCommand(String, suggestions: [String])
  case badTime(String, option: String)
  case windowReversed(from: String, to: String)
  case badCut(String)
  case badAssignment(String, option: String)
  case badAddress(String)
  case badBatch(String)
  case badOption(String, got: String, expected: String)
  /// A hub's host that the certificate does not name; `named`: those that it does.
  case badHost(String, named: String, certificate: String)
  case together(String, String)
}
