/** Texts of the settings, and of what keeps the library safe. */
export const keeping = {
  title: 'Settings',
  library: 'Library',
  folder: 'Folder',
  backup: 'Back up',
  backupHint:
    'One file with everything in it: cells, records, files in quarantine, models and the signing key. Keep it outside the library, best on another disk.',
  backupTo: 'Folder for backups',
  backupToHint: 'for example /media/backup or D:\\Backup',
  doBackup: 'Back up now',
  backedUp: (cells: string) => `${cells} backed up`,
  restore: 'Restore',
  restoreHint:
    'The backup is checked before anything changes. The library as it is now is kept beside it and can be restored in turn.',
  restoreFrom: 'Backup file',
  choose: 'Choose…',
  doRestore: 'Restore',
  restored: (cells: string) => `${cells} restored`,
  aside: (path: string) => `The library as it was: ${path}`,
  check: 'Check',
  checkHint:
    'Reads every page, reference, log entry, quarantined file and model, and compares what has a hash.',
  doCheck: 'Check now',
  sound: 'The library is sound.',
  unsound: (count: number) => (count === 1 ? '1 problem was found.' : `${count} problems were found.`),
  unsoundAdvice: 'Restore the newest backup from before; the library as it is now is kept.',
  checks: {
    database: 'Pages of the database',
    references: 'References between tables',
    log: 'Entries of the log',
    quarantine: 'Files in quarantine',
    models: 'Models',
  },
  columns: { check: 'Checked', examined: 'Examined', result: 'Result' },
  result: (problems: number) =>
    problems === 0 ? 'sound' : problems === 1 ? '1 problem' : `${problems} problems`,
  table: 'What was checked',
  jobs: { backup: 'Backing up', restore: 'Restoring', check: 'Checking the library' },
  understood: 'Understood',
} as const
