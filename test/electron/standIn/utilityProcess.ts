import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { PortMain } from './messagePorts.ts'

/** To the child: a message with ports by number, something for one of its ports, or that port's end. */
export type ToUtility =
  { data: unknown; ports: number[] } | { port: number; data: unknown } | { closed: number }
/** From the child: something from one of its ports. */
export interface FromUtility {
  port: number
  data: unknown
}

class Utility extends EventEmitter {
  readonly #child: ChildProcess
  readonly #ports: PortMain[] = []

  constructor(file: string, args: string[], env: NodeJS.ProcessEnv) {
    super()
    this.#child = fork(new URL('./utilityEntry.ts', import.meta.url), [file, ...args], {
      serialization: 'advanced',
      env,
    })
    this.#child.on('message', (message) => {
      const { port, data } = message as FromUtility
      this.#ports[port]?.postMessage(data)
    })
    this.#child.on('exit', (code) => this.emit('exit', code ?? 1))
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null ? this.#child.pid : undefined
  }

  postMessage(data: unknown, transfer: PortMain[] = []): void {
    this.#send({ data, ports: transfer.map((port) => this.#adopt(port)) })
  }

  kill(): boolean {
    return this.#child.kill()
  }

  #adopt(port: PortMain): number {
    const number = this.#ports.push(port) - 1
    port.on('message', ({ data }: { data: unknown }) => this.#send({ port: number, data }))
    port.on('close', () => this.#send({ closed: number }))
    port.start()
    return number
  }

  #send(message: ToUtility): void {
    if (this.#child.connected) this.#child.send(message)
  }
}

export const utilityProcess = {
  fork: (file: string, args: string[], { env }: { env: NodeJS.ProcessEnv }): Utility =>
    new Utility(file, args, env),
}
