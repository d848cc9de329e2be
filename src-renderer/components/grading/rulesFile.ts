import type { FilePayload } from '../../../src-shared/contract/requests.ts'
import type { GradingRules } from '../../../src-shared/grading/rules.ts'
import { base64Of } from '../../host/base64.ts'

/** The rules file of the command line. */
export function rulesFile(rules: GradingRules): FilePayload {
  return {
    fileName: `${rules.name.replaceAll(/[\\/:*?"<>|]/g, '_')}.json`,
    mediaType: 'application/json',
    base64: base64Of(`${JSON.stringify(rules, null, 2)}\n`),
  }
}

/** The value of a rules file, not checked any further: the application does. Null where the text says to be no such file. */
export function parseRules(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (typeof value !== 'object' || value === null || !('schema' in value)) return null
    return value.schema === 'pimoe-grading-rules/1' ? value : null
  } catch {
    return null
  }
}
