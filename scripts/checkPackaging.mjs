import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import { parse } from 'yaml'
import { root, runScript, ScriptError } from './root.mjs'

/** electron-builder.yml against electron-builder's own schema, and the files that it names exist. */
await runScript(() => {
  const settings = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))
  const schema = JSON.parse(readFileSync(join(root, 'node_modules/app-builder-lib/scheme.json'), 'utf8'))
  const validate = new Ajv({ allErrors: true, strict: false, allowUnionTypes: true }).compile(schema)
  const problems = validate(settings)
    ? []
    : validate.errors.map((error) => `${error.instancePath || '/'} ${error.message}`)
  const named = [
    ...settings.extraResources.map((entry) => entry.from),
    settings.linux.icon,
    settings.win.icon,
    settings.mac.icon,
  ]
  const missing = named
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `${path} does not exist`)
  const all = [...problems, ...missing]
  if (all.length > 0) throw new ScriptError(`electron-builder.yml:\n${all.join('\n')}`)
})
