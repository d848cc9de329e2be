/** An event whose default action a listener may prevent. */
export class Preventable {
  isPrevented = false

  preventDefault(): void {
    this.isPrevented = true
  }
}
