/// The seeds that every law is tried with. A failing one is in the name of the failed case, and replays exactly.
package enum Seeds {
  package static let few: [UInt64] = Array(1...20)
  package static let many: [UInt64] = Array(1...40)
}
