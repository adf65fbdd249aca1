import LedgerCore

/// One body of every kind: its short name and the JSON of its message, a value that is not the default in every
/// field. Lines that are further indented go on with the body above.
enum BodySamples {
  /// By kind, every kind once.
  static let json: [EventKind: String] = {
    var json: [EventKind: String] = [:]
    var kind: EventKind?
    for line in (ledger + "\n" + others).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
      if !line.hasPrefix(" ") { kind = EventKind(rawValue: String(parts[0])) }
      if let kind { json[kind, default: ""] += parts[1].drop { $0 == " " } }
    }
    return json
  }()

  private static let ledger = #"""
    log-started {"log":"AQIDBAUGBwgJCgsMDQ4PEA==","site":"s2","ledger":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "publicKey":"AQIDBAUGBwgJCgsMDQ4PEA==","invitation":{"id":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "site":"s7","publicKey":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "authoritySignature":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "acceptanceSignature":"AQIDBAUGBwgJCgsMDQ4PEA=="},
      "predecessor":{"head":{"log":"AQIDBAUGBwgJCgsMDQ4PEA==","size":"18446744073709551615",
      "root":"AQIDBAUGBwgJCgsMDQ4PEA=="},"reason":"REASON_FORKED",
      "signature":"AQIDBAUGBwgJCgsMDQ4PEA=="},"timeZone":"s18",
      "recoveryKey":"AQIDBAUGBwgJCgsMDQ4PEA==","software":"s20"}
    site-invited {"site":"s1","publicKey":"AQIDBAUGBwgJCgsMDQ4PEA=="}
    site-enrolled {"log":"AQIDBAUGBwgJCgsMDQ4PEA==","site":"s2",
      "publicKey":"AQIDBAUGBwgJCgsMDQ4PEA==","invitation":"AQIDBAUGBwgJCgsMDQ4PEA=="}
    key-rotated {"log":"AQIDBAUGBwgJCgsMDQ4PEA==","publicKey":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "fromSeq":"18446744073709551615","signature":"AQIDBAUGBwgJCgsMDQ4PEA=="}
    site-revoked {"log":"AQIDBAUGBwgJCgsMDQ4PEA==","afterSeq":"18446744073709551615",
      "reasonCode":"s3"}
    site-retired {"finalHead":{"log":"AQIDBAUGBwgJCgsMDQ4PEA==","size":"18446744073709551615",
      "root":"AQIDBAUGBwgJCgsMDQ4PEA=="}}
    observed {"heads":[{"log":"AQIDBAUGBwgJCgsMDQ4PEA==","size":"18446744073709551615",
      "root":"AQIDBAUGBwgJCgsMDQ4PEA=="},{"log":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "size":"18446744073709551615","root":"AQIDBAUGBwgJCgsMDQ4PEA=="}],
      "stampUs":"1775181600000009"}
    fork-proven {"log":"AQIDBAUGBwgJCgsMDQ4PEA==","commonSeq":"18446744073709551615",
      "firstCheckpoint":"s3","secondCheckpoint":"s4","firstEntry":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "secondEntry":"AQIDBAUGBwgJCgsMDQ4PEA==","firstProof":["AQIDBAUGBwgJCgsMDQ4PEA==",
      "AQIDBAUGBwgJCgsMDQ4PEA=="],"secondProof":["AQIDBAUGBwgJCgsMDQ4PEA==",
      "AQIDBAUGBwgJCgsMDQ4PEA=="]}
    fork-tail-repeated {"repeats":{"log":"AQIDBAUGBwgJCgsMDQ4PEA==","seq":"18446744073709551615"},
      "leaf":"AQIDBAUGBwgJCgsMDQ4PEA==","recordedUs":"1775181600000005",
      "entry":"AQIDBAUGBwgJCgsMDQ4PEA=="}
    fork-tail-adopted {"head":{"log":"AQIDBAUGBwgJCgsMDQ4PEA==","size":"18446744073709551615",
      "root":"AQIDBAUGBwgJCgsMDQ4PEA=="}}
    authority-delegated {"log":"AQIDBAUGBwgJCgsMDQ4PEA=="}
    texts-withheld {"log":"AQIDBAUGBwgJCgsMDQ4PEA==","ended":true}
    hub-certified {"url":"s1","certificate":"s2"}
    authority-replaced {"log":"AQIDBAUGBwgJCgsMDQ4PEA==","publicKey":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "signature":"AQIDBAUGBwgJCgsMDQ4PEA=="}
    import-started {"fileNameDigest":"s1","fileDigest":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "mappingDigest":"AQIDBAUGBwgJCgsMDQ4PEA==","mapping":"s4"}
    import-completed {"rows":"18446744073709551615","accepted":"18446744073709551615",
      "duplicate":"18446744073709551615","conflict":"18446744073709551615",
      "rejected":"18446744073709551615","events":"18446744073709551615"}
    import-voided {"reasonCode":"s1"}
    clock-corrected {"log":"AQIDBAUGBwgJCgsMDQ4PEA==","fromSeq":"18446744073709551615",
      "toSeq":"18446744073709551615","shiftUs":"-9007199254740989"}
    time-zone-set {"timeZone":"s1"}
    calendar-revised {"calendar":"s1","version":4294967293,"timeZone":"s3",
      "openings":[{"weekday":4294967290,"fromMinute":4294967289,"toMinute":4294967295},
      {"weekday":4294967293,"fromMinute":4294967292,"toMinute":4294967291}],"holidays":[-2147483643,
      -2147483642]}
    metric-definition-published {"metric":"s1","version":4294967293,"definition":"s3"}
    score-published {"metric":"s1","definitionVersion":4294967293,"foldVersion":4294967292,
      "definition":"s4","timeZone":"s5","fromUs":"1775181600000006","toUs":"1775181600000007",
      "whereKeys":["s8","s9"],"whereValues":["s10","s11"],"cut":[{"log":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "size":"18446744073709551615","root":"AQIDBAUGBwgJCgsMDQ4PEA=="},
      {"log":"AQIDBAUGBwgJCgsMDQ4PEA==","size":"18446744073709551615",
      "root":"AQIDBAUGBwgJCgsMDQ4PEA=="}],"digest":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "n":"18446744073709551615","value":"s22","low":"s23","high":"s24",
      "counts":["-9007199254740968","-9007199254740967"],"unknownKinds":"18446744073709551615",
      "pending":"18446744073709551615","publishedAs":"s29","groupBy":["s30","s31"],
      "groups":[{"labels":["s33","s34"],"n":"18446744073709551615","value":"s36","low":"s37",
      "high":"s38","counts":["-9007199254740954","-9007199254740953"]},{"labels":["s42","s43"],
      "n":"18446744073709551615","value":"s45","low":"s46","high":"s47",
      "counts":["-9007199254740945","-9007199254740944"]}]}
    customer-erasure-requested {"customers":["AQIDBAUGBwgJCgsMDQ4PEA==","AQIDBAUGBwgJCgsMDQ4PEA=="]}
    customer-erased {"mode":"MODE_REMOVE","customers":["AQIDBAUGBwgJCgsMDQ4PEA==",
      "AQIDBAUGBwgJCgsMDQ4PEA=="]}
    erasure-acknowledged {"erasure":{"log":"AQIDBAUGBwgJCgsMDQ4PEA==","seq":"18446744073709551615"},
      "detachedDeleted":"18446744073709551615"}
    branch-opened {"branch":"s1","name":"s2","region":"s3"}
    branch-renamed {"branch":"s1","name":"s2"}
    branch-regrouped {"branch":"s1","region":"s2"}
    branch-closed {"branch":"s1"}
    """#

  private static let others = #"""
    survey-defined {"survey":"s1","version":4294967293,"kind":"KIND_TRANSACTIONAL",
      "questions":[{"question":"s5","metric":"ANSWER_METRIC_OTHER","scaleMin":-2147483648,
      "scaleMax":-2147483647,"polarity":"POLARITY_LOWER_IS_BETTER","weightMilli":4294967292},
      {"question":"s12","metric":"ANSWER_METRIC_OTHER","scaleMin":-2147483648,
      "scaleMax":-2147483647,"polarity":"POLARITY_LOWER_IS_BETTER","weightMilli":4294967292}],
      "estimatedS":4294967291,"timingRule":{"trigger":"s20","minDelayS":4294967295,
      "maxDelayS":4294967294}}
    survey-revised {"survey":{"survey":"s2","version":4294967292,"kind":"KIND_TRANSACTIONAL",
      "questions":[{"question":"s6","metric":"ANSWER_METRIC_OTHER","scaleMin":-2147483647,
      "scaleMax":-2147483646,"polarity":"POLARITY_LOWER_IS_BETTER","weightMilli":4294967291},
      {"question":"s13","metric":"ANSWER_METRIC_OTHER","scaleMin":-2147483647,
      "scaleMax":-2147483646,"polarity":"POLARITY_LOWER_IS_BETTER","weightMilli":4294967291}],
      "estimatedS":4294967290,"timingRule":{"trigger":"s21","minDelayS":4294967294,
      "maxDelayS":4294967293}}}
    survey-invitation-sent {"survey":"s1","surveyVersion":4294967293,"experimentArm":"s3",
      "language":"s4","expiresUs":"1775181600000005","triggerUs":"1775181600000006"}
    survey-invitation-delivered {}
    survey-invitation-bounced {"reasonCode":"s1"}
    survey-invitation-suppressed {"reason":"REASON_OPTED_OUT"}
    survey-shown {"survey":"s1","question":"s2"}
    survey-started {"survey":"s1","question":"s2"}
    survey-dismissed {"survey":"s1","question":"s2"}
    survey-response-submitted {"survey":"s1","surveyVersion":4294967293,"answers":[{"question":"s4",
      "value":-2147483643,"metric":"ANSWER_METRIC_OTHER","scaleMin":-2147483648,
      "scaleMax":-2147483647,"polarity":"POLARITY_LOWER_IS_BETTER","weightMilli":4294967292},
      {"question":"s12","value":-2147483642,"metric":"ANSWER_METRIC_OTHER","scaleMin":-2147483647,
      "scaleMax":-2147483646,"polarity":"POLARITY_LOWER_IS_BETTER","weightMilli":4294967291}],
      "completeness":"COMPLETENESS_PARTIAL","durationS":4294967289,
      "ticket":"AQIDBAUGBwgJCgsMDQ4PEA=="}
    survey-response-completed {"answers":[{"question":"s2","value":-2147483645,
      "metric":"ANSWER_METRIC_OTHER","scaleMin":-2147483643,"scaleMax":-2147483642,
      "polarity":"POLARITY_LOWER_IS_BETTER","weightMilli":4294967294},{"question":"s10",
      "value":-2147483644,"metric":"ANSWER_METRIC_OTHER","scaleMin":-2147483642,
      "scaleMax":-2147483648,"polarity":"POLARITY_LOWER_IS_BETTER","weightMilli":4294967293}],
      "durationS":4294967292}
    survey-response-corrected {"answers":[{"question":"s2","value":-2147483645,
      "metric":"ANSWER_METRIC_OTHER","scaleMin":-2147483643,"scaleMax":-2147483642,
      "polarity":"POLARITY_LOWER_IS_BETTER","weightMilli":4294967294},{"question":"s10",
      "value":-2147483644,"metric":"ANSWER_METRIC_OTHER","scaleMin":-2147483642,
      "scaleMax":-2147483648,"polarity":"POLARITY_LOWER_IS_BETTER","weightMilli":4294967293}],
      "replacedValues":[-2147483645,-2147483644],"reason":"REASON_CUSTOMER_REVISED",
      "occurredUs":"1775181600000020","approvedBy":"s21"}
    survey-response-retracted {"reason":"REASON_OTHER"}
    survey-response-reinstated {"reasonCode":"s1"}
    survey-response-reattributed {"key":"s1","from":"s2","to":"s3",
      "fromCustomer":"AQIDBAUGBwgJCgsMDQ4PEA==","toCustomer":"AQIDBAUGBwgJCgsMDQ4PEA=="}
    response-topic-tagged {"topic":"s1","sentimentMilli":-2147483646}
    quote-approved {"consent":"s1"}
    quote-shared {"consent":"s1","place":"s2"}
    quote-withdrawn {"consent":"s1"}
    ticket-opened {"priority":"s1","topic":"s2","complaint":true}
    ticket-customer-messaged {"private":true}
    ticket-agent-replied {"private":true,"authorType":"AUTHOR_TYPE_SYSTEM","agent":"s3"}
    ticket-assigned {"from":"s1","to":"s2"}
    ticket-status-changed {"from":"TICKET_STATUS_CLOSED","to":"TICKET_STATUS_CLOSED"}
    ticket-resolved {"resolution":"s1","byCustomer":true}
    ticket-reopened {"byCustomer":true}
    ticket-closed {}
    ticket-merged {"into":"AQIDBAUGBwgJCgsMDQ4PEA=="}
    ticket-snapshot-imported {"status":"TICKET_STATUS_CLOSED","openedUs":"1775181600000002",
      "firstRepliedUs":"1775181600000003","firstResolvedUs":"1775181600000004",
      "lastResolvedUs":"1775181600000005","reopens":4294967289,"daysOnly":true}
    sla-policy-applied {"policy":"s1","metric":"s2","targetMin":4294967292,"calendar":"s4",
      "calendarVersion":4294967290}
    follow-up-case-opened {"about":"AQIDBAUGBwgJCgsMDQ4PEA==","rootCause":"s2"}
    follow-up-case-assigned {"agent":"s1"}
    customer-contacted {"outcome":"OUTCOME_NO_ANSWER"}
    apology-issued {}
    compensation-offered {"amountMinor":"-9007199254740992","currency":"s2"}
    compensation-accepted {"amountMinor":"-9007199254740992","currency":"s2"}
    follow-up-case-closed {"outcome":"s1","rootCause":"s2"}
    follow-up-case-reopened {}
    loyalty-member-enrolled {"program":"s1"}
    points-earned {"points":"1775181600000001","reason":"POINTS_REASON_MANUAL",
      "lockedUntilUs":"1775181600000003","expiresUs":"1775181600000004"}
    points-unlocked {"points":"1775181600000001","allocations":[{"lot":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "points":"1775181600000004","earnedUs":"1775181600000005"},{"lot":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "points":"1775181600000008","earnedUs":"1775181600000009"}]}
    points-redeemed {"points":"1775181600000001","allocations":[{"lot":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "points":"1775181600000004","earnedUs":"1775181600000005"},{"lot":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "points":"1775181600000008","earnedUs":"1775181600000009"}]}
    points-expired {"points":"1775181600000001","allocations":[{"lot":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "points":"1775181600000004","earnedUs":"1775181600000005"},{"lot":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "points":"1775181600000008","earnedUs":"1775181600000009"}]}
    points-reversed {"points":"1775181600000001","allocations":[{"lot":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "points":"1775181600000004","earnedUs":"1775181600000005"},{"lot":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "points":"1775181600000008","earnedUs":"1775181600000009"}],"redemption":true}
    points-adjusted {"points":"-9007199254740992","allocations":[{"lot":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "points":"1775181600000004","earnedUs":"1775181600000005"},{"lot":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "points":"1775181600000008","earnedUs":"1775181600000009"}]}
    stamp-collected {"card":"s1","stamps":4294967293}
    stamp-card-completed {"card":"s1"}
    reward-issued {"reward":"s1","card":"s2"}
    reward-redeemed {"reward":"s1"}
    reward-cancelled {"reward":"s1"}
    reward-expired {"reward":"s1"}
    tier-changed {"from":"s1","to":"s2","reason":"REASON_MANUAL","effectiveUs":"1775181600000004"}
    referral-made {"referrer":"AQIDBAUGBwgJCgsMDQ4PEA=="}
    referral-converted {"referrer":"AQIDBAUGBwgJCgsMDQ4PEA==",
      "newCustomer":"AQIDBAUGBwgJCgsMDQ4PEA==","kind":"KIND_CHAMPION_MOVED"}
    referral-bonus-granted {"referrer":"AQIDBAUGBwgJCgsMDQ4PEA==","points":"1775181600000002"}
    discount-granted {"amountMinor":"1775181600000001","currency":"s2"}
    early-access-granted {"product":"s1"}
    purchase-recorded {"amountMinor":"-9007199254740992","currency":"s2",
      "acquisition":"ACQUISITION_BOUGHT"}
    purchase-refunded {"amountMinor":"-9007199254740992","currency":"s2"}
    subscription-started {"account":"s1","monthlyMinor":"-9007199254740991","currency":"s3"}
    recurring-revenue-changed {"account":"s1","monthlyMinorFrom":"-9007199254740991",
      "monthlyMinorTo":"-9007199254740990","currency":"s4","reasonCode":"s5"}
    subscription-cancelled {"account":"s1","reasonCode":"s2"}
    customer-registered {"validFromUs":"1775181600000001"}
    customer-identity-linked {"linked":"AQIDBAUGBwgJCgsMDQ4PEA=="}
    segment-assigned {"segment":"s1","validFromUs":"1775181600000002"}
    account-linked {"account":"s1","validFromUs":"1775181600000002"}
    champion-identified {"account":"s1"}
    champion-moved {"fromAccount":"s1","toAccount":"s2"}
    customers-merged {"survivor":"AQIDBAUGBwgJCgsMDQ4PEA==","absorbed":["AQIDBAUGBwgJCgsMDQ4PEA==",
      "AQIDBAUGBwgJCgsMDQ4PEA=="],"evidence":"s4","ruleVersion":"s5"}
    customers-unmerged {"reasonCode":"s1"}
    consent-granted {"purpose":"s1"}
    consent-withdrawn {"purpose":"s1"}
    mention-observed {"sentimentMilli":-2147483647,"network":"s2"}
    idea-submitted {"idea":"s1"}
    idea-voted {"idea":"s1","votes":-2147483646}
    idea-marked-duplicate {"idea":"s1","of":"s2"}
    pebble-shipped {"pebble":"s1","ideas":["s2","s3"]}
    benchmark-published {"source":"s1","metric":"s2","industry":"s3","period":"s4",
      "valueMilli":"-9007199254740988","n":"18446744073709551615"}
    experiment-started {"experiment":"s1","arms":["s2","s3"]}
    experiment-ended {"experiment":"s1"}
    """#
}
