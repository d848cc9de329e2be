import { computed, ref, type Ref } from 'vue'

export interface Choice {
  readonly value: string
  readonly label: string
}

/** Of thousands of choices those that hold every word of the search; the menu draws only what is in sight. */
export function useFoundChoices(choices: Ref<readonly Choice[]>) {
  const search = ref('')
  const texts = computed(() => choices.value.map((choice) => ({ choice, text: choice.label.toLowerCase() })))
  const found = computed(() => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
    return texts.value
      .filter(({ text }) => words.every((word) => text.includes(word)))
      .map(({ choice }) => choice)
  })
  return { search, found }
}
