import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchBrowser } from '../test/support/browser.ts'
import { root } from './root.mjs'

// Draws assets/icons/icon.png from icon.svg, for the packages: node scripts/run.mjs scripts/drawIcon.mjs

const folder = join(root, 'assets/icons')
const browser = await launchBrowser()
const page = await browser.newPage({ viewport: { width: 512, height: 512 } })
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8')
await page.setContent(`<body style="margin:0;background:transparent">${svg}</body>`)
await page.screenshot({ path: join(folder, 'icon.png'), omitBackground: true })
await browser.close()
