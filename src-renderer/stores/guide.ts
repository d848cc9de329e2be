import { defineStore } from 'pinia'
import { ref, watch } from 'vue'

/** Steps of the tour, in order. */
export const guideSteps = [
  'samples',
  'open',
  'verdict',
  'trajectory',
  'scenario',
  'edit',
  'pick',
  'compare',
  'plan',
  'save',
  'end',
] as const
export type GuideStep = (typeof guideSteps)[number]

const key = 'pimoe-guide'

/** Where the tour stands; null while none is taken. It goes on after a reload. */
export const useGuide = defineStore('guide', () => {
  const step = ref<GuideStep | null>(guideSteps.find((one) => one === localStorage.getItem(key)) ?? null)
  watch(step, (next) => (next === null ? localStorage.removeItem(key) : localStorage.setItem(key, next)))

  function start(): void {
    step.value = guideSteps[0]
  }

  function end(): void {
    step.value = null
  }

  /** Steps forward or back; before the first and after the last it stays. */
  function move(by: 1 | -1): void {
    if (step.value !== null) step.value = guideSteps[guideSteps.indexOf(step.value) + by] ?? step.value
  }

  return { step, start, end, move }
})
