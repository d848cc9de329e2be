import { EventEmitter } from 'node:events'
import { pathToFileURL } from 'node:url'
import type { FromUtility, ToUtility } from './utilityProcess.ts'

// Inside the utility process: process.parentPort and ports, over the channel to the parent; then the program's own file.

class Port extends EventEmitter {
  readonly #number: number
  #waiting: unknown[] | null = []

  constructor(number: number) {
    super()
    this.#number = number
  }

  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const data of waiting) this.deliver(data)
  }

  deliver(data: unknown): void {
    if (this.#waiting) this.#waiting.push(data)
    else this.emit('message', { data, ports: [] })
  }

  postMessage(data: unknown): void {
    const message: FromUtility = { port: this.#number, data }
    process.send?.(message)
  }
}

const ports = new Map<number, Port>()
const parentPort = new EventEmitter()
Object.defineProperty(process, 'parentPort', { value: parentPort })

const early: ToUtility[] = []
let isLoaded = false
process.on('message', (message) => {
  if (isLoaded) receive(message as ToUtility)
  else early.push(message as ToUtility)
})

const [file = ''] = process.argv.splice(2, 1)
await import(pathToFileURL(file).href)
isLoaded = true
for (const message of early) receive(message)

function receive(message: ToUtility): void {
  if ('closed' in message) ports.get(message.closed)?.emit('close')
  else if ('port' in message) ports.get(message.port)?.deliver(message.data)
  else parentPort.emit('message', { data: message.data, ports: message.ports.map(addPort) })
}

function addPort(number: number): Port {
  const port = new Port(number)
  ports.set(number, port)
  return port
}
