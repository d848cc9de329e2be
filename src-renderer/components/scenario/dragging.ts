/** What a pointer does to an edge: `moved` gets its place in the frame as fractions from the left and from below. */
export interface EdgeDrag {
  readonly frame: HTMLElement
  readonly moved: (place: { x: number; y: number }) => void
  readonly ended: () => void
}

/** Follows the pointer that pressed a handle until it is let go or taken away. */
export function followPointer(event: PointerEvent, { frame, moved, ended }: EdgeDrag): void {
  if (event.button !== 0) return
  const handle = event.currentTarget as HTMLElement
  const box = frame.getBoundingClientRect()
  event.preventDefault()
  handle.focus()
  handle.setPointerCapture(event.pointerId)
  handle.onpointermove = (move) => {
    moved({ x: (move.clientX - box.left) / box.width, y: (box.bottom - move.clientY) / box.height })
  }
  handle.onpointerup = handle.onpointercancel = () => {
    handle.onpointermove = handle.onpointerup = handle.onpointercancel = null
    ended()
  }
}

/** By how much an arrow key moves an edge; null for any other key. */
export function steps({ key, shiftKey }: KeyboardEvent, large: number): number | null {
  const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[key]
  return direction === undefined ? null : direction * (shiftKey ? large : 1)
}
