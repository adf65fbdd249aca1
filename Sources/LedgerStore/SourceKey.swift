/// What tells a repetition of a source's row.
package struct SourceKey: Equatable, Sendable {
  package var key: [UInt8]
  package var revision: String
  package var content: [UInt8]

  package init(key: [UInt8], revision: String, content: [UInt8]) {
    self.key = key
    self.revision = revision
    self.content = content
  }
}
