import type { WireError } from '../../../src-shared/contract/wire.ts'
import { wireErrorOf } from '../../host/requestError.ts'
import { places } from '../../app/places.ts'

/** Where dropped files go; the window opens the first of these that took something. */
export const dropPlaces = ['import', 'models', 'reports', 'scenarios'] as const
export type DropPlace = (typeof dropPlaces)[number]

export function iconOf(place: DropPlace): string {
  return places.find(({ path }) => path === `/${place}`)?.icon ?? ''
}

export function placeOfName(name: string): DropPlace {
  if (/\.json$/i.test(name)) return 'scenarios'
  if (/\.(pth|safetensors)$/i.test(name)) return 'models'
  return /\.pdf$/i.test(name) ? 'reports' : 'import'
}

/** Until they are dropped files have no name, only a media type, and some not even that: null. */
export function placeOfType(type: string): DropPlace | null {
  if (type === '') return null
  if (type === 'application/json') return 'scenarios'
  return type === 'application/pdf' ? 'reports' : 'import'
}

/** Refused as a whole, not for a field of it: some other JSON. */
export function isNoScenario(error: unknown): boolean {
  const { code, column } = wireErrorOf(error)
  return code === 'not-json' || code === 'too-long' || (code === 'not-a-scenario' && isWhole(column))
}

function isWhole(column: WireError['column']): boolean {
  return column === undefined || column === '' || column === 'blocks'
}
