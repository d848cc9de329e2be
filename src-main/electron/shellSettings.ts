import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from '../services/exporting/writeFileAtomically.ts'

const settingsSchema = z.object({ hardwareAcceleration: z.boolean() })

/**
 * In the folder of the default library, or of the one that PIMOE_LIBRARY names, whichever is open; in no backup, for another
 * machine draws with other hardware.
 */
const fileName = 'window.json'

/** Whether the graphics processor draws; yes where nothing else was said, or what was said cannot be read. */
export function isAccelerated(folder: string): boolean {
  try {
    const told: unknown = JSON.parse(readFileSync(join(folder, fileName), 'utf8'))
    return settingsSchema.safeParse(told).data?.hardwareAcceleration ?? true
  } catch {
    // No file, or a damaged one: a window that opens is worth more than a setting.
    return true
  }
}

/** From the next start on. Throws `not-writable`. */
export function setAccelerated(folder: string, hardwareAcceleration: boolean): Promise<void> {
  const text = `${JSON.stringify({ hardwareAcceleration })}\n`
  return writeFileAtomically(join(folder, fileName), Buffer.from(text))
}
