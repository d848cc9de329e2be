import type { Application } from '../../../src-shared/contract/requests.ts'
import { findTarget } from './inspecting.ts'
import type { Parts } from '../parts.ts'
import { unknownName } from '../unknownName.ts'

/** Mappings kept in the library, by which files of the same headings are read unasked. */
export function templateRequests(
  parts: Parts,
): Pick<Application, 'templates/list' | 'templates/save' | 'templates/remove'> {
  return {
    'templates/list': async () => (await parts.library()).templates.list(),
    'templates/save': async ({ name, file, mapping }, { signal }) => {
      const { headingFingerprint, withoutLines } = await import('../../readers/recogniseTemplate.ts')
      const { path } = await findTarget(parts, file)
      const read = await parts.readFile(path, signal, { mapping })
      const whole = read.mapping ?? mapping
      const names = read.columns.map((column) => column.name)
      const fingerprint = whole.headingLine === null ? null : headingFingerprint(names)
      const template = { name, fingerprint, mapping: withoutLines(whole) }
      const library = await parts.library()
      library.templates.save(template, new Date().toISOString())
      return template
    },
    'templates/remove': async ({ name }) => {
      const library = await parts.library()
      const removed = library.templates.remove(name)
      if (removed > 0) return { removed }
      throw unknownName(
        'template',
        name,
        library.templates.list().map((template) => template.name),
      )
    },
  }
}
