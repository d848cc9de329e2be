/** Texts of how numbers and dates are written. */
export const writing = {
  title: 'Numbers and dates',
  hint: 'For what this window shows and takes: fields understand a decimal comma and a decimal point. Reports, data for other programs (CSV, JSON, Parquet), model cards and the command line are international always, so that they are the same wherever they are made; a saved picture shows what the screen shows.',
  choices: {
    system: 'As the system',
    international: 'International',
  },
} as const
