import FeedbackLedger

/// An invitation as it is mailed, or its code.
enum InvitationTarget {
  static func run(on bytes: [UInt8]) throws {
    guard let invitation = try? InvitationFile(text: String(decoding: bytes, as: UTF8.self)) else {
      return
    }
    try check(invitation)
  }

  static func check(_ invitation: InvitationFile) throws {
    try law("an invitation reads as it was written") {
      try InvitationFile(text: invitation.text).message == invitation.message
    }
    try law("a code reads as it was written") {
      try InvitationFile(text: invitation.code).message == invitation.message
    }
  }
}
