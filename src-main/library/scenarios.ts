import type { Database } from 'better-sqlite3'
import type { ScenarioVersion, StoredScenario } from '../../src-shared/contract/scenarios.ts'
import type { Scenario, ScenarioBlock } from '../../src-shared/forecast/scenario.ts'

interface VersionRow {
  scenario_id: string
  version: number
  name: string
  blocks: string
  saved_at: string
}

/** What is saved of a scenario, once. */
export interface SavedScenario {
  readonly id: string
  readonly scenario: Scenario
  readonly changedAt: string
  /** The newest version, where it is to be written over. */
  readonly amends?: number | undefined
}

export type ScenarioRepository = ReturnType<typeof scenarioRepository>

export function scenarioRepository(database: Database) {
  const { list, byId, byName, versions } = readStatements(database)
  const write = writeStatements(database)
  const find = (id: string): StoredScenario | null => {
    const row = byId.get(id)
    return row === undefined ? null : storedScenario(row)
  }
  /** A version of its own, but where the newest is amended or says the same already. */
  const save = database.transaction(({ id, scenario, changedAt, amends }: SavedScenario): StoredScenario => {
    const newest = find(id)
    if (newest !== null && isSame(newest.scenario, scenario)) return newest
    const isAmended = newest !== null && newest.version === amends
    const version = isAmended ? newest.version : (versions.all(id).at(0)?.version ?? 0) + 1
    write.keep.run({ id })
    write.version.run({
      id,
      version,
      name: scenario.name,
      blocks: JSON.stringify(scenario.blocks),
      saved_at: changedAt,
    })
    return { id, scenario, version, changedAt }
  })
  return {
    list: (): StoredScenario[] => list.all().map(storedScenario),
    /** The scenario with this id, else the only one with this name. */
    find(idOrName: string): StoredScenario | null {
      const named = byName.all(idOrName)
      return find(idOrName) ?? (named.length === 1 ? storedScenario(named[0]) : null)
    },
    save: (saved: SavedScenario): StoredScenario => save.immediate(saved),
    /** Newest first. */
    versions: (id: string): ScenarioVersion[] => versions.all(id).map(versionOf),
    remove: (id: string, removedAt: string): number => write.remove.run(removedAt, id).changes,
    restore: (id: string): number => write.restore.run(id).changes,
  }
}

const newestSql = `
  SELECT newest.* FROM scenario JOIN scenario_version AS newest ON newest.scenario_id = scenario.id
  WHERE scenario.removed_at IS NULL
    AND newest.version = (SELECT MAX(version) FROM scenario_version WHERE scenario_id = scenario.id)`

function readStatements(database: Database) {
  return {
    list: database.prepare<[], VersionRow>(`${newestSql} ORDER BY newest.name, scenario.id`),
    byId: database.prepare<[string], VersionRow>(`${newestSql} AND scenario.id = ?`),
    byName: database.prepare<[string], VersionRow>(`${newestSql} AND newest.name = ? LIMIT 2`),
    versions: database.prepare<[string], VersionRow>(
      'SELECT * FROM scenario_version WHERE scenario_id = ? ORDER BY version DESC',
    ),
  }
}

function writeStatements(database: Database) {
  return {
    keep: database.prepare(
      'INSERT INTO scenario (id) VALUES (@id) ON CONFLICT (id) DO UPDATE SET removed_at = NULL',
    ),
    version: database.prepare(
      `INSERT INTO scenario_version (scenario_id, version, name, blocks, saved_at)
       VALUES (@id, @version, @name, @blocks, @saved_at)
       ON CONFLICT (scenario_id, version)
       DO UPDATE SET name = excluded.name, blocks = excluded.blocks, saved_at = excluded.saved_at`,
    ),
    remove: database.prepare<[string, string]>(
      'UPDATE scenario SET removed_at = ? WHERE id = ? AND removed_at IS NULL',
    ),
    restore: database.prepare<[string]>(
      'UPDATE scenario SET removed_at = NULL WHERE id = ? AND removed_at IS NOT NULL',
    ),
  }
}

function isSame(a: Scenario, b: Scenario): boolean {
  const values = ({ name, blocks }: Scenario): string =>
    JSON.stringify([
      name,
      blocks.map((block) => [block.cycles, block.charge_rate, block.discharge_rate, block.temperature_degC]),
    ])
  return values(a) === values(b)
}

function storedScenario(row: VersionRow): StoredScenario {
  const { version, scenario, savedAt } = versionOf(row)
  return { id: row.scenario_id, scenario, version, changedAt: savedAt }
}

function versionOf({ version, name, blocks, saved_at }: VersionRow): ScenarioVersion {
  return { version, scenario: { name, blocks: JSON.parse(blocks) as ScenarioBlock[] }, savedAt: saved_at }
}
