import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { paperTheme } from '../../src-shared/chart/theme.ts'
import { readTypeface, type Typeface } from './typeface.ts'

export interface Faces {
  readonly regular: Typeface
  readonly bold: Typeface
}

/** The charts' font family is the family registered here: one name on paper. */
export const fontFamily = paperTheme.fontFamily

let faces: Faces | null = null

/** Both faces of the report, read once. */
export function readFaces(): Faces {
  const { regular, bold } = fontPaths()
  faces ??= { regular: readTypeface(readFileSync(regular)), bold: readTypeface(readFileSync(bold)) }
  return faces
}

/** Found beside the package itself, so it works from source and from the bundle. */
export function fontPaths(): { regular: string; bold: string } {
  const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
  return { regular: join(folder, 'DejaVuSans.ttf'), bold: join(folder, 'DejaVuSans-Bold.ttf') }
}
