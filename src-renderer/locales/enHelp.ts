/** Texts of the help page. */
export const help = {
  title: 'Help',
  contents: 'Contents',
  sections: {
    about: 'What the program does',
    steps: 'The main job, step by step',
    words: 'Words',
    signs: 'Signs and colours',
    keys: 'Keyboard',
    files: 'Files',
    data: 'Where the data lie',
    trouble: 'When something is in the way',
  },
  about: [
    'PIMOE decides what a used battery cell is still good for. From one partial charge and one rest of a cell, without its history and without a network, it tells the present capacity, how the capacity will go under the use that is planned, and how sure both are.',
    'Every number carries its interval and a tag: measured, estimated, extrapolated, or not determinable. What cannot be told is refused, with the reason and what to measure instead.',
    'A result says what a cell can hold. It is not a safety test and does not take the place of one.',
  ],
  method:
    'The method is a physics-informed mixture of experts: Nature Communications 17, 2549 (2026), doi 10.1038/s41467-026-69369-1.',
  version: (version: string) => `This is version ${version}. It needs no account and no connection.`,
  steps: [
    {
      to: '/import',
      place: 'Import',
      text: 'Drop files anywhere on the window, or add them here. State the chemistry and the rated capacity where the file does not.',
    },
    {
      to: '/library',
      place: 'Library',
      text: 'Search, filter, tag and group the cells. Every change can be undone.',
    },
    {
      to: '/library',
      place: 'A cell',
      text: 'Open one from the library: verdict, trajectory, and the evidence behind them. Choose another cycle, plan, threshold or model at its head.',
    },
    {
      to: '/scenarios',
      place: 'Scenarios',
      text: 'Plan the use to come as blocks of cycles. The preview follows every dragged edge; each time of editing stays as a version.',
    },
    {
      to: '/compare',
      place: 'Compare',
      text: 'Put cells × plans into one figure; rank them at a chosen confidence, read off thresholds, group cells that stay alike.',
    },
    {
      to: '/reports',
      place: 'Reports',
      text: 'Print a signed report of one battery or a lot, and verify any report that comes back.',
    },
  ],
  words: [
    ['Present capacity', 'Charge in Ah that the cell gives in a full discharge now. No plan moves it.'],
    ['State of health (SOH)', 'Present capacity divided by the rated capacity.'],
    ['Rated capacity', 'What the maker states for a new cell, in Ah. The program never makes one up.'],
    [
      'Charge rate, discharge rate',
      'Current divided by the rated capacity: 1 C empties a full cell in an hour.',
    ],
    ['Cycle', 'One charge and one discharge.'],
    ['Record', 'One file of measurements: voltage, current and temperature over time, or one row a cycle.'],
    [
      'Charge curve',
      'Charge taken up over voltage during a constant-current charge, as far as it was measured.',
    ],
    ['Relaxation', 'How the voltage settles while the cell rests after the charge.'],
    ['dQ/dV', 'Slope of the charge curve; its peaks move and shrink as the cell ages.'],
    [
      'Scenario, plan',
      'The use to come: blocks of cycles, each with rates and a temperature. The last block is held.',
    ],
    ['Trajectory', 'Capacity over the cycles ahead under one plan.'],
    [
      'Interval, band',
      'Where nine of ten cells like this one end up, measured on cells that the model was not trained on.',
    ],
    ['Threshold', 'The state of health at which a cell counts as used up, 80 % unless another is chosen.'],
    ['P10, P50, P90', 'Cycles by which one in ten, half, and nine in ten cells cross the threshold.'],
    [
      'Domain',
      'What the model was trained on: chemistries, capacities, rates, temperatures, voltages, and which of them together.',
    ],
    [
      'Gate weights',
      'How much each expert of the network counts for this cell. They have no unit and no name unless they are stable.',
    ],
    ['Lot', 'Cells that came in together, such as a pallet or a pack.'],
    [
      'Quarantine',
      'Files whose numbers are in doubt. They are kept unchanged until their repair is accepted or rejected.',
    ],
    ['Model', 'A trained network with its evidence, its domain and its card.'],
  ],
  signs: [
    ['●', 'Points are measured.'],
    ['─', 'Solid lines are estimated, inside what the model was trained on.'],
    ['┄', 'Dotted lines are extrapolated, outside of it or on an assumption.'],
    ['▲', 'Amber: outside the training. The words beside it say how.'],
    ['✕', 'Red: far outside, or refused. The words beside it say what to do.'],
    ['SIMULATED', 'Rests on simulated data, on screen and on paper.'],
  ],
  filesIn:
    'Read: text exports (csv, txt, mpt) of Neware, Arbin, BioLogic, Maccor, Basytec, Landt, PEC, Novonix, Bitrode, NEBULA and Battery Archive; workbooks (xlsx) of Neware, Arbin, CALCE and Landt; Arbin databases (res); Parquet and csv in the words of the Battery Data Format; the published files of UL, LSD, TPSL and NASA. Any other table can be read through a mapping of its columns. Gzip and zip need not be unpacked.',
  filesNot:
    'Not read: the makers’ binary files (nda, ndax, mpr) and old workbooks (xls). They are named and refused; export them as text or xlsx.',
  filesOut:
    'Written: figures as PNG or SVG and their numbers as CSV; tables as CSV; results as CSV, Parquet and JSON; scenarios as JSON; reports as PDF with their whole record attached; models as safetensors and ONNX.',
  dataFolder: 'This library lies in',
  data: [
    'It is one folder: a database with cells, records, plans and results, and beside it the models, the files in quarantine and the signing key. Every change is written at once; a crash leaves nothing half done.',
    'To move to another machine, make a backup in Settings, carry the file over and restore it there.',
    'Keep the folder off OneDrive, Dropbox and network drives, which can damage a database in use; keep backups on another disk.',
    'Theme, columns and widths belong to this machine. Nothing is sent anywhere.',
  ],
  toSettings: 'Open Settings',
  trouble: [
    [
      'A file was refused',
      'Its row in Import says what, where and what to do. If the columns were not recognised, Edit mapping names them; the mapping is kept for the next file.',
    ],
    [
      'A file waits for a decision',
      'Its numbers do not fit together, for example the stated and the integrated charge. Show the effect of the proposed repair, then accept, reject or trust the numbers.',
    ],
    [
      'A cell has no answer',
      'Its page says what is missing, most often the chemistry, the rated capacity, or a charge over at least 0.2 V of the window.',
    ],
    [
      'A number is tagged extrapolated',
      'Something lies outside what the model was trained on, or was assumed. The findings below the verdict name it; state what is known there.',
    ],
    [
      'The band is wide',
      'The verdict says which further measurement would narrow it most. A measured capacity helps at once: Add measurement at the head of the cell.',
    ],
    [
      'The present capacity is off on own cells',
      'Models, Tune on own cells… corrects it on three or more cells of one type with measured capacities. It shows each cell before and after, by a model tuned on the others, and writes nothing unasked.',
    ],
    [
      'Where did the file go?',
      'Every save ends with “Saved to …” at the lower right; the status bar keeps the last one. In a browser files go to its downloads folder.',
    ],
    [
      'Numbers or dates are written in an unusual way',
      'They follow the regional format of the system. Settings, Numbers and dates, has the international way. Fields take a decimal comma and a decimal point.',
    ],
    [
      'Something was removed by mistake',
      'Undo brings cells back, also after a restart. Scenarios keep their versions. Settings restores a backup.',
    ],
  ],
} as const
