import type { Nothing } from './nothing.ts'
import type { RunFile, RunSummary } from './run.ts'
import type { RunComparison } from './runComparison.ts'
import type { RunDeletion } from './runDeletion.ts'

export interface PresetSummary {
  name: string
  title: string
  /** `product`: the networks this program ships; `sample`: on simulated cells; `legacy`: the published ones. */
  group: 'product' | 'sample' | 'legacy'
  simulated: boolean
  epochs: number
  /** Cells the preset needs, and those not found in the data folder. */
  cells: number
  missing: string[]
  /** What must be said of the cells: those in two roles, and test cells that are not there. */
  notes: string[]
  /** Files of each role that has some, those that are not there too. */
  split: { role: RunFile['role']; files: string[] }[]
}

/** request -> [input, output, progress] */
export interface TrainingRequests {
  'training/presets': [{ data?: string }, PresetSummary[]]
  'training/start': [
    { preset: string; name: string; data?: string; epochs?: number; seed?: number },
    { id: string },
  ]
  'training/list': [Nothing, RunSummary[]]
  /** Ends when the run ends; every epoch is a progress message. Cancelling the watch leaves the run alone. */
  'training/watch': [{ id: string }, RunSummary, RunSummary]
  /** The run waits after its present epoch. */
  'training/pause': [{ id: string }, RunSummary]
  'training/continue': [{ id: string }, RunSummary]
  /** Goes on with an interrupted or failed run, from its stored state where there is one. */
  'training/resume': [{ id: string }, RunSummary]
  /** Ends a run for good: what was stored to resume it is removed. */
  'training/cancel': [{ id: string }, RunSummary]
  /** Two to eight runs side by side. */
  'training/compare': [{ ids: string[] }, RunComparison]
  /** What deleting these runs would do; nothing is done. */
  'training/deletion': [{ ids: string[] }, RunDeletion]
  /** Deletes for good what can be deleted of these runs, and says why the others stay. */
  'training/delete': [{ ids: string[] }, RunDeletion]
  /** Replaces the notes of a run. */
  'training/note': [{ id: string; notes: string }, RunSummary]
}
