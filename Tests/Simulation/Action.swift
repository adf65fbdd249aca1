/// What a seed schedules.
///
/// A step is one thing that the seed decides about: an action of this list, or a frame that a wire between two machines
/// delivers, drops, repeats, delays, flips or withholds. So a session is one step, and one more for each of its frames;
/// a record is one step with all of its events, and so is a bundle or a sync through a shared folder, whose frames
/// nobody decides about. That everything settles at the end is one more, with all of its sessions.
package enum Action: String, CaseIterable, Sendable {
  case record
  case sync
  case productSync
  case makeBundle
  case mergeBundle
  case damageBundle
  case syncFolder
  case spoilFolder
  case restart
  case abandon
  case crash
  case crashAfterCommit
  case fillDisk
  case backUp
  case restore
  case clone
  case turnClock
  case retire
  case revoke
  case rejoin
  case joinByApproval
  case approve
  case adopt
  case rotate
  case delegate
  case endDelegation
  case erase
  case define
  case attack
  case lookBack

  var weight: Int {
    switch self {
    case .record: 60
    case .sync: 50
    case .mergeBundle: 8
    case .productSync, .backUp, .makeBundle, .restore, .attack, .syncFolder: 6
    case .restart, .turnClock, .crashAfterCommit: 4
    case .lookBack, .spoilFolder, .approve, .adopt: 3
    case .damageBundle, .abandon, .crash, .fillDisk, .define, .clone, .erase, .delegate: 2
    case .retire, .revoke, .rejoin, .joinByApproval, .rotate, .endDelegation: 1
    }
  }

  /// Whether it happens in every seed.
  var isDaily: Bool { self == .record || self == .sync }
}
