// Opens pages that try to run a script and to leave a service worker behind. Reads
// {url, pages}, writes for each page what it managed to do.
import { contextOf, input, launch, output } from './browser.mjs'

const { url, pages } = input()
const browser = await launch()
try {
  const context = await contextOf(browser)
  const result = {}
  for (const path of pages) {
    const page = await context.newPage()
    await page.goto(url + path)
    await page.waitForLoadState('load')
    const said = () => page.evaluate(() => document.documentElement.getAttribute('data-did') ?? '')
    if (await said()) await page.waitForFunction(() => /registered|refused/.test(document.documentElement.getAttribute('data-did')))
    const did = (await said()).split(',').filter(Boolean)
    await page.close()
    // Whatever the page says: is there a worker?
    const other = await context.newPage()
    await other.goto(url + '/')
    const workers = await other.evaluate(() => navigator.serviceWorker.getRegistrations().then(all => all.length))
    if (workers > 0) did.push('worker')
    await other.close()
    result[path] = did
  }
  output(result)
} finally {
  await browser.close()
}
