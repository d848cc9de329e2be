/** The places of the window by their names, in order. */
export const places = [
  'Library',
  'Import',
  'Scenarios',
  'Compare',
  'Training',
  'Models',
  'Grading',
  'Reports',
  'Data sets',
  'Settings',
]
