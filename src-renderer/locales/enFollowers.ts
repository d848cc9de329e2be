/** Texts of the cells that follow a plan together. */
export const followers = {
  title: 'Cells under this plan',
  hint: 'Add cells to see their trajectories follow the plan, and a dragged edge, beside the one in hand.',
  add: 'Add a cell',
  addSelection: (count: number) =>
    count === 1 ? 'Add the cell selected in the library' : `Add ${count} selected in the library`,
  addLot: 'Add a lot',
  lot: (lot: string, count: number) => `${lot} (${count})`,
  clear: 'Clear',
  take: (name: string) => `Take out ${name}`,
  lead: (name: string) => `Draw the band of ${name}`,
  inHand: 'in hand, with its band',
  most: (count: number) => `At most ${count} cells follow a plan; compare or run a batch for more.`,
  refused: (message: string, advice: string) => `${message} ${advice}`,
  columns: {
    cell: 'Cell',
    health: 'SOH now (%)',
    end: 'At the end (Ah)',
    p10: 'P10',
    p50: 'P50',
    p90: 'P90',
    take: 'Take out',
  },
  cyclesTo: (threshold: string) => `P10, P50, P90: cycles to ${threshold} of the rated capacity.`,
} as const
