import ui from '@nuxt/ui/vue-plugin'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { createAddresses } from './router.ts'
import { applyTheme } from './theme.ts'

applyTheme()
createApp(App).use(createPinia()).use(createAddresses()).use(ui).mount('#app')
