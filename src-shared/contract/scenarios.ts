import type { Scenario } from '../forecast/scenario.ts'
import type { ScenarioPreset } from '../forecast/scenarioPresets.ts'

/** The newest version of a scenario. */
export interface StoredScenario {
  id: string
  scenario: Scenario
  /** 1, 2, …; saved again is a version more. */
  version: number
  changedAt: string
}

export interface ScenarioVersion {
  version: number
  scenario: Scenario
  savedAt: string
}

type Nothing = Record<string, never>

/** request -> [input, output] */
export interface ScenarioRequests {
  'scenarios/list': [Nothing, StoredScenario[]]
  /**
   * Saves a new scenario, or a new version of one. `amends` names the newest version as the one that this same edit began:
   * it is then written over. Nothing is saved where nothing differs.
   */
  'scenarios/save': [{ id?: string; scenario: Scenario; amends?: number }, StoredScenario]
  /** Reads a scenario file, as the command line takes it, and saves it under a name that is free. */
  'scenarios/import': [{ path: string }, StoredScenario]
  /** Every version, newest first. */
  'scenarios/versions': [{ id: string }, ScenarioVersion[]]
  'scenarios/remove': [{ id: string }, { removed: number }]
  /** Undo of scenarios/remove, with every version. */
  'scenarios/restore': [{ id: string }, StoredScenario]
  /** Common second uses, to begin from. */
  'scenarios/presets': [Nothing, ScenarioPreset[]]
}
