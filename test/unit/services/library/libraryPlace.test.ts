import { expect, it } from 'vitest'
import { placeFindings, type PlaceQuestion } from '../../../../src-main/services/library/libraryPlace.ts'

const nothing: PlaceQuestion = {
  platform: 'linux',
  environment: {},
  home: '/home/ada',
  mounts: 'rootfs / ext4 rw 0 0\nserver:/x /mnt/lab nfs4 rw 0 0\n//nas/y /mnt/my\\040share cifs rw 0 0\n',
  namesIn: () => [],
}
const codes = (folder: string, question: PlaceQuestion = {}): string[] =>
  placeFindings(folder, { ...nothing, ...question }).map(({ code }) => code)

it.each([
  '/home/ada/OneDrive/lab',
  '/home/ada/OneDrive - Werk GmbH/lab',
  '/home/ada/Dropbox/lab',
  '/home/ada/Dropbox (Team)/lab',
  '/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/lab',
  '/Users/ada/Library/CloudStorage/GoogleDrive-ada@example.org/lab',
  '/home/ada/Google Drive/lab',
  '/home/ada/Nextcloud/lab',
])('%s is synchronised', (folder) => {
  expect(codes(folder)).toEqual(['synchronised-folder'])
})

it('a synchronised folder of any name is known by its marks or the system', () => {
  const namesIn = (folder: string) => (folder === '/data/wolke' ? ['.sync_0a1b2c.db', 'x'] : [])
  expect(codes('/data/wolke/lab/deep', { namesIn })).toEqual(['synchronised-folder'])
  expect(codes('/data/other', { namesIn })).toEqual([])
  expect(codes('/data/Werk/lab', { environment: { OneDriveCommercial: '/data/Werk' } })).toEqual([
    'synchronised-folder',
  ])
})

it.each([
  ['/mnt/lab/pimoe', 'linux'],
  ['/mnt/my share/pimoe', 'linux'],
  ['\\\\server\\share\\pimoe', 'win32'],
  ['\\\\?\\UNC\\server\\share', 'win32'],
  ['/Volumes/share/pimoe', 'darwin'],
] as const)('%s is on the network', (folder, platform) => {
  expect(codes(folder, { platform })).toEqual(['network-folder'])
})

it.each([
  ['/home/ada/.local/share/pimoe', 'linux'],
  ['/mnt/laboratory', 'linux'],
  ['/home/ada/dropbox-notes-of-mine', 'linux'],
  ['C:\\Users\\Ada\\AppData\\Roaming\\PIMOE', 'win32'],
  ['\\\\?\\C:\\PIMOE', 'win32'],
  ['/Users/ada/Library/Application Support/PIMOE', 'darwin'],
] as const)('%s is fine', (folder, platform) => {
  expect(codes(folder, { platform })).toEqual([])
})
