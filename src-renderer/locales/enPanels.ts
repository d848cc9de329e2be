/** Panels whose size is kept, and the count on the rail. */
export const panels = {
  hint: 'Drag to change the width; double click puts it back',
  list: 'Width of the list',
  details: 'Width of the details',
  contents: 'Width of the contents',
  presets: 'Width of the presets',
  /** What a place of the rail is called where something waits there. */
  waiting: (place: string, what: string) => `${place}, ${what}`,
  many: '99+',
}
