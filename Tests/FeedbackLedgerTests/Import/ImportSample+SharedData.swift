import FeedbackLedger
import TestSupport

extension SharedData {
  static func sample(_ path: String, mapping: String) throws -> ImportSample {
    try sample(path, yaml: ShippedMappings.yaml(mapping))
  }

  static func sample(_ path: String, yaml: String) throws -> ImportSample {
    try ImportSample(source(path), mapping: Mapping(yaml: yaml))
  }
}
