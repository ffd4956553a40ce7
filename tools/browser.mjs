// What the scripts that drive a browser share: its start, and how they talk
// to the test that runs them.
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

export const input = () => JSON.parse(readFileSync(0, 'utf8'))
export const output = value => process.stdout.write(JSON.stringify(value))

export const launch = () => chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'],
})

// contextOf opens a reader's browser of its own. How long a page takes says what
// else the machine does, so it waits long: what never comes still ends the test.
export async function contextOf(browser, options) {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(180_000)
  return context
}

// inTurns does all the work with a few at a time, and keeps the order.
export async function inTurns(items, work, few = 3) {
  const results = new Array(items.length)
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const i = next++
      results[i] = await work(items[i])
    }
  }
  await Promise.all(Array.from({ length: few }, worker))
  return results
}
