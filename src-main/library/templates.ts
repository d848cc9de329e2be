import type { Database } from 'better-sqlite3'
import type { TableMapping } from '../../src-shared/cell/mapping.ts'
import type { MappingTemplate } from '../../src-shared/cell/mappingTemplate.ts'

interface TemplateRow {
  name: string
  fingerprint: string | null
  mapping: string
}

export type TemplateRepository = ReturnType<typeof templateRepository>

export function templateRepository(database: Database) {
  const list = database.prepare<[], TemplateRow>(
    'SELECT name, fingerprint, mapping FROM template ORDER BY name',
  )
  const save = database.prepare(
    'INSERT OR REPLACE INTO template (name, fingerprint, mapping, saved_at) VALUES (@name, @fingerprint, @mapping, @savedAt)',
  )
  const remove = database.prepare('DELETE FROM template WHERE name = ?')
  return {
    list: (): MappingTemplate[] =>
      list.all().map((row) => ({ ...row, mapping: JSON.parse(row.mapping) as TableMapping })),
    /** Replaces the template of that name, and any for the same headings. */
    save: (template: MappingTemplate, savedAt: string) =>
      void save.run({ ...template, mapping: JSON.stringify(template.mapping), savedAt }),
    remove: (name: string): number => remove.run(name).changes,
  }
}
