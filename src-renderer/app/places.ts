import { t } from '../locales/en.ts'

export interface Place {
  readonly path: string
  readonly label: string
  readonly icon: string
}

/** The key that leads, with Alt, to the nth place from 0. */
export function placeKey(index: number): string {
  return String((index + 1) % 10)
}

/** The rail, top to bottom; the nth is reached by Alt+n, the tenth by Alt+0. */
export const places: readonly Place[] = [
  { path: '/library', label: t.places.library, icon: 'i-lucide-battery-full' },
  { path: '/import', label: t.places.import, icon: 'i-lucide-file-down' },
  { path: '/scenarios', label: t.places.scenarios, icon: 'i-lucide-route' },
  { path: '/compare', label: t.places.compare, icon: 'i-lucide-chart-spline' },
  { path: '/training', label: t.places.training, icon: 'i-lucide-activity' },
  { path: '/models', label: t.places.models, icon: 'i-lucide-box' },
  { path: '/grading', label: t.places.grading, icon: 'i-lucide-list-checks' },
  { path: '/reports', label: t.places.reports, icon: 'i-lucide-files' },
  { path: '/datasets', label: t.places.datasets, icon: 'i-lucide-database' },
  { path: '/settings', label: t.places.settings, icon: 'i-lucide-settings' },
]
