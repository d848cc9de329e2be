import { computed, readonly, ref, shallowRef } from 'vue'
import { writeNumbersBy, written } from '../../src-shared/units/writing.ts'
import { international, regional, type Writing } from './regional.ts'

export type WritingChoice = 'system' | 'international'

const key = 'pimoe-writing'
const choice = ref<WritingChoice>('international')
const locales = shallowRef<readonly string[]>([])
const system = computed(() => regional(locales.value))
const writing = computed<Writing>(() => (choice.value === 'system' ? system.value : international))

export const writingChoice = readonly(choice)

export function chooseWriting(next: WritingChoice): void {
  choice.value = next
  localStorage.setItem(key, next)
}

/**
 * Has every number of the window written as chosen; whatever shows one follows the choice, for it reads `writing`.
 * `region`: the regional format of the system, where that is told apart from the language of the window.
 */
export async function applyWriting(region: () => Promise<string | null>): Promise<void> {
  const ofBrowser = (): void => void (locales.value = [...navigator.languages])
  ofBrowser()
  window.addEventListener('languagechange', ofBrowser)
  choice.value = localStorage.getItem(key) === 'international' ? 'international' : 'system'
  writeNumbersBy((plain) => writing.value.number(plain))
  const told = await region()
  if (told === null) return
  window.removeEventListener('languagechange', ofBrowser)
  locales.value = [told, ...navigator.languages]
}

/** Changes whenever all numbers have to be written anew. */
export function writingName(): string {
  return writing.value.name
}

/** `1,234`: a number of things. */
export function counted(count: number): string {
  return writing.value.count(count)
}

/** `0.5`: a number as it can be typed, with all its digits and no grouping. */
export function typeable(value: number): string {
  return String(value).replace('.', writing.value.decimal)
}

/** What the reader sets before decimals. */
export function decimalSign(): string {
  return writing.value.decimal
}

/** A value of a setting: numbers with all their digits. */
export function settingText(value: unknown): string {
  return typeof value === 'number' ? written(String(value)) : String(value)
}

export function dayText(moment: string): string {
  return writing.value.day(moment)
}

export function momentText(moment: string): string {
  return writing.value.moment(moment)
}

export function compareNames(a: string, b: string): number {
  return writing.value.compare(a, b)
}

/** What each choice looks like. */
export function example(of: WritingChoice, moment: string): string {
  const { number, moment: at } = of === 'system' ? system.value : international
  return `${number('12345.6')} · ${at(moment)}`
}

const unit = '(?:Ah/V|mAh|Ah|Wh|mV|V|mA|A|min|ms|s|h|°C|C|%|kB|MB|GB)(?![\\w/]|\\.\\w)'
const plain = '\\d+(?:\\.\\d+)?'
/** What stands in quotation marks is as somebody typed it; a number counts where it has a unit, or begins a list that has. */
const quantities = new RegExp(
  `“[^”]*”|(?<![^\\s(≥≤<>±−–])\\d+\\.\\d+(?=(?:(?:–| to | and | or | … |, )−?${plain})*[ \\u00A0]${unit})`,
  'g',
)

/** A sentence of the program, which is the same for every reader, with its quantities as this one reads them. */
export function sentence(text: string): string {
  return text.replaceAll(quantities, (found) => (found.startsWith('“') ? found : written(found)))
}
