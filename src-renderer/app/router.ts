import { createRouter, createWebHashHistory, type Router } from 'vue-router'
import CellView from '../views/CellView.vue'
import CompareView from '../views/CompareView.vue'
import DatasetsView from '../views/DatasetsView.vue'
import GradingView from '../views/GradingView.vue'
import HelpView from '../views/HelpView.vue'
import ImportView from '../views/ImportView.vue'
import LibraryView from '../views/LibraryView.vue'
import ModelsView from '../views/ModelsView.vue'
import ReportsView from '../views/ReportsView.vue'
import RunComparisonView from '../views/RunComparisonView.vue'
import ScenariosView from '../views/ScenariosView.vue'
import SettingsView from '../views/SettingsView.vue'
import TrainingView from '../views/TrainingView.vue'

/** Every place has an address, so back and forward work and a link can be kept. */
export function createAddresses(): Router {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: '/library' },
      { path: '/library', component: LibraryView },
      { path: '/cells/:id', component: CellView, props: true },
      { path: '/import', component: ImportView },
      { path: '/scenarios/:id?', component: ScenariosView, props: true },
      { path: '/compare', component: CompareView },
      { path: '/training/compare', component: RunComparisonView },
      { path: '/training/:id?', component: TrainingView, props: true },
      { path: '/models/:name?', component: ModelsView, props: true },
      { path: '/grading', component: GradingView },
      { path: '/datasets', component: DatasetsView },
      { path: '/reports', component: ReportsView },
      { path: '/settings', component: SettingsView },
      { path: '/help/:section?', component: HelpView, props: true },
      { path: '/:rest(.*)*', redirect: '/library' },
    ],
  })
}
