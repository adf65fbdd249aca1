import FeedbackLedger
import Foundation

extension ErrorWording {
  static func report(_ error: CocoaError, path: String?) -> FailureReport {
    let path = error.userInfo[NSFilePathErrorKey] as? String ?? path ?? "a file"
    let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
    if FileManager.default.isFolder(atPath: path) {
      return FailureReport(.missingInput, "\(path) is a folder; expected a file. Check the path.")
    }
    switch error.code {
    case .fileReadNoSuchFile, .fileNoSuchFile:
      return FailureReport(.missingInput, "There is no file \(path). Check the path.")
    case .fileReadNoPermission:
      return FailureReport(.noPermission, "\(path) may not be read. Check its permissions.")
    case .fileWriteOutOfSpace:
      return FailureReport(.inputOutput, "\(path) cannot be written: the disk is full. Free space.")
    case .fileWriteVolumeReadOnly:
      return FailureReport(
        .inputOutput, "\(path) cannot be written: its file system is read-only. Use another place.")
    case _ where !FileManager.default.fileExists(atPath: folder):
      return FailureReport(
        .cannotCreate, "\(path) cannot be created: there is no folder \(folder). Create it first.")
    case .fileWriteNoPermission:
      return FailureReport(
        .noPermission, "\(path) cannot be written. Check the permissions of it and of its folder.")
    default:
      return FailureReport(
        .inputOutput, "Reading or writing \(path) failed (\(error.code.rawValue)).")
    }
  }
}
