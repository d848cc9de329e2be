/** The file by which a folder is known to be a library; here without SQLite, for those who only look for it. */
export const libraryFileName = 'library.sqlite'
