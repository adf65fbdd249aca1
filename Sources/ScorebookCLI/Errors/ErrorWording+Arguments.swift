import LedgerCore

extension ErrorWording {
  static func sentence(for fault: ArgumentFault) -> String {
    switch fault {
    case .unknownCommand(let name, let suggestions):
      "There is no command \"\(name)\". \(suggestion(suggestions, list: "scorebook --help"))"
    case .badTime(let text, let option):
      "\"\(text)\" is no time for \(option); expected a date such as 2026-03-01, or "
        + "2026-03-01T09:00:00+07:00."
    case .windowReversed(let from, let to):
      "The window from \(from) to \(to) is empty; --from must be before --to."
    case .badCut(let text):
      "\"\(text)\" is no point in time; expected now, recorded:TIME, known:SITE@TIME, "
        + "received:TIME, publication:LOG/SEQ or clock:FILE."
    case .badAssignment(let text, let option):
      "\"\(text)\" does not fit \(option); expected NAME=VALUE."
    case .badAddress(let text):
      "\"\(text)\" is no address; expected LOG/SEQ, the log in 32 hexadecimal digits."
    case .badBatch(let text):
      "\"\(text)\" is no batch; expected the 32 hexadecimal digits that `import` printed."
    case .badOption(let option, let got, let expected):
      "\"\(got)\" does not fit \(option); expected \(expected)."
    case .badHost(let host, let named, let certificate):
      "\(certificate) is a certificate of \(named), and not of \(host). Say another URL, or --certificate "
        + "FILE with that of the hub there."
    case .together(let one, let other): "\(one) and \(other) exclude each other; keep one of them."
    }
  }

  static func sentence(for fault: DraftFault) -> String {
    switch fault {
    case .unknownKind(let name, let suggestions):
      "There is no kind of event \"\(name)\". "
        + suggestion(suggestions, list: "scorebook record --help")
    case .kindIsInternal(let kind):
      "\(kind.rawValue) is what the ledger says of itself, and is recorded by its own command only."
    case .subjectMissing(let kind):
      "\(kind.rawValue) is about a \(kind.itemWord) that is there already. "
        + "Name it: --subject \(kind.itemWord)/ID."
    case .badSubject(let text):
      "\"\(text)\" is no subject; expected response/ID, ticket/ID, item:HEX, or the address "
        + "LOG/SEQ of the event that opened it."
    case .answersMissing(let kind):
      "\(kind.rawValue) has no answer. Give one: --answer nps=9, csat=4/1..5, csi:delivery=8."
    case .badAnswer(let text):
      "\"\(text)\" is no answer; expected nps=9, csat=4, ces=6, csi:ATTRIBUTE=8, with another "
        + "scale as csat=4/1..4, and skipped for no answer."
    case .pointsMissing(let kind): "\(kind.rawValue) moves points. Say how many: --points N."
    case .reasonNotTaken(let kind):
      "\(kind.rawValue) has no field for --reason. Leave it out, or put a text into --comment."
    case .badData(let problem): "--data is no JSON object: \(problem)."
    case .badCustomer(let text):
      // A customer's address must not come back out of the program.
      "The customer (\(text.count) characters) has no namespace; expected NAMESPACE:VALUE, such as "
        + "email:… or phone:…, or the 32 digits of a pseudonym."
    }
  }
}
