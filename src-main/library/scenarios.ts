import type { Database } from 'better-sqlite3'
import type { StoredScenario } from '../../src-shared/contract/requests.ts'
import type { ScenarioBlock } from '../../src-shared/forecast/scenario.ts'

interface ScenarioRow {
  id: string
  name: string
  blocks: string
  changed_at: string
}

export type ScenarioRepository = ReturnType<typeof scenarioRepository>

export function scenarioRepository(database: Database) {
  const list = database.prepare<[], ScenarioRow>('SELECT * FROM scenario ORDER BY name, id')
  const byId = database.prepare<[string], ScenarioRow>('SELECT * FROM scenario WHERE id = ?')
  const byName = database.prepare<[string], ScenarioRow>('SELECT * FROM scenario WHERE name = ? LIMIT 2')
  const save = database.prepare(
    `INSERT INTO scenario (id, name, blocks, changed_at) VALUES (@id, @name, @blocks, @changed_at)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, blocks = excluded.blocks, changed_at = excluded.changed_at`,
  )
  const remove = database.prepare('DELETE FROM scenario WHERE id = ?')
  return {
    list: (): StoredScenario[] => list.all().map(storedScenario),
    /** The scenario with this id, else the only one with this name. */
    find(idOrName: string): StoredScenario | null {
      const named = byName.all(idOrName)
      const row = byId.get(idOrName) ?? (named.length === 1 ? named[0] : undefined)
      return row === undefined ? null : storedScenario(row)
    },
    save({ id, scenario, changedAt }: StoredScenario): void {
      save.run({
        id,
        name: scenario.name,
        blocks: JSON.stringify(scenario.blocks),
        changed_at: changedAt,
      })
    },
    remove: (id: string): number => remove.run(id).changes,
  }
}

function storedScenario(row: ScenarioRow): StoredScenario {
  const blocks = JSON.parse(row.blocks) as ScenarioBlock[]
  return { id: row.id, scenario: { name: row.name, blocks }, changedAt: row.changed_at }
}
