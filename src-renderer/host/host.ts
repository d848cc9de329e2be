import { electronHost } from './electronHost.ts'
import type { Host } from './hostInterface.ts'
import { httpHost } from './httpHost.ts'

export const host: Host = window.pimoe === undefined ? httpHost() : electronHost(window.pimoe)
