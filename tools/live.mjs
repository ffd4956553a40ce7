// Holds the theme's scripts to what they promise of an open page.
//
// in:  { name: url }, a site in several states; see live_test.go
// out: { scenario: [sentence] }, what is wrong in each
import { contextOf, input, inTurns, launch, output } from './browser.mjs'

const sites = input()
const begin = Date.parse('2026-11-21T16:00:00Z'), minute = 60e3, hour = 60 * minute, day = 24 * hour
const browser = await launch()

// open opens a page in a world of its own: what time it truly is, how wrong the reader's
// clock is, and what the network answers.
async function open(wrong, { site = 'open', path = '/', skew = 0, zone = 'UTC', locale = 'en-US', init, world = {}, ...options } = {}) {
  const context = await contextOf(browser, { timezoneId: zone, locale, viewport: { width: 400, height: 500 }, ...options })
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
    if (world.policy) headers['content-security-policy'] = world.policy
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
  const says = () => page.evaluate(() => [...document.querySelectorAll('main *')].filter(e => !e.closest('.legend, .axis') && e.checkVisibility())
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

// shown waits until something is there, whose script may not be asked for yet, and has
// what it asked for.
async function shown(page, world, selector) {
  await page.locator(selector).waitFor()
  await settled(page, world)
}

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

  async 'a reader who has scrolled sees a quiet bar, and nothing moves'(wrong) {
    const { page, world, pass, is, state, close } = await open(wrong, { site: 'many' })
    const bar = () => page.locator('#live').evaluate(e => e.textContent !== '' && e.getBoundingClientRect().height > 10)
    const seen = page.locator('#component-r3-c4')
    await seen.evaluate(e => { e.closest('details').open = true; e.scrollIntoView({ block: 'center' }) })
    await seen.locator('a').first().focus()
    await page.evaluate(() => new Promise(requestAnimationFrame)).catch(() => {})
    await pass(20e3)
    const place = () => seen.evaluate(e => Math.round(e.getBoundingClientRect().top))
    const before = await place()
    world.serves = 'manyOpen'
    await pass(2 * minute)
    is('the message', (await state()).live, /Outage/)
    is('whether the bar is seen', await bar(), true)
    is('whether what was read has moved', Math.abs(await place() - before) > 1, false)
    is('the focus', await page.evaluate(() => document.activeElement.closest('[id]').id), 'component-r3-c4')
    is('whether the fold is open', await seen.evaluate(e => e.closest('details').open), true)
    await page.locator('#live').click()
    await pass(15e3)
    is('whether the bar is seen at the top', await page.evaluate(() => scrollY < 200), true)
    await close()
  },

  async 'folds, focus and selection stay with what they are on, not with its place'(wrong) {
    const { page, world, pass, is, close } = await open(wrong, { site: 'folds' })
    await page.evaluate(() => {
      for (const d of document.querySelectorAll('details')) d.open = d.id === 'group-c'
      getSelection().selectAllChildren(document.querySelector('#component-c1 a'))
    })
    await page.locator('#component-c2 a').focus()
    await page.evaluate(() => getSelection().selectAllChildren(document.querySelector('#component-c1 a')))
    world.serves = 'foldsLater'
    await pass(2 * minute)
    is('whether the page has the new group', await page.locator('#component-n1').count(), 1)
    is('the open folds', await page.evaluate(() => [...document.querySelectorAll('details[id^=group][open]')].map(d => d.id).join()), 'group-c')
    is('the focus', await page.evaluate(() => document.activeElement.closest('[id]').id), 'component-c2')
    is('the selection', await page.evaluate(() => getSelection().toString()), 'C1')
    world.serves = 'foldsWithout'
    await pass(2 * minute)
    is('whether the component is gone', await page.locator('#component-c2').count(), 0)
    is('the focus when its place is gone', await page.evaluate(() => document.activeElement.id), /^(main|group-c)$/)
    await close()
  },

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
      if (doubt && (world.failed ?? 0) + world.asked.length - before < 2) wrong.push('it doubts after one failure')
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
    const { page, world, pass, is, says, close } = await open(wrong, { site: 'work', skew: hour, world: {
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
    await page.clock.setSystemTime(new Date(world.truth + hour)) // while the work goes on
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
      is(`${path}: whether it says its date today`, await page.locator('.as-of').first().isVisible(), path === '/uptime/') // whose figures always do
      await page.emulateMedia({ media: 'print' })
      is(`${path}: whether it says its date on paper`, await page.locator('.as-of').first().isVisible(), true)
      await page.emulateMedia({ media: 'screen' })
      world.truth = Date.parse('2026-11-23T17:31:00Z') // the page is as of 15:00 on the 21st
      await page.clock.setSystemTime(new Date(world.truth + 3 * day))
      await pass(minute)
      is(`${path}: what it says after 50 hours`, await text('.as-of'), /^As of Nov 21, 2026, 03:00 PM UTC/)
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

  async 'the title of the tab says the status that the clock gives'(wrong) {
    const { pass, is, state, close } = await open(wrong, { site: 'work', path: '/maintenance/work/' })
    for (const [length, due] of [[minute, 'Scheduled'], [40 * minute, 'In progress']]) {
      await pass(length)
      is('the title', (await state()).title, `${due}: Work on the web · Example`)
    }
    await close()
  },

  async 'a page that no longer knows what the clock changes says so'(wrong) {
    for (const path of ['/', '/embed/', '/components/web/']) {
      const { pass, sleep, is, state, close } = await open(wrong, { site: 'crowded', path })
      await sleep(3 * hour + 10 * minute) // in the fourth of twenty works, whose end is the last change that is foreseen
      await pass(minute)
      is(`${path}: the doubt after three hours`, (await state()).doubt, '')
      is(`${path}: the title`, (await state()).title, path === '/components/web/' ? /^Web/ : /^Service Under Maintenance/)
      await sleep(2 * hour)
      await pass(minute)
      is(`${path}: the doubt after five hours`, (await state()).doubt, 'outdated')
      is(`${path}: what it says`, (await state()).live, /out of date/)
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
    const world = {}
    world.answer = route => /heartbeat/.test(route.request().url()) ? down(route) : world.proxy(route)
    const { pass, is, state, close } = await open(wrong, { site: 'fresh', world })
    await pass(4 * minute)
    is('the doubt', (await state()).doubt, 'stale')
    await close()
  },

  // ---- Zones

  async 'times are in the zone of the reader, and in that of the site when asked'(wrong) {
    const { context, page, pass, is, text, close } = await open(wrong, { zone: 'Asia/Kolkata' })
    const times = () => page.locator('main time[datetime*=T]').allInnerTexts()
    await pass(minute)
    const button = page.getByRole('button')
    is('what is said of the zone', await text('.times'), 'Days are in UTC, times in Asia/Calcutta.')
    for (const time of await times()) if (!/GMT\+5:30/.test(time)) wrong.push(`a time says ${time}`)
    await button.click()
    for (const time of await times()) if (/GMT/.test(time) || !/UTC/.test(time)) wrong.push(`in the zone of the site a time says ${time}`)
    is('what is said of the zone of the site', await text('.times'), 'Times are in UTC.')
    is('the button', await button.textContent(), 'Show times in my time zone')
    await page.goto(page.url() + 'incidents/outage/')
    await pass(minute)
    is('the button on another page', await button.textContent(), 'Show times in my time zone')
    for (const time of await times()) if (/GMT/.test(time)) wrong.push(`on another page a time says ${time}`)
    await close()
  },

  async 'a record says both zones'(wrong) {
    const { pass, is, text, close } = await open(wrong, { zone: 'Asia/Kolkata', site: 'over', path: '/incidents/outage/' })
    await pass(minute)
    is('a time of the timeline', await text('.update-label time'), /^Nov 21, 2026, 1:30 PM GMT\+5:30 \(Nov 21, 2026, 08:00 AM UTC\)$/)
    await close()
  },

  async 'a day and the times below it do not name two dates unmarked'(wrong) {
    const { page, pass, is, text, close } = await open(wrong, { zone: 'Pacific/Auckland', site: 'late' })
    await pass(minute)
    is('the heading', await text('.day h3'), /21.* \(UTC\)$/)
    is('a time below it', await text('.day .entries time'), /Nov 22|Sun.*GMT\+13/)
    await page.getByRole('button').click()
    is('the heading in the zone of the site', await text('.day h3'), /21(, 2026)?$/)
    await close()
  },

  async 'a window is in both zones, and on one day says the day once'(wrong) {
    const { pass, is, page, close } = await open(wrong, { zone: 'Asia/Kolkata', site: 'work' })
    await pass(minute)
    is('the window', (await page.locator('.window').first().innerText()), /^(\w+, )?10:00 PM.*(Sun|Nov 22|12:00 AM).*\(.*4:30.*6:30 PM UTC\)$/)
    await close()
  },

  async 'the customs are those of the reader, if the language is the page\'s'(wrong) {
    for (const [locale, due] of [['en-US', '8:00 AM UTC'], ['en-GB', '08:00 UTC'], ['de-DE', '8:00 AM UTC']]) {
      const { pass, is, text, close } = await open(wrong, { locale, path: '/incidents/outage/' })
      await pass(minute)
      is(locale, await text('.timeline .update-label time'), due)
      await close()
      const record = await open(wrong, { locale, site: 'over', path: '/incidents/outage/' })
      is(`${locale}: a record`, await record.text('.update-label time'), locale === 'en-GB' ? '21 Nov 2026, 08:00 UTC' : 'Nov 21, 2026, 08:00 AM UTC')
      await record.close()
    }
  },

  async 'the two zones of a time are written alike'(wrong) {
    const record = await open(wrong, { zone: 'Asia/Tokyo', locale: 'en-GB', site: 'over', path: '/incidents/outage/' })
    await record.pass(minute)
    record.is('a record', await record.text('.update-label time'), '21 Nov 2026, 17:00 GMT+9 (21 Nov 2026, 08:00 UTC)')
    await record.close()
    const window = await open(wrong, { zone: 'Asia/Tokyo', locale: 'en-GB', site: 'work' })
    await window.pass(minute)
    window.is('a window', await window.text('.window'), /^01:30\D+03:30 GMT\+9 \(16:30\D+18:30 UTC\)$/)
    await window.close()
  },

  async 'in Arabic a time stays apart from what is beside it'(wrong) {
    const { page, pass, is, close } = await open(wrong, { zone: 'Asia/Kolkata', site: 'arabicOver', path: '/incidents/outage/' })
    await pass(minute)
    is('how a time stands', await page.locator('main time').first().evaluate(e => getComputedStyle(e).unicodeBidi), 'isolate')
    is('a record', await page.locator('.update-label time').first().textContent(), /^\u2068[^\u2069]*\u2069 \(\u2068/)
    is('the digits', /[\u0660-\u0669]/.test(await page.locator('main').innerText()), false)
    await close()
  },

  // ---- What a browser or a policy does not have

  async 'it works where parts of the browser are missing'(wrong) {
    const { world, pass, is, state, close } = await open(wrong, { init: () => {
      delete AbortSignal.timeout
      delete window.HTMLDialogElement
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })
      Object.defineProperty(navigator, 'serviceWorker', { value: undefined })
    } })
    await pass(2 * minute)
    is('the doubt', (await state()).doubt, '')
    world.serves = 'over'
    await pass(2 * minute)
    is('the verdict', (await state()).verdict, 'All Systems Operational')
    await close()
  },

  async 'a policy that forbids to ask is no doubt'(wrong) {
    for (const policy of ["default-src 'none'; script-src 'self'; style-src 'self'", "default-src 'self'; script-src 'none'", "connect-src 'none'"]) {
      const { context, page, world, pass, is, state, close } = await open(wrong, { site: 'work', skew: 2 * day, world: { policy } })
      await pass(20 * minute)
      is(`${policy}: the doubt`, (await state()).doubt, '')
      is(`${policy}: the message`, (await state()).live, '')
      is(`${policy}: the icon`, (await state()).icon, 'icon-operational.svg')
      is(`${policy}: whether it says its date`, await page.locator('.as-of').first().isVisible(), true)
      await close()
    }
  },

  // ---- The days of a chart

  async 'a day can be asked by hover, by touch and by the arrow keys'(wrong) {
    const { page, world, is, close } = await open(wrong, { site: 'over', viewport: { width: 1280, height: 800 }, hasTouch: true })
    const chart = page.locator('#component-web svg.bars'), card = page.locator('.day-card')
    const box = await chart.boundingBox()
    const at = day => ({ x: box.x + box.width * (day + 0.5) / 90, y: box.y + box.height / 2 })
    const asked = async () => { await shown(page, world, '.day-card'); return (await card.innerText()).replace(/\s+/g, ' ') }
    const outage = /^Saturday, November 21 Major outage 7 ?h(ours)? Outage$/

    await page.mouse.move(at(89).x, at(89).y)
    is('the last day by hover', await asked(), outage)
    await page.mouse.move(at(88).x, at(88).y)
    is('the day before by hover', await asked(), /^Friday, November 20 (Operational|no data)$/)
    await page.mouse.move(5, 5)
    await page.clock.runFor(1000)
    is('the cards when the pointer has left', await card.count(), 0)

    await page.touchscreen.tap(at(89).x, at(89).y)
    is('the last day by touch', await asked(), outage)
    is('the link of the card', await card.locator('a').getAttribute('href'), sites.over + '/incidents/outage/')
    await page.touchscreen.tap(10, 10)
    is('the cards after a tap beside', await card.count(), 0)

    await page.locator('#component-web a').focus()
    await page.keyboard.press('Tab')
    is('the focus after the name', await page.evaluate(() => document.activeElement.classList[0]), 'bars')
    is('the day that has the focus', await asked(), outage)
    is('what a screen reader says', await chart.getAttribute('aria-valuetext'), /^Saturday, November 21, Major outage, 7 ?h(ours)?, Outage$/)
    await page.keyboard.press('ArrowLeft')
    is('the day to the left', await asked(), /^Friday, November 20/)
    await page.keyboard.press('Home')
    is('the first day', await asked(), /^Monday, August 24/)
    await page.keyboard.press('End')
    await asked()
    await page.keyboard.press('Tab')
    is('the focus in the card', await page.evaluate(() => document.activeElement.textContent), 'Outage')
    await page.keyboard.press('Escape')
    is('the cards after Escape', await card.count(), 0)
    is('how often the page of the component is asked for', world.asked.filter(a => /components/.test(a)).length, 1)
    await close()
  },

  async 'a chart of a group says the state of its days, and opens nothing'(wrong) {
    const { page, world, is, close } = await open(wrong, { site: 'over' })
    const group = page.locator('details.group').first(), chart = group.locator('summary svg.bars')
    await group.evaluate(d => d.open = false)
    const box = await chart.boundingBox()
    await page.mouse.click(box.x + box.width - 2, box.y + box.height / 2)
    await shown(page, world, '.day-card')
    is('the card', (await page.locator('.day-card').innerText()).replace(/\s+/g, ' '), /^Saturday, November 21 (Operational|no data)$/)
    is('whether the group is open', await group.evaluate(d => d.open), false)
    await close()
  },

  async 'the page of a component tells its days from its own table'(wrong) {
    const { page, world, is, close } = await open(wrong, { site: 'over', path: '/components/web/' })
    const before = world.asked.length
    await page.locator('svg.bars').focus()
    await page.keyboard.press('End')
    await shown(page, world, '.day-card')
    is('the card', (await page.locator('.day-card').innerText()).replace(/\s+/g, ' '), /^Saturday, November 21 Major outage 7 ?h(ours)? Outage$/)
    is('what is asked for', world.asked.length - before, 0)
    await close()
  },

  async 'a card outlives what is new, and says only what is known where its page can not be had'(wrong) {
    const { page, world, pass, is, close } = await open(wrong, { site: 'over', world: { answer: down } })
    await page.locator('#component-web svg.bars').focus()
    await page.keyboard.press('End')
    await shown(page, world, '.day-card')
    is('the card', (await page.locator('.day-card').innerText()).replace(/\s+/g, ' '), /^Saturday, November 21 Major outage$/)
    world.answer = undefined
    world.serves = 'open'
    await pass(3 * minute)
    is('the card when something is new', await page.locator('.day-card').count(), 1)
    is('the focus', await page.evaluate(() => document.activeElement.classList[0]), 'bars')
    await close()
  },

  async 'where the page is read from the right, the last day is on the left'(wrong) {
    const { page, world, is, close } = await open(wrong, { site: 'arabicOver', viewport: { width: 1280, height: 800 } })
    const chart = page.locator('#component-web svg.bars'), box = await chart.boundingBox()
    await page.mouse.move(box.x + 2, box.y + box.height / 2)
    await shown(page, world, '.day-card')
    is('the day on the left', await chart.getAttribute('aria-valuenow'), '90')
    await chart.focus()
    await page.keyboard.press('ArrowRight')
    await settled(page, world)
    is('the day to its right', await chart.getAttribute('aria-valuenow'), '89')
    await close()
  },

  async 'a link to the subscription opens a dialog, where there is one'(wrong) {
    const { page, pass, world, is, state, close } = await open(wrong)
    const link = page.locator('a.subscribe')
    await link.focus()
    await link.press('Enter')
    await shown(page, world, 'dialog[open]')
    const dialog = page.getByRole('dialog')
    is('the dialog', await dialog.isVisible(), true)
    is('its name', await page.evaluate(() => document.getElementById(document.querySelector('dialog').getAttribute('aria-labelledby')).textContent.length > 3), true)
    is('the ids that are there twice', await page.evaluate(() => [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i).join()), '')
    const wanted = await page.evaluate(() => fetch('subscribe/').then(r => r.text()).then(t => { const d = new DOMParser().parseFromString(t, 'text/html'); return [...d.querySelectorAll('main a[href]')].map(a => new URL(a.getAttribute('href'), new URL('subscribe/', location)).href).join() }))
    is('its links', await page.evaluate(() => [...document.querySelectorAll('dialog a[href]')].map(a => a.href).join()), wanted)
    await page.keyboard.press('Escape')
    is('the dialog after Escape', await page.locator('dialog').count(), 0)
    is('the focus', await page.evaluate(() => document.activeElement.className), /subscribe/)
    await link.click()
    await settled(page, world)
    await page.locator('dialog .close').click()
    is('the dialog after a click on its button', await page.locator('dialog').count(), 0)
    await close()

    const old = await open(wrong, { init: () => { delete window.HTMLDialogElement } })
    await old.page.locator('a.subscribe').click()
    await old.page.waitForURL('**/subscribe/')
    await old.close()
    const gone = await open(wrong, { world: { answer: down } })
    await gone.page.locator('a.subscribe').click()
    await gone.page.waitForURL('**/subscribe/')
    await gone.close()
  },

  async 'a service worker in the path of the site is removed, and no other'(wrong) {
    const { page, is, close } = await open(wrong, { init: () => {
      window.removed = []
      const worker = scope => ({ scope, unregister: async () => window.removed.push(scope) })
      const all = [worker(location.origin + '/'), worker(location.origin + '/incidents/'), worker('https://other.example.com/')]
      Object.defineProperty(navigator, 'serviceWorker', { value: { getRegistrations: async () => all } })
    } })
    is('what is removed', await page.evaluate(() => window.removed.map(s => new URL(s).pathname).join()), '/,/incidents/')
    await close()
  },
}

const results = {}
await inTurns(Object.entries(scenarios).filter(([name]) => !process.env.ONLY || name.includes(process.env.ONLY)), async ([name, scenario]) => {
  results[name] = []
  await scenario(results[name]).catch(e => results[name].push(String(e.stack)))
})
await browser.close()
output(results)
