// Holds the theme's scripts to what they promise of an open page.
//
// in:  { name: url }, a site in several states; see live_test.go
// out: { scenario: [sentence] }, what is wrong in each
import { input, inTurns, launch, output } from './browser.mjs'

const sites = input()
const begin = Date.parse('2026-11-21T16:00:00Z'), minute = 60e3, hour = 60 * minute, day = 24 * hour
const browser = await launch()

// open opens a page in a world of its own: what time it truly is, how wrong the reader's
// clock is, and what the network answers.
async function open(wrong, { site = 'open', path = '/', skew = 0, zone = 'UTC', locale = 'en-US', init, world = {}, ...options } = {}) {
  const context = await browser.newContext({ timezoneId: zone, locale, viewport: { width: 400, height: 500 }, ...options })
  const page = await context.newPage()
  world = Object.assign(world, { truth: begin, age: 0, serves: site, asked: [], scripts: [], waiting: 0, ...world })
  page.on('pageerror', e => wrong.push(`the script fails: ${e}`))
  const own = sites[site] + path
  await context.route('**/*', async route => {
    const url = route.request().url(), asked = route.request().resourceType() === 'fetch'
    if (asked) world.asked.push(url.slice(sites[site].length))
    else if (/(renew|card)\.js$/.test(url)) world.scripts.push(url)
    world.waiting++
    await (asked && world.answer ? world.answer(route) : proxy(route)).catch(() => {}) // the page may be gone
    world.waiting--
  })
  // proxy answers as the site that the world serves now does.
  const proxy = async route => {
    const url = route.request().url().replace(sites[site], sites[world.serves])
    const response = await route.fetch({ url }), age = world.age
    const headers = { ...response.headers(), date: new Date(world.truth - age).toUTCString() }
    if (age) headers.age = String(age / 1e3)
    await route.fulfill({ response, headers })
  }
  world.proxy = proxy
  const now = () => world.truth + skew
  await page.clock.install({ time: now() })
  await page.addInitScript(count)
  if (init) await page.addInitScript(init)
  await page.goto(own)
  await settled(page, world)
  // The page's time passes in steps, between which the network has its own.
  const pass = async (length, step = 15e3) => {
    for (let left = length; left > 0; left -= step) {
      world.truth += Math.min(left, step)
      await page.clock.runFor(Math.min(left, step))
      await settled(page, world)
    }
  }
  const is = (what, got, due) => {
    const same = due instanceof RegExp ? due.test(got) : got === due
    if (!same) wrong.push(`${what} is ${JSON.stringify(got)}, not ${due instanceof RegExp ? due : JSON.stringify(due)}`)
  }
  // A sleep: the clocks go on, and nothing else does.
  const sleep = async length => { world.truth += length; await page.clock.setSystemTime(new Date(now())) }
  const text = selector => page.locator(selector).first().innerText()
  const state = () => page.evaluate(() => ({
    doubt: document.documentElement.dataset.doubt ?? '', title: document.title, live: document.querySelector('#live').textContent.trim(),
    icon: document.querySelector('link[rel=icon]').getAttribute('href').split('/').pop(), verdict: (document.querySelector('.verdict') ?? document.querySelector('h1')).textContent,
  }))
  // What the page says of the present, with no words of its legend.
  const says = () => page.evaluate(() => [...document.querySelectorAll('main *')].filter(e => !e.closest('.legend') && e.checkVisibility())
    .flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim())).join(' ') + document.querySelector('#live').textContent)
  const become = (hidden) => page.evaluate(value => {
    if (value) Object.defineProperty(document, 'hidden', { value, configurable: true })
    else delete document.hidden
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }, hidden).then(() => settled(page, world))
  return { context, page, world, pass, sleep, is, text, says, state, become, close: () => context.close() }
}

// count counts the answers that a page waits for.
function count() {
  window.pending = 0
  const counted = work => function (...of) {
    window.pending++
    const done = () => window.pending--
    const result = work.apply(this, of)
    result.then(done, done)
    return result
  }
  window.fetch = counted(window.fetch)
  Response.prototype.text = counted(Response.prototype.text)
}

// settled waits until a page has what it asked for, and has read it.
async function settled(page, world) {
  const busy = () => page.evaluate(() => new Promise(done => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => done(window.pending > 0)
    port2.postMessage(0)
  }))
  do {
    while (world.waiting > 0) await new Promise(done => setTimeout(done, 2))
    for (const url of world.scripts) await page.evaluate(url => import(url).catch(() => {}), url)
  } while (await busy() || world.waiting > 0)
}

const clockAt = at => ({ world: { truth: Date.parse(at) } })
const answer = (status, body, type = 'text/html; charset=utf-8', headers = {}) => route => route.fulfill({ status, body, contentType: type, headers })
const down = route => route.abort()

const scenarios = {
  // ---- The page asks for itself

  async 'it asks for itself, at most once a minute'(wrong) {
    const { world, pass, is, close } = await open(wrong, { site: 'quiet' })
    is('what it asks at load', world.asked.join(), '')
    await pass(10 * minute)
    if (world.asked.length < 6 || world.asked.length > 11) wrong.push(`in ten minutes it asks ${world.asked.length} times`)
    is('what it asks for', [...new Set(world.asked)].join(), '/')
    await close()
  },

  async 'a tab that nobody sees asks seldom, and at once when it is seen again'(wrong) {
    const { world, pass, is, become, close } = await open(wrong)
    await become(true)
    const before = world.asked.length
    await pass(9 * minute)
    is('the questions in nine minutes', world.asked.length - before, 0)
    world.serves = 'over'
    await pass(3 * minute)
    is('the questions in twelve minutes', world.asked.length - before, 1)
    await pass(5 * minute)
    await become(false)
    is('the questions on coming back', world.asked.length - before, 2)
    await close()
  },

  async 'it shows what is new, and says it once'(wrong) {
    const { page, world, pass, is, state, close } = await open(wrong)
    await page.evaluate(() => {
      window.said = []
      new MutationObserver(() => said.push(document.querySelector('#live').textContent)).observe(document.querySelector('#live'), { childList: true })
    })
    is('the verdict before', (await state()).verdict, /^Major System Outage/)
    world.serves = 'over'
    await pass(5 * minute)
    const now = await state()
    is('the verdict', now.verdict, 'All Systems Operational')
    is('the icon', now.icon, 'icon-operational.svg')
    is('what it says', (await page.evaluate(() => said)).map(s => s.split(' · ')[0]).join(), 'All Systems Operational')
    is('how it says it', await page.locator('#live').getAttribute('role'), 'status')
    await close()
  },

  async 'a page of one event says its own news'(wrong) {
    const { world, pass, is, state, text, close } = await open(wrong, { path: '/incidents/outage/' })
    world.serves = 'over'
    await pass(2 * minute)
    is('the message', (await state()).live, /resolved/i)
    is('the facts', await text('main .facts'), /resolved/i)
    await close()
  },

  async 'it never shows an answer that is older than what it shows'(wrong) {
    const { world, pass, is, state, close } = await open(wrong, { site: 'over' })
    world.serves = 'before'
    await pass(10 * minute)
    const now = await state()
    is('the verdict', now.verdict, 'All Systems Operational')
    is('the doubt', now.doubt, 'outdated')
    world.serves = 'over'
    await pass(2 * minute)
    is('the doubt in the end', (await state()).doubt, '')
    await close()
  },

  async 'of two answers of one instant, a cache with the older one is not believed'(wrong) {
    const { world, pass, is, text, state, close } = await open(wrong, { site: 'edited' })
    await pass(2 * minute)
    world.serves = 'open'
    world.age = 30 * minute
    await pass(80e3)
    is('the text', await text('main'), /We look closely/)
    world.serves = 'edited'
    world.age = 0
    await pass(2 * minute)
    is('the doubt', (await state()).doubt, '')
    await close()
  },

  async 'what is no page of the site never replaces it'(wrong) {
    const page = '<!doctype html><html lang="en"><title>Login</title><main id="main"><h1>Log in</h1></main><p id="live"></p></html>'
    const other = async (path, site) => (await fetch(sites[site] + path)).text()
    const answers = {
      'a captive portal': answer(200, page),
      'an error': answer(500, await other('/', 'over')),
      'nothing': answer(404, await other('/404.html', 'over')),
      'a page that is no longer there, with 200': answer(200, await other('/404.html', 'over')),
      'another page of the site': answer(200, await other('/history/', 'over')),
      'another language': answer(200, (await other('/', 'over')).replace('lang="en"', 'lang="de"')),
      'the page of another program': answer(200, (await other('/', 'over')).replace('content="allclear"', 'content="Other"')),
      'the page of another site': answer(200, (await other('/', 'over')).replaceAll('status.example.com', 'status.example.net')),
      'text': answer(200, await other('/', 'over'), 'text/plain'),
      'half a page': answer(200, (await other('/', 'over')).split('<main')[0]),
      'a redirect to another host': answer(302, '', 'text/html', { location: sites.quiet + '/' }),
    }
    for (const [name, given] of Object.entries(answers)) {
      const { world, pass, is, state, close } = await open(wrong, { world: { answer: given } })
      await pass(3 * minute)
      const now = await state()
      is(`${name}: the verdict`, now.verdict, /^Major System Outage/)
      is(`${name}: the doubt`, now.doubt, 'unreachable')
      world.answer = undefined
      await pass(2 * minute)
      is(`${name}: the doubt in the end`, (await state()).doubt, '')
      await close()
    }
  },

  // ---- A reader's place

  async 'a reader at the top sees no bar'(wrong) {
    const { page, world, pass, is, close } = await open(wrong)
    world.serves = 'over'
    await pass(2 * minute)
    is('the height of the message', await page.locator('#live').evaluate(e => e.getBoundingClientRect().height < 2), true)
    await close()
  },

  // ---- Doubt

  async 'one failure is no doubt, two are'(wrong) {
    const { world, pass, is, state, text, close } = await open(wrong)
    world.answer = down
    let doubt = ''
    for (let i = 0; i < 40 && !doubt; i++) {
      const before = world.asked.length
      await pass(5e3, 5e3)
      doubt = (await state()).doubt
      if (doubt && world.failed + world.asked.length - before < 2) wrong.push('it doubts after one failure')
      world.failed = (world.failed ?? 0) + world.asked.length - before
    }
    const now = await state()
    is('the failures', world.failed, 2)
    is('the doubt', doubt, 'unreachable')
    is('the icon', now.icon, 'icon-unknown.svg')
    is('the title', now.title, /^Last known: /)
    is('the message', now.live, /Last known status: /)
    is('what is said of the check', await text('.checked'), '')
    const before = world.asked.length
    await pass(30 * minute)
    if (world.asked.length - before < 15) wrong.push(`in half an hour it asks ${world.asked.length - before} times again`)
    world.answer = undefined
    await pass(2 * minute)
    const end = await state()
    is('the doubt in the end', end.doubt, '')
    is('the title in the end', end.title.includes('Last known'), false)
    is('the icon in the end', end.icon, 'icon-major.svg')
    await close()
  },

  async 'one failure alone leaves no trace'(wrong) {
    const { world, pass, is, state, close } = await open(wrong, { site: 'quiet' })
    let failures = 0
    world.answer = route => failures++ < 1 ? down(route) : world.proxy(route)
    for (let i = 0; i < 30; i++) {
      await pass(5e3, 5e3)
      is('the doubt', (await state()).doubt, '')
      is('the message', (await state()).live, '')
    }
    is('the failures', failures > 1, true)
    await close()
  },

  async 'doubt is grey in every sign'(wrong) {
    for (const path of ['/', '/components/web/', '/incidents/outage/', '/embed/']) {
      const { page, world, pass, is, close } = await open(wrong, { path })
      const colours = () => page.evaluate(() => [...document.querySelectorAll('main .icon, main .bars path, .banner, .verdict')].filter(e => e.checkVisibility()).flatMap(e => {
        const s = getComputedStyle(e)
        return [s.fill, s.borderColor, s.backgroundColor, s.color].map(c => (c.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number))
      }).filter(([r, g, b]) => Math.max(r, g, b) - Math.min(r, g, b) > 40 && !/srgb/.test(r)).map(c => c.join()))
      if ((await colours()).length === 0) wrong.push(`${path} has no colour without a doubt`)
      world.answer = down
      await pass(3 * minute)
      is(`${path}: the colours`, [...new Set(await colours())].join(' '), '')
      await close()
    }
  },

  async 'a reader who comes back, or is online again, is told at once'(wrong) {
    const { world, page, pass, is, become, state, close } = await open(wrong)
    world.answer = down
    await pass(10 * minute)
    await become(true)
    world.answer = undefined
    await become(false)
    is('the doubt on coming back', (await state()).doubt, '')
    world.answer = down
    await pass(10 * minute)
    world.answer = undefined
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await settled(page, world)
    is('the doubt when online again', (await state()).doubt, '')
    await close()
  },

  async 'it says that the reader is offline'(wrong) {
    const { context, world, pass, is, state, close } = await open(wrong)
    world.answer = down
    await context.setOffline(true)
    await pass(minute)
    is('the doubt', (await state()).doubt, 'offline')
    world.answer = undefined
    await context.setOffline(false)
    await pass(minute)
    is('the doubt in the end', (await state()).doubt, '')
    await close()
  },

  async 'it says when it was checked, where it was'(wrong) {
    const { world, pass, is, text, close } = await open(wrong)
    await pass(20e3, 5e3)
    is('what it says', await text('.checked'), /^Last checked [123]0 seconds ago$/)
    world.age = day
    await pass(3 * minute)
    is('what it says of the answer of a cache', await text('.checked'), '')
    await close()
  },

  async 'a page that comes back from the history asks at once'(wrong) {
    const { page, world, is, close } = await open(wrong, { site: 'quiet' })
    const before = world.asked.length
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
    await settled(page, world)
    is('the questions', world.asked.length - before, 1)
    await close()
  },

  // ---- The clock

  async 'a clock that is days off shows nothing false'(wrong) {
    for (const skew of [-2 * day, 2 * day, -3 * hour, 3 * hour]) {
      for (const [path, due] of [['/', 1], ['/embed/', 1], ['/maintenance/work/', 1], ['/components/web/', 1], ['/history/2026/11/', 1]]) {
        const { page, world, pass, is, says, text, state, close } = await open(wrong, { site: 'work', path, skew, world: { answer: down } })
        is(`${path}, ${skew}: the questions at load`, world.asked.length >= due, true)
        if (/in progress|completed|ago|in \d|verdue|As of/i.test(await says())) wrong.push(`${path}, ${skew}: without an answer it says ${await says()}`)
        world.answer = undefined
        await pass(2 * minute)
        is(`${path}, ${skew}: the doubt`, (await state()).doubt, '')
        if (/in progress|completed|verdue|As of/i.test(await says())) wrong.push(`${path}, ${skew}: it says ${await says()}`)
        if (path === '/maintenance/work/') is('how far the next update is', await text('main'), /in 2[678] minutes/)
        world.truth += 35 * minute
        await page.clock.runFor(35 * minute)
        await settled(page, world)
        await pass(minute)
        is(`${path}, ${skew}: after its begin`, /in progress|under maintenance/i.test(await says()), true)
        await close()
      }
    }
  },

  async 'the age of an answer from a cache counts, in both ways of counting'(wrong) {
    for (const renewed of [false, true]) {
      const { page, world, pass, is, says, close } = await open(wrong, { site: 'work', skew: 0, world: { age: 40 * minute } })
      if (renewed) world.answer = async route => {
        const response = await route.fetch()
        await route.fulfill({ response, headers: { ...response.headers(), date: new Date(world.truth).toUTCString(), age: '2400' } })
      }
      await pass(2 * minute)
      is(`${renewed}: whether the work has begun`, /in progress|under maintenance/i.test(await says()), false)
      await pass(30 * minute)
      is(`${renewed}: whether it has begun later`, /in progress|under maintenance/i.test(await says()), true)
      await close()
    }
    const { pass, is, says, close } = await open(wrong, { site: 'work', skew: -2 * day, world: { age: 40 * minute, truth: begin + 32 * minute } })
    await pass(20e3)
    is('whether the work has begun for a slow clock', /in progress|under maintenance/i.test(await says()), true)
    await close()
  },

  async 'an answer without a date moves nothing'(wrong) {
    const { page, world, pass, is, says, close } = await open(wrong, { site: 'work', skew: 2 * day, world: {
      answer: async route => {
        const response = await route.fetch(), { date, ...headers } = response.headers()
        await route.fulfill({ response, headers })
      },
    } })
    await pass(5 * minute)
    is('whether the work has begun', /in progress|under maintenance|in \d+ min|ago/i.test(await says()), false)
    is('the questions', world.asked.length > 2, true)
    await close()
  },

  async 'a clock that the reader sets changes nothing'(wrong) {
    const { page, world, pass, is, says, close } = await open(wrong, { site: 'work' })
    await pass(minute)
    await page.clock.setSystemTime(new Date(world.truth + 2 * day))
    await pass(3 * minute)
    is('whether the work has begun', /in progress|under maintenance/i.test(await says()), false)
    await close()
  },

  async 'after a sleep it asks before it moves anything'(wrong) {
    const { world, pass, sleep, is, says, state, close } = await open(wrong, { site: 'work' })
    await pass(minute)
    world.answer = down
    await sleep(8 * hour)
    const before = world.asked.length
    await pass(10e3, 10e3)
    is('the questions', world.asked.length - before, 1)
    is('whether the work has begun', /in progress|under maintenance/i.test(await says()), false)
    world.answer = undefined
    await pass(minute)
    is('whether it is over', /completed|All Systems Operational/i.test(await says()), true)
    is('the doubt', (await state()).doubt, '')
    await close()
  },

  async 'a page that nobody builds any more says its date, and then that it knows nothing'(wrong) {
    for (const path of ['/', '/components/web/', '/embed/', '/uptime/']) {
      const { page, world, is, state, pass, text, close } = await open(wrong, { path, skew: 3 * day })
      await pass(minute)
      is(`${path}: whether it says its date today`, await page.locator('.as-of').first().isVisible(), false)
      await page.emulateMedia({ media: 'print' })
      is(`${path}: whether it says its date on paper`, await page.locator('.as-of').first().isVisible(), true)
      await page.emulateMedia({ media: 'screen' })
      world.truth = Date.parse('2026-11-23T17:31:00Z') // the page is as of 15:00 on the 21st
      await page.clock.setSystemTime(new Date(world.truth + 3 * day))
      await pass(minute)
      is(`${path}: what it says after 50 hours`, await text('.as-of'), /^As of November 21, 2026/)
      is(`${path}: whether it is visible`, await page.locator('.as-of').first().isVisible(), true)
      is(`${path}: the doubt after 50 hours`, (await state()).doubt, '')
      world.truth = Date.parse('2026-12-05T15:31:00Z')
      await page.clock.setSystemTime(new Date(world.truth + 3 * day))
      await pass(minute)
      is(`${path}: the doubt after two weeks`, (await state()).doubt, 'old')
      is(`${path}: the icon`, (await state()).icon, 'icon-unknown.svg')
      is(`${path}: what it says`, (await state()).live, /Last known status/)
      await close()
    }
  },

  async 'a promise of the next update counts down and is overdue at its moment'(wrong) {
    for (const path of ['/', '/incidents/outage/']) {
      const { pass, is, text, close } = await open(wrong, { path, skew: -40 * minute })
      await pass(minute)
      is('the promise', await text('.promise'), /^Next update by .*\(in (28|29) minutes\)/)
      await pass(10 * minute)
      is('the promise ten minutes later', await text('.promise'), /\(in 1[89] minutes\)/)
      await pass(25 * minute)
      is('the broken promise', await text('.promise.overdue'), /overdue.*\([56] minutes ago\)/)
      await close()
    }
  },

  // ---- The heartbeat

  async 'after its freshness it can not confirm the state'(wrong) {
    const { pass, world, is, text, sleep, state, close } = await open(wrong, { site: 'fresh', skew: 2 * day })
    await pass(minute)
    is('the doubt with a wrong clock', (await state()).doubt, '')
    is('what it says of the check', await text('.checked'), /^Last checked 3[01] minutes ago/)
    await sleep(24 * hour)
    await pass(minute)
    is('the doubt', (await state()).doubt, 'stale')
    is('what it says', (await state()).live, /can.t confirm/)
    is('what it asks', [...new Set(world.asked)].sort().join(), '/,/api/v2/heartbeat.json')
    await close()
  },

  async 'a heartbeat of another age than the page proves nothing'(wrong) {
    const beat = (built, updated) => answer(200, JSON.stringify({ page: { updated_at: updated }, built_at: built }), 'application/json')
    const { world, pass, is, text, state, close } = await open(wrong, { site: 'fresh' })
    await pass(minute)
    // The page is the one of the day before, and the heartbeat is new: it is no proof of the page.
    world.answer = route => /heartbeat/.test(route.request().url())
      ? beat(new Date(world.truth).toISOString(), new Date(world.truth - minute).toISOString())(route) : world.proxy(route)
    await pass(3 * minute)
    is('what it says of the check', await text('.checked'), /^Last checked 3[345] minutes ago$/)
    // An old heartbeat is no reason to doubt what was known.
    world.answer = route => /heartbeat/.test(route.request().url()) ? beat('2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z')(route) : world.proxy(route)
    await pass(3 * minute)
    is('the doubt', (await state()).doubt, '')
    world.answer = route => /heartbeat/.test(route.request().url()) ? answer(404, '')(route) : world.proxy(route)
    await pass(5 * minute)
    is('the doubt where the heartbeat is gone, but was there an hour ago', (await state()).doubt, '')
    await close()
  },

  async 'a page whose heartbeat never answers can not confirm its state'(wrong) {
    const { pass, is, state, close } = await open(wrong, { site: 'fresh', world: { answer: undefined } })
    await close()
    const world = {}
    world.answer = route => /heartbeat/.test(route.request().url()) ? down(route) : world.proxy(route)
    const other = await open(wrong, { site: 'fresh', world })
    await other.pass(4 * minute)
    other.is('the doubt', (await other.state()).doubt, 'stale')
    await other.close()
  },
}

const results = {}
await inTurns(Object.entries(scenarios).filter(([name]) => !process.env.ONLY || name.includes(process.env.ONLY)), async ([name, scenario]) => {
  results[name] = []
  await scenario(results[name]).catch(e => results[name].push(String(e.stack)))
})
await browser.close()
output(results)
