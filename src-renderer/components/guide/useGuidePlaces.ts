import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { type GuideStep, useGuide } from '../../stores/guide.ts'
import { useLibrary } from '../../stores/library.ts'
import { useSaving } from '../../stores/saving.ts'
import { useScenarios } from '../../stores/scenarios.ts'

/** What a step points at, the most wanted place first; the rail leads there from elsewhere. */
export function useGuidePlaces() {
  const guide = useGuide()
  const library = useLibrary()
  const selectors: Readonly<Record<GuideStep, () => readonly string[]>> = {
    samples: () => (library.cells.length > 0 ? [] : [marked('samples'), rail('/library')]),
    open: () => [simulated, '[data-cell]', rail('/library')],
    verdict: () => [marked('verdict'), simulated, rail('/library')],
    trajectory: () => [marked('trajectory'), simulated, rail('/library')],
    scenario: () => [marked('first-scenario'), marked('new-scenario'), rail('/scenarios')],
    edit: () => [marked('edge'), rail('/scenarios')],
    pick: () => [simulated, '[data-cell][aria-selected=false]', rail('/library')],
    compare: () => [marked('compare'), rail('/library')],
    plan: () => [marked('add-scenario'), rail('/compare')],
    save: () => [marked('save-figure'), rail('/compare')],
    end: () => [],
  }

  /** The first of them that is on the page. */
  function target(): HTMLElement | null {
    if (guide.step === null) return null
    for (const selector of selectors[guide.step]()) {
      const found = document.querySelector<HTMLElement>(selector)
      if (found !== null && found.getClientRects().length > 0) return found
    }
    return null
  }

  return { target }
}

/** Whether the user did what a step asks for; steps that are only read are never done by themselves. */
export function useGuideDone() {
  const guide = useGuide()
  const route = useRoute()
  const library = useLibrary()
  const scenarios = useScenarios()
  const saving = useSaving()

  const done: Readonly<Record<GuideStep, () => boolean>> = {
    samples: () => library.cells.some(({ description }) => description.simulated),
    open: () => route.path.startsWith('/cells/'),
    verdict: () => false,
    trajectory: () => false,
    scenario: () => /^\/scenarios\/(?!new$)./.test(route.path),
    edit: () => false,
    pick: () => library.selection.size >= 2,
    compare: () => route.path === '/compare' && chosen('cells').length >= 2,
    plan: () => route.path === '/compare' && chosen('scenarios').length >= 1,
    save: () => false,
    end: () => false,
  }

  function chosen(name: string): string[] {
    const text = route.query[name]
    return typeof text === 'string' ? text.split(',').filter(Boolean) : []
  }

  /** What an act changes that leaves no lasting state of its own to be seen by; `of` tells whether it is the same thing still. */
  function traceOf(step: GuideStep | null): Trace | null {
    if (step === 'save') return { of: step, state: String(saving.exports) }
    if (step !== 'edit') return null
    const id = route.params['id']
    const blocks = scenarios.stored.find((one) => one.id === id)?.scenario.blocks
    return blocks === undefined ? null : { of: `${step} ${String(id)}`, state: JSON.stringify(blocks) }
  }

  const isDone = computed(() => guide.step !== null && done[guide.step]())
  const trace = computed(() => traceOf(guide.step))
  return { isDone, trace }
}

interface Trace {
  readonly of: string
  readonly state: string
}

const simulated = '[data-simulated][aria-selected=false]'

function marked(name: string): string {
  return `[data-guide="${name}"]`
}

function rail(path: string): string {
  return `nav a[href$="#${path}"]`
}
