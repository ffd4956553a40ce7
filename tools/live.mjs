// Holds the theme's script to what it promises between two builds.
//
// in:  { url, next, beat }: a site; what puts its next build in its place when
//      it is asked; a site that was built at 2026-11-21T15:30:00Z with a
//      freshness of 24 hours. The first two have an open incident, then none.
// out: { scenario: [sentence] }, what is wrong in each
import { input, inTurns, launch, output } from './browser.mjs'

const { url, next, beat } = input()
const begin = new Date('2026-11-21T16:00:00Z')
const minute = 60e3
const browser = await launch()

// open opens a page whose clock stands still until it is told to go on.
async function open(site, wrong, options = {}) {
  const context = await browser.newContext({ timezoneId: 'UTC', locale: 'en', viewport: { width: 400, height: 500 }, ...options })
  const page = await context.newPage()
  const asked = []
  page.on('pageerror', e => wrong.push(`the script fails: ${e}`))
  page.on('request', r => r.url().includes('/api/') && asked.push(r.url()))
  await page.clock.install({ time: begin })
  await page.goto(site)
  // The page's time passes in steps, between which the network has real time.
  const pass = async length => {
    for (let left = length; left > 0; left -= 15e3) {
      await page.clock.runFor(Math.min(left, 15e3))
      await page.waitForTimeout(40)
    }
    await page.waitForTimeout(100)
  }
  const says = async (what, is, due) => is === due || wrong.push(`${what} is ${JSON.stringify(is)}, not ${JSON.stringify(due)}`)
  return { context, page, asked, pass, says, close: () => context.close() }
}

const doubt = page => page.evaluate(() => document.documentElement.dataset.doubt ?? '')
const live = page => page.locator('#live').innerText()
const icon = page => page.evaluate(() => document.querySelector('link[rel=icon]').href.split('/').pop())

const scenarios = {
  async 'it asks at most once a minute, and only while it is seen'(wrong) {
    const { page, asked, pass, says, close } = await open(url, wrong)
    await pass(25e3)
    await says('the number of questions after 25 s', asked.length, 0)
    for (let i = 0; i < 10; i++) await pass(minute)
    if (asked.length < 4 || asked.length > 11) wrong.push(`in ten minutes it asks ${asked.length} times`)
    await page.evaluate(() => Object.defineProperty(document, 'hidden', { value: true, configurable: true }))
    const before = asked.length
    for (let i = 0; i < 5; i++) await pass(minute)
    await says('the number of questions while hidden', asked.length - before, 0)
    await page.evaluate(() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange', { bubbles: true })) })
    await pass(1000)
    await says('the number of questions on coming back', asked.length - before, 1)
    await close()
  },

  async 'it says so when it can not reach the site, backs off, and recovers'(wrong) {
    const { page, asked, pass, says, close } = await open(url, wrong)
    await page.route('**/status.json', route => route.abort())
    for (let i = 0; i < 3; i++) await pass(minute)
    await says('the doubt', await doubt(page), 'unreachable')
    await says('the icon', await icon(page), 'icon-unknown.svg')
    if (!(await live(page)).includes("can't reach")) wrong.push(`it says ${await live(page)}`)
    for (let i = 0; i < 27; i++) await pass(minute)
    if (asked.length > 6) wrong.push(`in half an hour of failures it asks ${asked.length} times`)
    await page.unroute('**/status.json')
    for (let i = 0; i < 25; i++) await pass(minute)
    await says('the doubt in the end', await doubt(page), '')
    await close()
  },

  async 'it says so when it is offline, and asks when it is back'(wrong) {
    const { context, page, asked, pass, says, close } = await open(url, wrong)
    await context.setOffline(true)
    await pass(11e3)
    await says('the doubt', await doubt(page), 'offline')
    await pass(3 * minute)
    const before = asked.length
    await context.setOffline(false) // the browser tells the page
    await pass(minute)
    await pass(11e3)
    await says('the doubt in the end', await doubt(page), '')
    if (asked.length === before) wrong.push('it does not ask')
    await close()
  },

  async 'a page that comes back from the history goes on'(wrong) {
    const { page, asked, pass, close } = await open(url, wrong)
    await page.goto(url + '/history/')
    await page.goBack()
    const before = asked.length
    await pass(2 * minute)
    if (asked.length === before) wrong.push('it does not ask')
    await close()
  },

  async 'after its freshness it can not confirm the state, and says when it was checked before'(wrong) {
    const { page, pass, says, close } = await open(beat, wrong)
    await pass(1000)
    await says('what it says of the check', await page.locator('.checked').innerText(), 'Checked Nov 21, 2026, 03:30 PM UTC')
    await says('the doubt', await doubt(page), '')
    await page.clock.setSystemTime(new Date('2026-11-22T15:31:00Z')) // as after a sleep
    await pass(11e3)
    await says('the doubt', await doubt(page), 'stale')
    if (!(await live(page)).includes("can't confirm")) wrong.push(`it says ${await live(page)}`)
    await close()
  },

  async 'a page that nobody builds any more says its date, and then that it knows nothing'(wrong) {
    for (const path of ['/', '/components/web/', '/embed/', '/uptime/']) {
      const { page, says, pass, close } = await open(url + path, wrong)
      await page.route('**/status.json', route => route.fulfill({ body: '{}' }))
      const tone = () => page.locator('.banner, .verdict, main > .facts').first().evaluate(e => getComputedStyle(e).getPropertyValue('--tone'))
      await pass(1000)
      await says(`${path}: whether it says its date today`, await page.locator('.as-of').isVisible(), false)
      await page.emulateMedia({ media: 'print' })
      await says(`${path}: whether it says its date on paper`, await page.locator('.as-of').isVisible(), true)
      await page.emulateMedia({ media: 'screen' })
      await page.clock.setSystemTime(new Date('2026-11-23T17:31:00Z')) // the page is as of 15:00 on the 21st
      await pass(11e3)
      await says(`${path}: what it says after 50 hours`, await page.locator('.as-of').innerText(), 'As of November 21, 2026')
      await says(`${path}: whether it is visible`, await page.locator('.as-of').isVisible(), true)
      await says(`${path}: the doubt after 50 hours`, await doubt(page), '')
      await page.clock.setSystemTime(new Date('2026-12-05T15:31:00Z'))
      await pass(11e3)
      await says(`${path}: the doubt after two weeks`, await doubt(page), 'old')
      await says(`${path}: the icon`, await icon(page), 'icon-unknown.svg')
      if (!(await live(page)).includes('more than two weeks')) wrong.push(`${path} says ${await live(page)}`)
      if (path !== '/uptime/') await says(`${path}: the colour`, await tone(), '#5d5952')
      await close()
    }
  },

  async 'a promise of the next update counts down and is overdue at its moment'(wrong) {
    for (const path of ['/', '/incidents/outage/']) {
      const { page, pass, says, close } = await open(url + path, wrong)
      await pass(1000)
      await says('the promise', await page.locator('.promise').innerText(), 'Next update by Nov 21, 2026, 04:30 PM UTC (in 29 minutes)')
      await pass(10 * minute)
      await says('the promise ten minutes later', await page.locator('.promise').innerText(), 'Next update by Nov 21, 2026, 04:30 PM UTC (in 19 minutes)')
      await page.clock.setSystemTime(new Date('2026-11-21T16:35:00Z'))
      await pass(11e3)
      await says('the broken promise', await page.locator('.promise.overdue').innerText(), 'The next update is overdue. It was promised by Nov 21, 2026, 04:30 PM UTC (5 minutes ago).')
      await close()
    }
  },

  async 'every date of a page is that of the site'(wrong) {
    const { page, pass, close } = await open(url, wrong, { timezoneId: 'Pacific/Auckland' })
    await pass(1000)
    for (const time of await page.locator('.day time[datetime*=T]').allInnerTexts()) {
      if (!time.startsWith('Nov 21, 2026, 08:00 AM UTC · Nov 21, 2026, 09:00 PM')) wrong.push(`a day says ${time}`)
    }
    await close()
  },

  async 'times are in the zone of the reader, and in that of the site when asked'(wrong) {
    const { page, pass, says, close } = await open(url, wrong, { timezoneId: 'Asia/Kolkata' })
    await pass(1000)
    await says('the last change', await page.locator('.changed time').innerText(), 'Nov 21, 2026, 08:00 AM UTC · Nov 21, 2026, 01:30 PM GMT+5:30 (8 hours ago)')
    await says('the period', await page.locator('.card .facts time').innerText(), 'Nov 21, 2026, 08:00 AM UTC · Nov 21, 2026, 01:30 PM GMT+5:30 (8 hours ago)')
    await page.getByRole('button').click()
    await says('the period in the zone of the site', await page.locator('.card .facts time').innerText(), 'Nov 21, 2026, 08:00 AM UTC (8 hours ago)')
    await says('the button', await page.getByRole('button').innerText(), 'Show times in my time zone')
    await pass(60 * minute)
    await says('the period an hour later', await page.locator('.card .facts time').innerText(), 'Nov 21, 2026, 08:00 AM UTC (9 hours ago)')
    await close()
  },

  // The last one, since it changes what is served.
  async 'it renews itself when the answer changes, and keeps the place of the reader'(wrong) {
    const { page, pass, says, close } = await open(url, wrong)
    for (let i = 0; i < 3; i++) await pass(minute)
    await says('the message before', await live(page), '')
    await page.locator('summary').first().click()
    const link = page.locator('.group a').first()
    await link.focus()
    const place = await page.evaluate(() => scrollY)
    await fetch(next)
    for (let i = 0; i < 3; i++) await pass(minute)
    await says('the verdict', await page.locator('h1').innerText(), 'All Systems Operational')
    await says('the message', await live(page), 'This page has just been brought up to date.')
    await says('the icon', await icon(page), 'icon-operational.svg')
    await says('the open group', await page.locator('details').first().evaluate(d => d.open), true)
    if (place === 0) wrong.push('the page is too short to keep a place')
    await close()
  },
}

const results = {}
const run = async ([name, scenario]) => {
  results[name] = []
  await scenario(results[name]).catch(e => results[name].push(String(e)))
}
const all = Object.entries(scenarios)
await inTurns(all.slice(0, -1), run)
await run(all.at(-1))
await browser.close()
output(results)
