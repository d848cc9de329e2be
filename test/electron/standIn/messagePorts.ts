import { EventEmitter } from 'node:events'

/** MessagePortMain: queues until started, clones what it sends. */
export class PortMain extends EventEmitter {
  #peer: PortMain | null = null
  #waiting: unknown[] | null = []

  link(peer: PortMain): void {
    this.#peer = peer
  }

  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const data of waiting) this.deliver(data)
  }

  postMessage(data: unknown, transfer: unknown[] = []): void {
    if (transfer.length > 0) throw new TypeError('The stand-in carries no ports over ports.')
    this.#peer?.deliver(structuredClone(data))
  }

  close(): void {
    const peer = this.#peer
    this.#peer = null
    if (!peer) return
    this.emit('close')
    peer.close()
  }

  private deliver(data: unknown): void {
    if (this.#waiting) this.#waiting.push(data)
    else queueMicrotask(() => this.emit('message', { data, ports: [] }))
  }
}

export class MessageChannelMain {
  readonly port1 = new PortMain()
  readonly port2 = new PortMain()

  constructor() {
    this.port1.link(this.port2)
    this.port2.link(this.port1)
  }
}
