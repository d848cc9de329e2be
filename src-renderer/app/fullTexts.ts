/** What is cut off for want of room is told in full by the pointer: on whatever it rests, unless that has a title of its own. */
export function tellFullTexts(): void {
  document.addEventListener('pointerover', ({ target }) => {
    if (target instanceof Element) tell(target)
  })
}

function tell(from: Element): void {
  for (let element: Element | null = from; element !== null; element = element.parentElement) {
    const { told } = (element as HTMLElement).dataset
    if (element.hasAttribute('title') && told === undefined) return
    const text = cutOff(element)
    if (text !== null) {
      element.setAttribute('title', text)
      ;(element as HTMLElement).dataset['told'] = ''
      return
    }
    if (told !== undefined) {
      element.removeAttribute('title')
      delete (element as HTMLElement).dataset['told']
    }
  }
}

/** The whole text of what shows only its beginning; null where all of it is seen. */
function cutOff(element: Element): string | null {
  if (element.scrollWidth <= element.clientWidth) return null
  if (element instanceof HTMLInputElement) return element.type === 'text' ? element.value : null
  return getComputedStyle(element).textOverflow === 'ellipsis' ? element.textContent.trim() : null
}
