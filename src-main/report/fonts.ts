import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import pdfmake from 'pdfmake'
import { paperTheme } from '../../src-shared/chart/theme.ts'
import { readTypeface, tableAt, type Typeface } from './typeface.ts'
import { unwrapWoff } from './woff.ts'

/** One weight of the report: a typeface, and another for what it lacks. */
export interface Face extends Typeface {
  /** Family that draws the code point; null where none does. */
  familyOf(codePoint: number): string | null
}

export interface Faces {
  readonly regular: Face
  readonly bold: Face
}

/** The charts' font family is the family registered here: one name on paper. */
export const fontFamily = paperTheme.fontFamily

const chineseFamily = 'Noto Sans SC'

type Weight = keyof Faces

const modules = createRequire(import.meta.url)

let faces: Faces | null = null

/** Both weights, each read once; the Chinese typeface only when a text needs it. */
export function readFaces(): Faces {
  faces ??= { regular: readFace('regular'), bold: readFace('bold') }
  return faces
}

/** Registers the fonts; allows pdfmake to read two font files and nothing else, and never the network. */
export function registerFonts(): void {
  const paths = fontPaths()
  pdfmake.setFonts({
    [fontFamily]: { normal: paths.regular, bold: paths.bold },
    [chineseFamily]: { normal: virtualName('regular'), bold: virtualName('bold') },
  })
  pdfmake.setLocalAccessPolicy((path) => path === paths.regular || path === paths.bold)
  pdfmake.setUrlAccessPolicy(() => false)
}

function readFace(weight: Weight): Face {
  const first = readTypeface(readFileSync(fontPaths()[weight]))
  let loaded: Typeface | null = null
  const second = (): Typeface => (loaded ??= loadChinese(weight))
  const of = (codePoint: number): Typeface => (first.covers(codePoint) ? first : second())
  return {
    covers: (codePoint) => of(codePoint).covers(codePoint),
    familyOf: (codePoint) => {
      if (first.covers(codePoint)) return fontFamily
      return second().covers(codePoint) ? chineseFamily : null
    },
    width: (text) => {
      let sum = 0
      for (const character of text) sum += of(character.codePointAt(0) ?? 0).width(character)
      return sum
    },
  }
}

/** Found beside the package itself, so it works from source and from the bundle. */
function fontPaths(): Readonly<Record<Weight, string>> {
  const folder = join(dirname(modules.resolve('dejavu-fonts-ttf/package.json')), 'ttf')
  return { regular: join(folder, 'DejaVuSans.ttf'), bold: join(folder, 'DejaVuSans-Bold.ttf') }
}

const numbers: Readonly<Record<Weight, string>> = { regular: '400', bold: '700' }

/** Reads the file and hands pdfmake what is inside it. */
function loadChinese(weight: Weight): Typeface {
  const folder = dirname(modules.resolve('@fontsource/noto-sans-sc/package.json'))
  const name = `noto-sans-sc-chinese-simplified-${numbers[weight]}-normal.woff`
  const bytes = unwrapWoff(readFileSync(join(folder, 'files', name)))
  setLineHeight(bytes)
  pdfmake.virtualfs.writeFileSync(virtualName(weight), bytes)
  return readTypeface(bytes)
}

function virtualName(weight: Weight): string {
  return `${chineseFamily} ${weight}`
}

/** DejaVu's ascent and descent, so that a line is as high and stands as low whichever typeface it needs. */
function setLineHeight(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const unitsPerEm = view.getUint16(tableAt(view, 'head') + 18)
  const heights = tableAt(view, 'hhea')
  view.setInt16(heights + 4, Math.round((1901 / 2048) * unitsPerEm))
  view.setInt16(heights + 6, -Math.round((483 / 2048) * unitsPerEm))
}
