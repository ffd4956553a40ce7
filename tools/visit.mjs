// Looks at pages in a browser, and says of each what is wrong and what it says.
//
// in:  [{ url, widths, schemes, forced, large, zone, now, script, axe, keys, read }]
//      widths in CSS pixels; schemes light and dark; forced true for the reader's
//      own colours, large for text of twice the size; now an instant at which
//      the page's clock stands, else the machine's; script false for none;
//      axe to check accessibility, keys to walk it with the keyboard, read a
//      selector of what to tell the text of
// out: [{ wrong: [sentence], text: [line], requests: [url], stops: [name], read: [text] }]
import { AxeBuilder } from '@axe-core/playwright'
import { contextOf, input, inTurns, launch, output } from './browser.mjs'

async function visit({ url, widths = [1280], schemes = ['light'], forced = false, large = false, zone = 'UTC', now, script = true, axe = false, keys = false, read }) {
  const context = await contextOf(browser, { timezoneId: zone, locale: 'en', javaScriptEnabled: script })
  const page = await context.newPage()
  if (now) await page.clock.setFixedTime(new Date(now))
  const wrong = [], requests = []
  page.on('console', m => m.type() === 'error' && wrong.push(`the console says: ${m.text()}`))
  page.on('pageerror', e => wrong.push(`the script fails: ${e}`))
  page.on('response', r => requests.push(r.url()))
  page.on('request', r => new URL(r.url()).origin === new URL(url).origin || wrong.push(`it asks another host: ${r.url()}`))
  await page.goto(url, { waitUntil: now ? 'networkidle' : 'load' }) // a page moves nothing before it has asked for itself
  if (forced) await page.emulateMedia({ forcedColors: 'active' })
  if (large) await page.evaluate(() => { document.documentElement.style.fontSize = '200%' })
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    if (wide > width) wrong.push(`at ${width} it is ${wide} wide: ${await page.evaluate(culprits)}`)
    for (const colorScheme of axe ? schemes : []) {
      await page.emulateMedia({ colorScheme })
      wrong.push(...(await violations(page, colorScheme === 'dark')).map(v => `${colorScheme}, at ${width}: ${v}`))
    }
  }
  const stops = keys ? await tabs(page, wrong) : []
  const text = (await page.evaluate(() => document.body.innerText)).split('\n').map(s => s.trim()).filter(Boolean)
  const told = read ? await page.locator(read).allInnerTexts() : []
  await context.close()
  return { wrong, text, requests, stops, read: told.map(s => s.trim()) }
}

// culprits names what sticks out.
const culprits = () => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.wide, pre, .text table'))
  .slice(0, 3).map(e => e.outerHTML.slice(0, 80)).join(' … ')

// violations are those of WCAG 2.2 AA and of axe's best practice. A page that
// was seen in one scheme differs in another by its colours alone.
async function violations(page, coloursAlone) {
  const builder = new AxeBuilder({ page })
  if (coloursAlone) builder.withRules(['color-contrast', 'link-in-text-block'])
  else builder.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  const { violations } = await builder.analyze()
  return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.failureSummary.replaceAll('\n', ' ')} ${n.html.slice(0, 160)}`))
}

// tabs walks the page with the keyboard alone, and names what it stops at.
async function tabs(page, wrong) {
  const due = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
    .filter(e => e.checkVisibility({ visibilityProperty: true }) && !(e.type === 'radio' && !e.checked)).length)
  const stops = []
  for (let i = 0; i < due; i++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const e = document.activeElement, label = e.labels?.[0]
      const seen = getComputedStyle(label && e.type === 'radio' ? label : e)
      const box = e.getBoundingClientRect()
      return {
        name: (label ?? e).textContent.trim() || e.getAttribute('aria-label') || e.tagName,
        outlined: [seen, getComputedStyle(e)].some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2),
        inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        body: e === document.body,
      }
    })
    if (at.body) { wrong.push(`the keyboard reaches ${i} of ${due} stops`); break }
    if (!at.outlined) wrong.push(`no focus is seen on "${at.name}"`)
    if (!at.inView) wrong.push(`the focus is out of view on "${at.name}"`)
    stops.push(at.name)
  }
  return stops
}

const browser = await launch()
output(await inTurns(input(), visit))
await browser.close()
