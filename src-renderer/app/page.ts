import ui from '@nuxt/ui/vue-plugin'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { host } from '../host/host.ts'
import { applyWriting } from '../locales/writing.ts'
import { createAddresses } from './router.ts'
import { applyTheme } from './theme.ts'

applyTheme()
void applyWriting(host.region)
createApp(App).use(createPinia()).use(createAddresses()).use(ui).mount('#app')
