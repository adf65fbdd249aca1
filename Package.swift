// swift-tools-version: 6.2

import PackageDescription

/// One list for every target of ours, so that no module is held to a lower standard.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
  .enableUpcomingFeature("ExistentialAny"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
  .enableUpcomingFeature("InternalImportsByDefault"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
  .enableUpcomingFeature("MemberImportVisibility"),
]

let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let realModule: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
  name: "scorebook",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "FeedbackLedger", targets: ["FeedbackLedger"]),
    .executable(name: "scorebook", targets: ["ScorebookCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-structured-headers", from: "1.7.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(
      name: "LedgerSchema",
      dependencies: [protobuf],
      path: "Schema",
      exclude: ["scorebook"],
      resources: [.embedInCode("SQL")],
      swiftSettings: strict),
    .target(
      name: "LedgerCore",
      dependencies: ["LedgerSchema", protobuf, crypto, realModule],
      swiftSettings: strict),
    .systemLibrary(
      name: "CZstandard", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "CLedgerSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
    .target(
      name: "LedgerStore",
      dependencies: [
        "LedgerCore", "LedgerSchema", "CLedgerSQLite", protobuf, crypto, grdb, sqlite,
      ],
      swiftSettings: strict),
    .target(
      name: "LedgerSync",
      dependencies: ["LedgerCore", "LedgerSchema", protobuf],
      swiftSettings: strict),
    .target(
      name: "FeedbackLedger",
      dependencies: [
        "LedgerCore", "LedgerSchema", "LedgerStore", "LedgerSync", "CZstandard", "Yams", protobuf,
        crypto, grdb,
      ],
      swiftSettings: strict),
    .target(
      name: "LedgerHTTP",
      dependencies: [
        "FeedbackLedger", "LedgerCore", "LedgerSchema", "LedgerSync", crypto, protobuf,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "RawStructuredFieldValues", package: "swift-http-structured-headers"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: strict),
    .target(name: "CAllocator"),
    .executableTarget(
      name: "ScorebookCLI",
      dependencies: [
        "CAllocator", "FeedbackLedger", "LedgerCore", "LedgerHTTP",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "ScorebookBench",
      dependencies: [
        "FeedbackLedger", "LedgerCore", "LedgerHTTP", "LedgerSchema", "LedgerStore",
      ],
      path: "Tools/Benchmark",
      swiftSettings: strict),
    .executableTarget(
      name: "ScorebookCouncil",
      dependencies: ["FeedbackLedger", "TestSupport"],
      path: "Tools/CouncilMerge",
      swiftSettings: strict),
    .executableTarget(
      name: "ScorebookSimulator",
      dependencies: ["LedgerSimulation"],
      path: "Tools/Simulator",
      swiftSettings: strict),
    .target(
      name: "CFaultDisk", path: "Tests/FaultDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
    .executableTarget(
      name: "ScorebookDiskErrors",
      dependencies: [
        "CFaultDisk", "FeedbackLedger", "LedgerCore", "LedgerSchema", "LedgerStore", "TestSupport",
      ],
      path: "Tools/DiskErrors",
      swiftSettings: strict),
    .target(
      name: "TestSupport",
      dependencies: [
        "FeedbackLedger", "LedgerCore", "LedgerSchema", "LedgerStore", "LedgerSync", protobuf,
      ],
      path: "Tests/Support",
      swiftSettings: strict),
    .target(
      name: "LedgerSimulation",
      dependencies: [
        "FeedbackLedger", "LedgerCore", "LedgerSchema", "LedgerStore", "LedgerSync", "TestSupport",
        grdb, protobuf,
      ],
      path: "Tests/Simulation",
      swiftSettings: strict),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "FeedbackLedger", "LedgerCore", "LedgerHTTP", "LedgerSchema", "LedgerStore", "LedgerSync",
        "TestSupport", crypto, protobuf,
      ],
      path: "Tests/Fuzz/Targets",
      swiftSettings: strict),
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "FeedbackLedger", "FuzzTargets", "LedgerCore", "LedgerHTTP", "LedgerSchema", "LedgerStore",
        "LedgerSync", "TestSupport", crypto, protobuf,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["FeedbackLedger", "LedgerCore", "LedgerSimulation", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerCoreTests",
      dependencies: ["LedgerCore", "LedgerSchema", "TestSupport", crypto],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerStoreTests",
      dependencies: ["LedgerStore", "LedgerCore", "LedgerSchema", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerSyncTests",
      dependencies: ["LedgerSync", "LedgerCore", "LedgerSchema", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "FeedbackLedgerTests",
      dependencies: [
        "FeedbackLedger", "LedgerCore", "LedgerSchema", "LedgerStore", "LedgerSync", "TestSupport",
        protobuf,
      ],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerHTTPTests",
      dependencies: [
        "FeedbackLedger", "LedgerCore", "LedgerHTTP", "LedgerSchema", "LedgerStore", "LedgerSync",
        "TestSupport", crypto,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "MetricsTestKit", package: "swift-metrics"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ScorebookCLITests",
      dependencies: [
        "TestSupport", crypto,
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TidyTests",
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings a `main` of its own, which only a build with its sanitizer has: so a plain build must not see this.
if Context.environment["SCOREBOOK_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "ScorebookFuzzer",
      dependencies: ["FuzzTargets"],
      path: "Tools/Fuzzer",
      swiftSettings: strict))
}
