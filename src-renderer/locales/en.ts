import { datasets } from './enDatasets.ts'
import { compare } from './enCompare.ts'
import { acceleration } from './enAcceleration.ts'
import { advice } from './enAdvice.ts'
import { defaults } from './enDefaults.ts'
import { drop } from './enDrop.ts'
import { followers } from './enFollowers.ts'
import { grading } from './enGrading.ts'
import { guide } from './enGuide.ts'
import { help } from './enHelp.ts'
import { keeping } from './enKeeping.ts'
import { leaving } from './enLeaving.ts'
import { libraries } from './enLibraries.ts'
import { library } from './enLibrary.ts'
import { panels } from './enPanels.ts'
import { report, reports } from './enReports.ts'
import { runDeletion } from './enRunDeletion.ts'
import { runs } from './enRuns.ts'
import { scores } from './enScores.ts'
import { scenarios } from './enScenarios.ts'
import { reading } from './enReading.ts'
import { tuning } from './enTuning.ts'
import { views } from './enViews.ts'
import { writing } from './enWriting.ts'
import { formatFixed, formatNumber } from '../../src-shared/units/labels.ts'
import { counted, dayText, momentText } from './writing.ts'

/** Every text of the window. A second language is another object of the same type. */
export const t = {
  name: 'PIMOE',
  ...views,
  leaving,
  libraries,
  library,
  datasets,
  compare,
  acceleration,
  advice,
  defaults,
  drop,
  followers,
  grading,
  guide,
  help,
  keeping,
  panels,
  report,
  reports,
  runDeletion,
  runs,
  scores,
  scenarios,
  reading,
  tuning,
  writing,
  places: {
    library: 'Library',
    import: 'Import',
    scenarios: 'Scenarios',
    compare: 'Compare',
    training: 'Training',
    models: 'Models',
    grading: 'Grading',
    datasets: 'Data sets',
    reports: 'Reports',
    settings: 'Settings',
  },
  frame: {
    rail: 'Places',
    search: 'Search or run a command…',
    jobs: (count: number) => (count === 1 ? '1 job' : `${count} jobs`),
    noJobs: 'No jobs',
    noJobsHint: 'Nothing is running.',
    saved: 'Saved',
    saving: 'Saving…',
    savedHint: 'Every change is stored at once.',
    lost: 'Not connected',
    notConnected: 'not connected',
    notOpen: 'Not open',
    notOpenHint: 'The library could not be opened: nothing is stored.',
    lostHint: 'The program does not answer. Start it again and open the address it prints.',
    theme: { light: 'Light theme', dark: 'Dark theme', system: 'Theme of the system' },
    themeMenu: 'Theme',
    selected: (count: number) => `${count} selected`,
    cells: (count: number) => (count === 1 ? '1 cell' : `${counted(count)} cells`),
    model: (name: string) => `model ${name}`,
    noModel: 'no model',
    hosts: { electron: 'offline', http: 'offline, in a browser' },
    version: (version: string) => `PIMOE ${version}`,
    shortcuts: 'Keyboard shortcuts',
    help: 'Help',
    lastSaved: (place: string) => `last saved to ${place}`,
    skip: 'Skip to content',
  },
  commands: {
    title: 'Commands',
    placeholder: 'Type a command, a cell or a scenario',
    empty: 'Nothing matches.',
    groups: { actions: 'Actions', places: 'Places', cells: 'Cells', scenarios: 'Scenarios' },
    addFiles: 'Add files…',
    addSamples: 'Add the sample cells',
    compareSelected: 'Compare the selected cells',
    newScenario: 'New scenario',
    guide: 'Take the five-minute tour',
    help: 'Open help',
    shortcuts: 'Show the keyboard shortcuts',
    theme: (name: string) => `Use the ${name} theme`,
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    palette: 'Search or run a command',
    place: 'Go to the nth place of the rail',
    filter: 'Filter the list',
    move: 'Move in a list or table',
    open: 'Open the row',
    select: 'Select the row',
    addFiles: 'Add files',
    help: 'Show this list',
    helpPage: 'Open help',
    guide: 'Go to the tour, and back to what it points at',
    undo: 'Undo the last change of cells',
    redo: 'Redo it',
    edge: 'Move a block’s edge by one cycle; with Shift by ten',
  },
  saving: {
    downloads: (name: string) => `the browser’s downloads folder as ${name}`,
    saved: (name: string) => `${name} saved`,
    to: (place: string) => `Saved to ${place}.`,
    show: 'Show in folder',
    failed: 'Not saved',
    menu: (figure: string) => `Save ${figure}`,
    png: 'Save as PNG',
    svg: 'Save as SVG',
    csv: 'Save numbers as CSV',
  },
  evidence: {
    measured: 'measured',
    estimated: 'estimated',
    extrapolated: 'extrapolated',
    'not-determinable': 'not determinable',
  } as Readonly<Record<string, string>>,
  evidenceHint: {
    measured: 'Comes straight from a measurement.',
    estimated: 'Computed from this measurement, inside what the model was trained on.',
    extrapolated: 'Computed outside what the model was trained on, or on an assumption.',
    'not-determinable': 'Cannot be told from what is known.',
  } as Readonly<Record<string, string>>,
  simulated: 'SIMULATED',
  simulatedHint: 'Rests on simulated measurements, not on a real battery.',
  failure: {
    copy: 'Copy',
    copied: 'Copied',
    retry: 'Try again',
    where: (place: string) => `At ${place}.`,
    line: (line: number) => `line ${line}`,
    column: (column: string) => `column ${column}`,
    found: (found: string) => `Found “${found}”.`,
    lost: 'The program does not answer.',
    lostAdvice: 'Start it again and open the address it prints.',
  },
  badInput: {
    message: (field: string) => `${field}: this value cannot be taken.`,
    value: 'One value',
    correct: 'Correct it and repeat.',
    fields: {
      name: 'Name',
      chemistry: 'Chemistry',
      nominalCapacity_Ah: 'Rated capacity',
      temperature_degC: 'Temperature',
      cycles: 'Cycles',
      charge_rate: 'Charge rate',
      discharge_rate: 'Discharge rate',
      threshold: 'Threshold',
      epochs: 'Epochs',
      seed: 'Seed',
      blocks: 'Blocks',
      grade: 'Grade',
      leastStateOfHealth: 'SOH at least',
      leastCycles: 'Cycles',
      lifeThreshold: 'Threshold',
      code: 'Finding',
      message: 'Printed sentence',
    } as Readonly<Record<string, string>>,
    advice: {
      name: 'Write 1 to 120 characters.',
      chemistry: 'Write 1 to 120 characters, or leave it empty.',
      get nominalCapacity_Ah() {
        return `Rated capacities lie between ${formatNumber(0.01)} and ${formatNumber(1000)} Ah.`
      },
      temperature_degC: 'Temperatures lie between −40 and 100 °C.',
      cycles: 'Cycles are whole numbers from 1 to 10000.',
      charge_rate: 'Rates lie above 0 and go up to 20 C.',
      discharge_rate: 'Rates lie above 0 and go up to 20 C.',
      threshold: 'Thresholds lie between 1 and 99 %.',
      grade: 'Write 1 to 60 characters; no two grades have one name.',
      leastStateOfHealth: 'A later grade asks for no more than the one before it.',
      code: 'Write small letters, digits and hyphens; no two reasons have one finding.',
      message: 'Write 1 to 300 characters.',
    } as Readonly<Record<string, string>>,
  },
  text: {
    tooLong: (most: string, found: string) => `At most ${most} characters; these are ${found}.`,
    hidden: 'Holds a character that cannot be seen, such as a control character. Type it anew.',
  },
  range: {
    between: (low: string, high: string) => `${low} to ${high}`,
    above: (low: string, high: string) => `above ${low}, up to ${high}`,
    whole: (range: string) => `${range}, whole`,
    grouped: (example: string) => `No sign between thousands: write ${example}`,
    from: (low: string) => `${low} or more`,
  },
  common: {
    cancel: 'Cancel',
    undo: 'Undo',
    remove: 'Remove',
    loading: 'Reading…',
    none: '–',
    unknown: 'unknown',
    count: counted,
    at: momentText,
    day: dayText,
  },
  jobs: {
    title: 'Jobs',
    importing: 'Importing files',
    samples: 'Adding the sample cells',
    assessing: 'Assessing new cells',
    comparing: 'Comparing',
    matching: 'Matching',
    batch: 'Running the batch',
    report: 'Writing the report',
    training: (name: string) => `Training ${name}`,
    rate: (done: number, total: number) => `${done} of ${total}`,
    left: (seconds: number) =>
      seconds < 90 ? `${Math.max(1, Math.round(seconds))} s left` : `${Math.round(seconds / 60)} min left`,
    perSecond: (rate: number) =>
      rate >= 1 ? `${formatFixed(rate, 1)}/s` : `${formatFixed(rate * 60, 1)}/min`,
  },
} as const
