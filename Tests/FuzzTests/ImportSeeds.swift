import FeedbackLedger
import FuzzTargets
import TestSupport

/// The mappings that ship, small ones with a file each, and delimited text.
enum ImportSeeds {
  static func all() -> [Seed] {
    let shipped = ShippedMappings.names.compactMap { name in
      (try? ShippedMappings.yaml(name)).map { Seed(.mapping, "shipped-\(name)", $0) }
    }
    return shipped + mapped.map { Seed(.mapping, $0.name, $0.yaml + "\u{0C}" + $0.file) }
      + mapped.map { Seed(.csv, $0.name, "\u{7}" + $0.file) }
      + delimited.enumerated().map { Seed(.csv, "\($0)", "\u{1}" + $1) }
  }

  private static let delimited = [
    "\u{FEFF}a;b;c\r\n1;\"two\r\nlines\";\"a \"\"quote\"\"\"\r\n\r\n", "a\tb\r1\t2\r3\t4",
    "a|b\n\"open|2\n", "a,b\n\"x\"y,2\n,\n", "one\n",
  ]

  private static let mapped = [survey, snapshot, log, loyalty]

  private static let survey = (
    name: "survey",
    yaml: """
    source: shop
    rows: survey
    header: {rows: 1}
    skip: [{cell: 1, startsWith: Total}]
    id: [ID, Part]
    revision: Changed
    occurred: {column: Ended, format: "d/M/yyyy h:mm a", zone: Europe/Berlin, none: [n/a]}
    customer: {column: Mail, namespace: email, none: ["-"]}
    site: {constant: north}
    labels: {channel: {column: Channel, values: {w: web}, none: ["-"], otherwise: keep}}
    text: [{column: Why, as: comment}]
    flags: [{flag: test, column: Test, equals: ["1"]}]
    survey:
      id: visit
      questions:
        - {id: recommend, column: Q1, metric: nps, scale: [0, 10], noAnswer: [11]}
        - {id: $1, match: "Rate (.+)", metric: csat, scale: [1, 5], form: leadingInteger}

    """,
    file: #"""
    ID,Part,Changed,Ended,Mail,Channel,Why,Test,Q1,Rate staff,Rate price
    1,a,2,3/4/2026 2:30 PM,a@b.example,w,"good, ""really""",0,9,5 - Good,1
    2,a,,29/3/2026 2:30 AM,-,-,,1,11,,3
    Total,,,,,,,,,,
    3,b,,31/12/1999 12:00 AM,x,y,z,0,12,5,6

    """#
  )

  private static let snapshot = (
    name: "snapshot",
    yaml: """
    source: desk
    rows: ticketSnapshot
    id: id
    revision: updated
    ticket:
      opened: {column: opened, format: iso8601, zone: UTC}
      firstReplied: {minutesAfterOpened: reply}
      resolved: {column: solved, format: unixSeconds, zone: UTC}
      reopens: reopens
      status: {column: status, values: {o: open, s: solved}}

    """,
    file: """
    id,updated,opened,reply,solved,reopens,status
    1,1,2026-03-01T08:00:00Z,15.5,1772356000,2,s
    2,1,2026-03-01T08:00:00+02:00,,,0,o

    """
  )

  private static let log = (
    name: "log",
    yaml: """
    source: desk
    rows: ticketLog
    id: [ticket, step]
    occurred: {column: time, format: iso8601, zone: UTC}
    log:
      ticket: ticket
      state: state
      states: {Entered: new, Taken: replied, Wait: pending, Done: resolved, Closed: closed}

    """,
    file: """
    ticket,step,time,state
    a,1,2026-03-01,Entered
    a,2,2026-03-02,Taken
    a,3,2026-03-03,Done
    a,4,2026-03-04,Wait

    """
  )

  private static let loyalty = (
    name: "loyalty",
    yaml: """
    source: shop
    rows: loyalty
    id: line
    occurred: {constant: 2026-03-01}
    loyalty:
      points: {column: amount, per: 0.5, round: nearest, group: basket, basket: basket}

    """,
    file: "line,basket,amount\n1,a,0.60\n2,a,-1.20\n3,b,99999999999999.99\n"
  )
}
