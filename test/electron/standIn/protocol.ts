import { note } from './journal.ts'

type Respond = (request: Request) => Promise<Response>

const schemes = new Map<string, Respond>()

export const protocol = {
  registerSchemesAsPrivileged(list: { scheme: string }[]): void {
    note('registerSchemesAsPrivileged', list)
  },
  handle(scheme: string, respond: Respond): void {
    schemes.set(scheme, respond)
  },
}

export function responder(scheme: string): Respond {
  const respond = schemes.get(scheme)
  if (!respond) throw new Error(`No handler for ${scheme}:`)
  return respond
}

export const session = {
  defaultSession: {
    /** Asks the handler at once, and notes what it decides. */
    setPermissionRequestHandler(
      handler: (contents: null, permission: string, decide: (yes: boolean) => void) => void,
    ): void {
      handler(null, 'geolocation', (isGranted) => note('permissionRequest', isGranted))
    },
    setPermissionCheckHandler(handler: () => boolean): void {
      note('permissionCheck', handler())
    },
  },
}
