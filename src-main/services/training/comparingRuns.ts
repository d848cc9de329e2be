import { createHash } from 'node:crypto'
import type {
  ComparedRun,
  ConditionScore,
  JudgedOn,
  RunComparison,
} from '../../../src-shared/contract/runComparison.ts'
import type { RunFile, RunSummary } from '../../../src-shared/contract/run.ts'
import { Failure } from '../../../src-shared/failure/failure.ts'
import type { ModelPackage } from '../../../src-shared/forecast/package.ts'
import type { Library } from '../../library/openLibrary.ts'
import type { ModelShelf } from '../modelShelf/models.ts'
import { runSummary } from './runSummary.ts'
import { unknownName } from '../unknownName.ts'

/** Throws `no-such-run`, or `same-run` (usage) where one is named twice. */
export async function compareRuns(
  library: Library,
  models: ModelShelf,
  ids: readonly string[],
): Promise<RunComparison> {
  refuseTwice(ids)
  const runs = ids.map((id) => {
    const stored = library.runs.find(id)
    if (stored === null) throw unknownName('run', id, [])
    return runSummary(stored)
  })
  const trained = await Promise.all(runs.map((run) => trainedModel(library, models, run)))
  return {
    schema: 'pimoe-run-comparison/1',
    runs: runs.map((run, i) => comparedRun(runs, run, trained[i])),
    settings: comparedSettings(runs),
    files: comparedFiles(runs),
    scores: comparedScores(trained),
    sameJudged: new Set(runs.filter(({ data }) => data.length > 0).map(judgedCells)).size < 2,
  }
}

function refuseTwice(ids: readonly string[]): void {
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice === undefined) return
  throw new Failure('usage', 'same-run', 'A run is named twice.', {
    advice: 'Name two or more different runs.',
    found: twice,
  })
}

interface TrainedModel {
  readonly model: ModelPackage | null
  readonly problem: string | null
}

/** The package of a finished run; what stands in its folder now may be another's, damaged, or gone. */
async function trainedModel(
  library: Library,
  models: ModelShelf,
  { id, modelFolder }: RunSummary,
): Promise<TrainedModel> {
  if (modelFolder === null) return { model: null, problem: null }
  if (library.runs.inFolder(modelFolder)?.id !== id) {
    return { model: null, problem: 'A later run wrote its model into the same folder.' }
  }
  try {
    return { model: await models.find(modelFolder), problem: null }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const isGone = error.code === 'no-such-model'
    return { model: null, problem: isGone ? 'Its folder is no longer there.' : error.message }
  }
}

function comparedRun(
  runs: readonly RunSummary[],
  run: RunSummary,
  { model, problem }: TrainedModel,
): ComparedRun {
  const isAlone = runs.filter(({ name }) => name === run.name).length === 1
  const count = (role: RunFile['role']): number => run.data.filter((file) => file.role === role).length
  const metrics = model?.manifest.metrics ?? {}
  return {
    label: isAlone ? run.name : `${run.name} ${run.id.slice(0, 4)}`,
    run,
    simulated: model?.manifest.simulated ?? false,
    cells: {
      train: count('train'),
      validation: count('validation'),
      calibration: count('calibration'),
      test: count('test'),
    },
    dataSha256:
      run.data.length === 0 ? null : hashOf(run.data.map(({ sha256, role }) => `${sha256} ${role}`)),
    model:
      model === null
        ? null
        : {
            sha256: model.sha256,
            total: {
              trajectory: fraction(metrics['mape']),
              present: fraction(metrics['step1Mape']),
            },
            coverage: metrics['coverage90'] ?? null,
          },
    modelProblem: problem,
    seconds: run.history.reduce((sum, { seconds }) => sum + (Number.isFinite(seconds) ? seconds : 0), 0),
  }
}

/** Metrics of a package are percent. */
function fraction(percent: number | undefined): number | null {
  return percent === undefined ? null : percent / 100
}

function comparedSettings(runs: readonly RunSummary[]): RunComparison['settings'] {
  const all = runs.map(({ preset, seed, settings }): RunSummary['settings'] => ({
    preset,
    seed,
    ...settings,
  }))
  const names = [...new Set(all.flatMap((settings) => Object.keys(settings)))]
  const rows = names.map((name) => {
    const values = all.map((one) => one[name] ?? null)
    return { name, values, differs: new Set(values).size > 1 }
  })
  return differingFirst(rows)
}

function comparedFiles(runs: readonly RunSummary[]): RunComparison['files'] {
  const known = new Map(runs.flatMap(({ data }) => data.map((file) => [file.sha256, file.path] as const)))
  const files = [...known].map(([sha256, path]) => {
    const roles = runs.map(({ data }) => data.find((file) => file.sha256 === sha256)?.role ?? null)
    return { path, sha256, roles, differs: new Set(roles).size > 1 }
  })
  return differingFirst(files.toSorted((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true })))
}

function differingFirst<R extends { readonly differs: boolean }>(rows: readonly R[]): R[] {
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)]
}

const metricName = /^(validation|left out) (mape|step1Mape) % (.+)$/

function comparedScores(trained: readonly TrainedModel[]): RunComparison['scores'] {
  const rows = new Map<string, RunComparison['scores'][number]>()
  trained.forEach(({ model }, i) => {
    for (const [name, value] of Object.entries(model?.manifest.metrics ?? {})) {
      const match = metricName.exec(name)
      if (match === null) continue
      const [, judged, metric, condition] = match
      const key = `${judged}\n${condition}`
      const row = rows.get(key) ?? {
        condition,
        judged: judged as JudgedOn,
        values: new Array<ConditionScore | null>(trained.length).fill(null),
      }
      rows.set(key, row)
      const score = row.values[i] ?? { trajectory: null, present: null }
      row.values[i] = { ...score, [metric === 'mape' ? 'trajectory' : 'present']: value / 100 }
    }
  })
  return [...rows.values()]
}

/** Hash over the cells that a run's scores come from: those it left out in turn, or those that chose its epoch. */
function judgedCells({ data, settings }: RunSummary): string {
  const isLeftOut = settings['recipe'] === 'evidence'
  const judged = data.filter(({ role }) => (isLeftOut ? role !== 'test' : role === 'validation'))
  return hashOf([isLeftOut ? 'left out' : 'validation', ...judged.map(({ sha256 }) => sha256)])
}

function hashOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex')
}
