import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, resolve, sep } from 'node:path'
import type { Finding } from '../../../src-shared/cell/finding.ts'

export interface PlaceQuestion {
  readonly platform?: NodeJS.Platform
  readonly environment?: NodeJS.ProcessEnv
  readonly home?: string
  /** Text of `/proc/self/mounts`. */
  readonly mounts?: string
  /** Names in a folder. */
  readonly namesIn?: (folder: string) => readonly string[]
}

/** Parts of a path by which synchronised folders are known. */
const synchronised: readonly (readonly [RegExp, string])[] = [
  [/^onedrive( ?-.*)?$/i, 'OneDrive'],
  [/^dropbox( \(.*\))?$/i, 'Dropbox'],
  [/^(iclouddrive|icloud drive.*|mobile documents|com~apple~clouddocs)$/i, 'iCloud'],
  [/^(google ?drive.*|my drive|drivefs)$/i, 'Google Drive'],
  [/^nextcloud(-.*|\d*)?$/i, 'Nextcloud'],
  [/^(owncloud|seafile|pcloud ?drive|box-box|box sync|mega(sync)?|syncthing)$/i, 'a cloud drive'],
  [/^cloudstorage$/i, 'a cloud drive'],
]

/** Files by which synchronising programs mark a folder, whatever its name. */
const marks: readonly (readonly [RegExp, string])[] = [
  [/^\.dropbox(\.cache)?$/, 'Dropbox'],
  [/^\.nextcloudsync\.log$|^\.sync_[0-9a-f]+\.db$/, 'Nextcloud'],
  [/^\.owncloudsync\.log$/, 'ownCloud'],
  [/^\.stfolder$/, 'Syncthing'],
]

const networkTypes =
  /^(nfs\d?|cifs|smb\d?|smbfs|afs|afpfs|ncpfs|ceph|glusterfs|davfs|fuse\.(sshfs|rclone|gvfsd-fuse|davfs2?|glusterfs|s3fs))$/

/**
 * What is to be said of where a library lies: SQLite is not safe in a folder that another program synchronises or that
 * lies on a network (https://sqlite.org/howtocorrupt.html, sections 2.1 and 4).
 */
export function placeFindings(folder: string, question: PlaceQuestion = {}): Finding[] {
  const service = synchronisedBy(folder, question)
  if (service !== null)
    return [finding('synchronised-folder', `The library lies in a folder that ${service} synchronises.`)]
  return isOnNetwork(folder, question)
    ? [finding('network-folder', 'The library lies in a folder on the network.')]
    : []
}

function finding(code: string, message: string): Finding {
  return {
    code,
    message: `${message} It can be damaged there.`,
    proposal:
      'Keep it on a disk of this machine (--library DIR or PIMOE_LIBRARY) and put backups there instead.',
  }
}

function synchronisedBy(folder: string, question: PlaceQuestion): string | null {
  const { environment = process.env, home = homedir(), namesIn = namesOf } = question
  const path = resolve(folder)
  const roots = ['OneDrive', 'OneDriveCommercial', 'OneDriveConsumer'].flatMap(
    (name) => environment[name] ?? [],
  )
  if (roots.some((root) => isBelow(path, root))) return 'OneDrive'
  const parts = path.split(/[\\/]/)
  const named = parts.flatMap((part) => synchronised.filter(([pattern]) => pattern.test(part)))
  if (named.length > 0) return named.find(([, name]) => name !== 'a cloud drive')?.[1] ?? 'a cloud drive'
  for (let at = path; at !== dirname(at) && at !== resolve(home); at = dirname(at)) {
    const names = namesIn(at)
    const mark = marks.find(([pattern]) => names.some((name) => pattern.test(name)))
    if (mark !== undefined) return mark[1]
  }
  return null
}

function isBelow(path: string, root: string): boolean {
  if (root === '') return false
  const [low, above] = [path, resolve(root)].map((one) => one.toLowerCase())
  return low === above || low.startsWith(`${above}${sep}`)
}

function namesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isOnNetwork(folder: string, { platform = process.platform, mounts }: PlaceQuestion): boolean {
  if (platform === 'win32') return /^[\\/]{2}(?![?.][\\/])|^[\\/]{2}\?[\\/]UNC[\\/]/i.test(folder)
  if (platform === 'darwin') return /^\/(Volumes|Network|net)\//.test(resolve(folder))
  const type = mountType(resolve(folder), mounts ?? mountTable())
  return type !== null && networkTypes.test(type)
}

/** File system of the mount that a path lies on: the longest that is above it, the last of those. */
function mountType(path: string, mounts: string): string | null {
  const above = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter((fields) => fields.length > 2)
    .map(([, point = '', type = '']) => ({ point: unescaped(point), type }))
    .filter(({ point }) => point === '/' || path === point || path.startsWith(`${point}/`))
  const longest = Math.max(0, ...above.map(({ point }) => point.length))
  return above.findLast(({ point }) => point.length === longest)?.type ?? null
}

function unescaped(point: string): string {
  return point.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCodePoint(Number.parseInt(octal, 8)),
  )
}

function mountTable(): string {
  try {
    return readFileSync('/proc/self/mounts', 'utf8')
  } catch {
    return ''
  }
}
