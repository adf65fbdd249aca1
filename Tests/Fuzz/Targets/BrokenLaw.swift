/// A law that does not hold for some bytes, as a sentence.
package struct BrokenLaw: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// States a law. What is thrown while it is looked at breaks it too.
func law(_ sentence: String, _ holds: () throws -> Bool) throws(BrokenLaw) {
  do {
    guard try holds() else { throw BrokenLaw(sentence) }
  } catch {
    throw error as? BrokenLaw ?? BrokenLaw("\(sentence): \(error)")
  }
}
