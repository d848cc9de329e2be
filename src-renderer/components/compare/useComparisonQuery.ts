import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export const confidences = ['p10', 'p20', 'p50', 'p90'] as const
export const rankings = ['cycles', 'health'] as const
export const views = ['overlay', 'scenario', 'cell'] as const
export const tabs = ['ranking', 'crossings', 'matching'] as const

/** Everything chosen of a comparison stands in its address. */
export function useComparisonQuery() {
  const route = useRoute()
  const router = useRouter()

  function setQuery(change: Record<string, string>): void {
    const query = Object.fromEntries(
      Object.entries({ ...route.query, ...change }).filter(([, value]) => value !== ''),
    )
    void router.replace({ query })
  }

  function chosen(name: string) {
    const text = computed(() => (typeof route.query[name] === 'string' ? route.query[name] : ''))
    return computed<readonly string[]>({
      get: () => text.value.split(',').filter(Boolean),
      set: (values) => setQuery({ [name]: values.join(',') }),
    })
  }

  function oneOf<T extends string>(name: string, known: readonly T[], standard: T) {
    return computed<T>({
      get: () => known.find((one) => one === route.query[name]) ?? standard,
      set: (value) => setQuery({ [name]: value }),
    })
  }

  const threshold = computed({
    get: () => Number(route.query['threshold'] ?? 80),
    set: (value: number | null) => {
      if (value !== null) setQuery({ threshold: String(value) })
    },
  })
  /** Cycles ahead; null: as many as the model has steps. */
  const horizon = computed({
    get: () => (route.query['horizon'] === undefined ? null : Number(route.query['horizon'])),
    set: (value: number | null) => setQuery({ horizon: value === null ? '' : String(value) }),
  })
  return {
    cells: chosen('cells'),
    plans: chosen('scenarios'),
    confidence: oneOf('confidence', confidences, 'p50'),
    rankedBy: oneOf('by', rankings, 'cycles'),
    view: oneOf('view', views, 'overlay'),
    tab: oneOf('tab', tabs, 'ranking'),
    threshold,
    horizon,
  }
}
