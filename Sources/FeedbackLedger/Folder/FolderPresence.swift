package import Foundation

extension FileManager {
  /// Whether a folder is there, by itself or through a link.
  package func isFolder(atPath path: String) -> Bool {
    var isFolder: ObjCBool = false
    return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
