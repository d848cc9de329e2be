import { createRouter, createWebHashHistory, type Router } from 'vue-router'
import { noteConnection } from '../host/connection.ts'
import LibraryView from '../views/LibraryView.vue'

/** Loaded when they are opened, or when the window has nothing else to do: the library's rows wait for none of them. */
const views = {
  cell: () => import('../views/CellView.vue'),
  import: () => import('../views/ImportView.vue'),
  scenarios: () => import('../views/ScenariosView.vue'),
  compare: () => import('../views/CompareView.vue'),
  runComparison: () => import('../views/RunComparisonView.vue'),
  training: () => import('../views/TrainingView.vue'),
  models: () => import('../views/ModelsView.vue'),
  grading: () => import('../views/GradingView.vue'),
  datasets: () => import('../views/DatasetsView.vue'),
  reports: () => import('../views/ReportsView.vue'),
  settings: () => import('../views/SettingsView.vue'),
  help: () => import('../views/HelpView.vue'),
}

/** Every place has an address, so back and forward work and a link can be kept. */
export function createAddresses(): Router {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: '/library' },
      { path: '/library', component: LibraryView },
      { path: '/cells/:id', component: views.cell, props: true },
      { path: '/import', component: views.import },
      { path: '/scenarios/:id?', component: views.scenarios, props: true },
      { path: '/compare', component: views.compare },
      { path: '/training/compare', component: views.runComparison },
      { path: '/training/:id?', component: views.training, props: true },
      { path: '/models/:name?', component: views.models, props: true },
      { path: '/grading', component: views.grading },
      { path: '/datasets', component: views.datasets },
      { path: '/reports', component: views.reports },
      { path: '/settings', component: views.settings },
      { path: '/help/:section?', component: views.help, props: true },
      { path: '/:rest(.*)*', redirect: '/library' },
    ],
  })
  // A place that does not come was asked of a program that is gone; the frame tells.
  router.onError(() => noteConnection('lost'))
  return router
}

/** Loads the other places one after the other while the window is idle: then they open at once, and without the program. */
export async function loadPlaces(): Promise<void> {
  for (const view of Object.values(views)) {
    await idle()
    await view().catch(() => null)
  }
}

function idle(): Promise<unknown> {
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in window)) return new Promise((resolve) => setTimeout(resolve, 50))
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }))
}
