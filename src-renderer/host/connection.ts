import { readonly, ref } from 'vue'

const isLost = ref(false)

/** True after a request found no program to answer it, until one is answered again. */
export const isConnectionLost = readonly(isLost)

export function noteConnection(state: 'answers' | 'lost'): void {
  isLost.value = state === 'lost'
}
