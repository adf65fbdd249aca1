/// An argument that does not have the form that its option needs.
enum ArgumentFault: Error {
  case badTime(String, option: String)
  case windowReversed(from: String, to: String)
  case badCut(String)
  case badAssignment(String, option: String)
  case badAddress(String)
  case badBatch(String)
  case badOption(String, got: String, expected: String)
  case together(String, String)
}
