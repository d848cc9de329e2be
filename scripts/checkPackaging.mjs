import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
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
  const all = [...problems, ...missing, ...typefaceProblems(settings.files)]
  if (all.length > 0) throw new ScriptError(`electron-builder.yml:\n${all.join('\n')}`)
})

/** A report reads two of the 1800 files of the Chinese typeface: they are packed, the others are not. */
function typefaceProblems(patterns) {
  const { minimatch } = createRequire(join(root, 'node_modules/app-builder-lib/package.json'))('minimatch')
  const folder = 'node_modules/@fontsource/noto-sans-sc/files'
  const isLeftOut = (file) =>
    patterns.some((pattern) => pattern.startsWith('!') && minimatch(file, pattern.slice(1), { dot: true }))
  const packed = readdirSync(join(root, folder)).filter((name) => !isLeftOut(`${folder}/${name}`))
  const wanted = ['400', '700'].map((weight) => `noto-sans-sc-chinese-simplified-${weight}-normal.woff`)
  return packed.join() === wanted.join() ? [] : [`of ${folder}, ${packed.length} files would be packed`]
}
