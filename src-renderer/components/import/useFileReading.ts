import { computed, ref, shallowRef } from 'vue'
import type { TableMapping } from '../../../src-shared/cell/mapping.ts'
import type { FileInspection, FileTarget } from '../../../src-shared/contract/imports.ts'
import { host } from '../../host/host.ts'
import { useLatest } from '../../host/useLatest.ts'

/** A file as it reads now, and as it would read by another mapping; every change reads it again. */
export function useFileReading(target: () => FileTarget, nominalCapacity_Ah: () => number | undefined) {
  const { value, failure, isRunning, ask, clear } = useLatest<FileInspection>()
  const latest = shallowRef<FileInspection | null>(null)
  /** The beginning of a long file, while the rest is read, or after that was stopped. */
  const part = shallowRef<FileInspection | null>(null)
  /** What is stated so far; null as long as nothing was changed here. */
  const changed = shallowRef<TableMapping | null>(null)
  /** By which the file was last read. */
  const found = shallowRef<TableMapping>({})
  const percent = ref(0)
  const inspection = computed(() => part.value ?? latest.value)

  async function read(): Promise<void> {
    percent.value = 0
    part.value = null
    const nominal = nominalCapacity_Ah()
    const input = {
      target: target(),
      ...(changed.value === null ? {} : { mapping: changed.value }),
      ...(nominal === undefined ? {} : { nominalCapacity_Ah: nominal }),
    }
    await ask((signal) =>
      host.request('files/inspect', input, {
        signal,
        onProgress: ({ fraction, part: first }) => {
          percent.value = Math.round(fraction * 100)
          if (first !== undefined) show(first)
        },
      }),
    )
    if (value.value === null) return
    part.value = null
    latest.value = value.value
    found.value = value.value.reading?.mapping ?? found.value
  }

  function show(first: FileInspection): void {
    part.value = first
    found.value = first.reading?.mapping ?? found.value
  }

  /** What was read of the file stays on the screen. */
  const stop = clear

  function change(mapping: TableMapping | null): Promise<void> {
    changed.value = mapping
    return read()
  }

  /** What was stated when the file was read last, here or before. */
  const stated = computed<TableMapping>(() => changed.value ?? inspection.value?.stated ?? {})
  /** As the file reads, or read last; over it what is stated. */
  const shown = computed<TableMapping>(() => ({
    ...found.value,
    ...stated.value,
    columns: { ...found.value.columns, ...stated.value.columns },
  }))

  return { inspection, failure, isRunning, percent, changed, stated, shown, read, change, stop }
}
