/** Layers, lowest first: a folder of src-shared may import only the folders named for it, and failure. */
const shared = {
  failure: [],
  units: [],
  network: [],
  cell: ['units'],
  features: ['units', 'cell'],
  evidence: ['units', 'cell', 'features'],
  forecast: ['units', 'cell', 'features', 'evidence', 'network'],
  chart: ['units', 'cell', 'features', 'forecast', 'network'],
  grading: ['units', 'forecast'],
  exchange: ['units', 'forecast', 'grading', 'chart'],
  lot: ['units', 'forecast', 'grading', 'exchange'],
  contract: ['units', 'cell', 'features', 'forecast', 'network', 'grading', 'exchange'],
}

/** Folders of src-main below the services, and what of src-main each may import. */
const parts = {
  readers: [],
  library: [],
  training: ['checkpoints', 'kernels'],
  kernels: [],
  checkpoints: [],
  comparison: ['checkpoints', 'kernels'],
  exchange: [],
  report: [],
  page: [],
}

/** Folders of the services, lowest first, and what of each other they may import; files beside them carry no feature. */
const services = {
  modelShelf: [],
  library: ['modelShelf'],
  grading: ['library'],
  exporting: ['library', 'grading'],
  importing: ['library', 'exporting'],
  assessing: ['modelShelf', 'library', 'grading'],
  batch: ['modelShelf', 'library', 'assessing'],
  training: ['modelShelf', 'library', 'assessing'],
  tuning: ['modelShelf', 'library', 'training'],
  reporting: ['modelShelf', 'library', 'grading', 'assessing'],
}

/** Folders of the training, lowest first, and what of each other they may import; the files beside them run them. */
const training = {
  problem: [],
  windows: ['problem'],
  network: ['problem', 'windows'],
  judging: ['problem', 'windows', 'network'],
  regression: ['problem'],
  perceptron: ['problem', 'network', 'regression'],
  evidence: ['problem', 'windows', 'network', 'regression'],
  cards: ['problem', 'windows', 'network', 'judging', 'evidence'],
  tuning: ['problem', 'regression', 'evidence'],
  presets: ['problem'],
}

const hosts = { electron: [], http: [], cli: ['http'] }

function layer({ root, folder, allowed, also = '' }) {
  return {
    name: `${root}-${folder}`,
    comment: `${root}/${folder} may import of ${root} only: ${allowed.join(', ') || 'nothing'}.`,
    severity: 'error',
    from: { path: `^${root}/${folder}/` },
    to: { path: '^src-', pathNot: `^${root}/(${[folder, ...allowed].join('|')})/${also}` },
  }
}

const withinShared = Object.entries(shared).map(([folder, allowed]) =>
  layer({ root: 'src-shared', folder, allowed: [...allowed, 'failure'] }),
)
const withinParts = Object.entries(parts).map(([folder, allowed]) =>
  layer({ root: 'src-main', folder, allowed, also: '|^src-shared/' }),
)
const withinHosts = Object.entries(hosts).map(([folder, allowed]) =>
  layer({ root: 'src-main', folder, allowed: ['services', 'page', ...allowed], also: '|^src-shared/' }),
)

/** Rules for the folders of `root` among themselves: each named, none importing but what is named for it. */
function within(root, folders) {
  const name = root.split('/').at(-1)
  const each = Object.entries(folders).map(([folder, allowed]) => ({
    name: `${name}-${folder}`,
    comment: `Of the other folders of ${root} ${folder} may import only: ${allowed.join(', ') || 'none'}.`,
    severity: 'error',
    from: { path: `^${root}/${folder}/` },
    to: { path: `^${root}/[^/]+/`, pathNot: `^${root}/(${[folder, ...allowed].join('|')})/` },
  }))
  return [
    ...each,
    {
      name: `${name}-in-known-folders`,
      comment: `A new folder of ${root} is named above, with what it may import.`,
      severity: 'error',
      from: { path: `^${root}/[^/]+/`, pathNot: `^${root}/(${Object.keys(folders).join('|')})/` },
      to: {},
    },
  ]
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...withinShared,
    ...withinParts,
    ...withinHosts,
    ...within('src-main/services', services),
    ...within('src-main/training', training),
    {
      name: 'training-runs-from-above',
      comment: 'What runs a training stands beside the folders that it runs; they know nothing of it.',
      severity: 'error',
      from: { path: '^src-main/training/[^/]+/' },
      to: { path: '^src-main/training/[^/]+$' },
    },
    {
      name: 'services-are-wired-from-above',
      comment:
        'application.ts wires the services and dispatch.ts reaches them; only the benchmark starts an application.',
      severity: 'error',
      from: { path: '^src-main/services/[^/]+/', pathNot: '/batch/batchBench[.]ts$' },
      to: { path: '^src-main/services/(application|dispatch)[.]ts$' },
    },
    {
      name: 'shared-is-pure',
      comment: 'src-shared runs anywhere: no Node module and no package at run time.',
      severity: 'error',
      from: { path: '^src-shared/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'hosts-know-the-contract-only',
      comment: 'Hosts carry requests and print answers; other shared code they may use as types.',
      severity: 'error',
      from: { path: `^src-main/(${Object.keys(hosts).join('|')})/` },
      to: {
        path: '^src-shared/',
        pathNot: '^src-shared/(contract|failure)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'services-know-no-host',
      comment: 'Services answer hosts and never know which.',
      severity: 'error',
      from: { path: '^src-main/services/' },
      to: { path: '^src-main/(electron|http|cli|page)/|^src-renderer/' },
    },
    {
      name: 'electron-only-in-its-host',
      comment: 'Only src-main/electron may import Electron; everything else must run without it.',
      severity: 'error',
      from: { path: '^(src-|test/|scripts/)', pathNot: '^src-main/electron/' },
      to: { path: '(^|node_modules/)electron(/|$)', pathNot: '^(src-main|test)/' },
    },
    {
      name: 'electron-only-in-the-shell',
      comment:
        'At run time only the shell and the preload touch Electron: a list short enough to test by name.',
      severity: 'error',
      from: { path: '^src-main/electron/', pathNot: '/(shell|preload)[.]ts$' },
      to: {
        path: '(^|node_modules/)electron(/|$)',
        pathNot: '^src-main/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'sqlite-only-in-library',
      comment: 'Only src-main/library may import SQLite.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/library/' },
      to: { path: 'better-sqlite3' },
    },
    {
      name: 'renderer-knows-the-contract-only',
      comment: 'The window shows what the contract returns; other shared code it may use as types.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: {
        path: '^src-(main|shared)/',
        pathNot: '^src-shared/(contract|chart|units)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'stores-know-no-components',
      comment:
        'Components show what stores hold; a state that only makes sense with its components lies beside them.',
      severity: 'error',
      from: { path: '^src-renderer/stores/' },
      to: { path: '^src-renderer/(components|views|app|charts)/' },
    },
    {
      name: 'renderer-never-imports-main',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/' },
    },
    {
      name: 'source-never-imports-test',
      severity: 'error',
      from: { path: '^src-' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Not of types either: what two files name stands below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src-renderer/node_modules|^src-main/kernels/assembly/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
