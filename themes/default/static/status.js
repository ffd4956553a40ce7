// Keeps an open page true between two builds, in the reader's zone.

export const $ = (selector, from = document) => from.querySelector(selector)
export const all = (selector, from = document) => [...from.querySelectorAll(selector)]
const root = document.documentElement, main = $('main'), live = $('#live') ?? document.createElement('p')
export const words = live.dataset
const minute = 6e4, hour = 36e5, day = 864e5

// ---- The clock
//
// The reader's clock may be days off. An answer bounds the error: a cache leaves Date as
// the origin wrote it, so that Age is to be added, or renews it.

const drift = () => Date.now() - performance.now()
let clock

function forget() {
  clock = { known: false, low: -Infinity, high: Infinity, add: 0, drift: drift() }
}

function learn({ date, age, sent, got }) {
  if (!(date + age)) return
  const low = date - got, high = date + age + 1e3 - sent
  if (low > clock.high || high < clock.low) forget() // the reader has set the clock
  clock.known = true
  clock.low = Math.max(clock.low, low)
  clock.high = Math.min(clock.high, high)
  clock.add = clock.low <= 0 && clock.high >= 0 ? 0 : Math.min(low + age, clock.high)
}

// now is NaN while nobody knows, which compares as false with everything.
const now = () => clock.known ? Date.now() + clock.add : NaN

// ---- Times
//
// They are written as in the reader's own locale, if its language is the page's.

const tongue = tag => { const { language, script } = new Intl.Locale(tag).maximize(); return language + script }
export const locale = navigator.languages.find(tag => tongue(tag) === tongue(root.lang)) ?? root.lang
export const always = { calendar: 'gregory', numberingSystem: 'latn' }
const year = 'numeric', time = { hour: 'numeric', minute: '2-digit' }, date = { month: 'short', day: 'numeric' }, long = { ...date, month: 'long' }
const forms = {
  clock: time,
  week: { weekday: 'short', ...time },
  year: { ...date, ...time },
  whole: { year, ...date, ...time },
  date: { year, ...long },
  heading: { weekday: 'long', ...long },
  dated: { weekday: 'long', year, ...long },
  wall: { dateStyle: 'short', timeStyle: 'short' },
}
const cached = {}
function formatter(form, zone, tag = locale) {
  const zoned = { timeZone: zone || undefined, timeZoneName: forms[form].hour && 'short' }
  return cached[[form, zone, tag]] ??= new Intl.DateTimeFormat(tag, { ...always, ...forms[form], ...zoned })
}
const format = (form, at, zone, tag) => formatter(form, zone, tag).format(at)

// Asked for no zone, a browser may write 1:20 for 01:20.
const isZone = part => part.type === 'timeZoneName'
const zoneless = (form, at, zone) => formatter(form, zone).formatToParts(at).map(part => isZone(part) ? '' : part.value).join('').trim()

const here = Intl.DateTimeFormat().resolvedOptions().timeZone
let there = words.zone
try { Intl.DateTimeFormat('en', { timeZone: there }) } catch { there = '' } // a zone newer than the browser

const wall = (at, zone) => format('wall', at, zone, 'sv') // 2026-09-05 16:05
const dateOf = (at, zone) => wall(at, zone).slice(0, 10)
const abroad = at => there && wall(at, here) !== wall(at, there)

const sample = new Date(2026, 8, 5, 16, 5)
const usual = format('whole', sample, here) === format('whole', sample, here, root.lang)

function remembered(choice) {
  try { return choice ? localStorage.setItem('zone', choice) : localStorage.getItem('zone') } catch { }
}
let own = remembered() !== 'site'

const asOf = (from = document) => Date.parse($('#live', from)?.dataset.at)
const today = () => new Date(now() || asOf() || Date.now())

const relative = new Intl.RelativeTimeFormat(root.lang, { numeric: 'auto', ...always })
function distance(at, from = now()) {
  const away = at - from, far = Math.abs(away)
  const [unit, length, step = 1] = far < minute ? ['second', 1e3, 10] : far < hour ? ['minute', minute] : far < 2 * day ? ['hour', hour] : ['day', day]
  return far < 45 * day ? relative.format(Math.trunc(away / length / step) * step, unit) : ''
}

// near is the shortest form that says which day it is.
function near(at, zone) {
  const then = dateOf(at, zone), current = dateOf(today(), zone)
  const away = Math.abs(Date.parse(then) - Date.parse(current))
  return !away ? 'clock' : away < 7 * day ? 'week' : then.slice(0, 4) === current.slice(0, 4) ? 'year' : 'whole'
}

const say = at => format(near(at, own ? here : there), at, own ? here : there)
const apart = text => root.dir === 'rtl' ? `\u2068${text}\u2069` : text

// dayText is a date of the site, for others with its zone.
export function dayText(iso, form = 'day', served, next) {
  const at = new Date(iso + 'T12:00Z'), current = dateOf(today(), 'UTC').slice(0, 4)
  const text = served || format(form !== 'day' ? 'date' : iso.startsWith(current) ? 'heading' : 'dated', at, 'UTC')
  if (next || !own || !abroad(at)) return text
  return `${text} (${formatter('clock', there).formatToParts(at).find(isZone).value})`
}

// tell writes a time, and reports whether the reader's zone has another.
function tell(element) {
  const { dateTime, dataset: { form }, dataset } = element, served = dataset.text ??= element.textContent
  if (!dateTime.includes('T')) return write(element, dayText(dateTime, form ?? 'date', usual && served, element.nextElementSibling))
  const at = new Date(dateTime), far = abroad(at), mine = own && far, theirs = inSite(element)
  let text = mine ? rewrite(element, here) : theirs
  if (mine && !form && !element.closest('.window')) text = `${apart(text)} (${apart(theirs)})`
  const ago = 'ago' in dataset && distance(at, now() || Date.now())
  if (ago) text += clock.known ? ` (${ago})` : ` (${ago})`.replace(/\S/g, '\u2007') // blanks keep the place
  write(element, text)
  element.title = mine && form ? theirs : ''
  return far
}

// inSite is a time in the site's zone, as served if that is usual.
function inSite(element) {
  const { form, text = element.textContent } = element.dataset
  return !there || usual && form !== 'short' ? text : rewrite(element, there)
}

function rewrite(element, zone) {
  const { form = 'whole' } = element.dataset, at = new Date(element.dateTime), [from, until] = all('time', element.closest('.window') ?? element)
  if (until) { // of a window on one day, the date and the zone are said once
    const together = dateOf(new Date(from.dateTime), zone) === dateOf(new Date(until.dateTime), zone)
    if (together && element === until) return format('clock', at, zone)
    return (together ? zoneless : format)(form === 'whole' ? form : near(at, zone), at, zone)
  }
  const moved = dateOf(at, zone) !== element.dateTime.slice(0, 10), brief = near(at, zone) // below a heading of the site's date
  if (form === 'short' || form === 'clock' && moved) return format(brief === 'clock' && moved ? 'week' : brief, at, zone)
  return format(form in forms ? form : 'whole', at, zone)
}

// A reader may have selected the text.
function write(element, text) {
  if (element.textContent !== text) element.textContent = text
}

// windows adds the site's time to each window.
function windows(from) {
  for (const span of all('.window', from)) {
    const theirs = span.cloneNode(true), times = all('time', theirs)
    $('.beside', theirs)?.remove()
    for (const time of times) time.textContent = inSite(time)
    const beside = $('.beside', span) ?? span.appendChild(document.createElement('span'))
    beside.className = 'beside'
    write(beside, own && times.some(t => abroad(new Date(t.dateTime))) ? ` (${apart(theirs.textContent)})` : '')
  }
}

// ---- What the clock changes
//
// From its instant on, a template replaces the element before it, or follows it.

const coming = from => all('template[data-from]', from).find(t => Date.parse(t.dataset.from) <= now())

function move(from) {
  for (let next; next = coming(from);) {
    if (!('add' in next.dataset)) next.previousElementSibling?.remove()
    next.replaceWith(next.content)
  }
  prepare(from)
}

// prepare writes the times and gives charts to the keyboard.
function prepare(from) {
  windows(from)
  const far = all('time', from).map(tell).includes(true)
  for (const chart of all('svg.bars[data-last]:not([tabindex], summary *)', from)) {
    const days = Math.ceil(chart.viewBox.baseVal.width / 5)
    const slider = { role: 'slider', tabindex: 0, 'aria-valuemin': 1, 'aria-valuemax': days, 'aria-valuenow': days, 'aria-valuetext': chart.dataset.last }
    for (const name in slider) chart.setAttribute(name, slider[name])
  }
  return far
}

// ---- Asking

const address = location.href.replace(/#.*/, ''), itself = identity(document)
const icons = all('link[rel~=icon]').filter(() => words.unknown), plain = icons[0]?.getAttribute('href')
let title = document.title, titled = title, served = main.cloneNode(true), shown = asOf(), origin = 0
let asks = 'renewed' in words && itself && address.startsWith('http'), asking = false, asked = Date.now(), due
let failures = 0, older = false, missed = 0, checked = NaN, built = NaN

// identity tells this page from all others.
function identity(page) {
  const marks = ['#live', 'main', 'meta[name=generator]', 'link[rel=canonical]'].map(mark => $(mark, page))
  return marks.every(Boolean) && [page.documentElement.lang, marks[2].content, marks[3].href].join(' ')
}

export async function get(url, type) {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), 2e4), sent = Date.now()
  try {
    const answer = await fetch(url, { cache: 'no-cache', mode: 'same-origin', signal: stop.signal }), { headers } = answer, got = Date.now()
    if (!answer.ok || !headers.get('content-type')?.startsWith(type)) throw answer
    return { sent, got, date: Date.parse(headers.get('date')), age: 1e3 * (headers.get('age') || 0), text: await answer.text() }
  } finally { clearTimeout(timer) }
}

export const parse = text => new DOMParser().parseFromString(text, 'text/html')

async function renew() {
  const answer = await get(address, 'text/html'), page = parse(answer.text), next = $('main', page), at = asOf(page)
  if (identity(page) !== itself) throw answer
  learn(answer)
  const news = next.innerHTML !== served.innerHTML, made = answer.sent - answer.age
  older = at < shown || at === shown && news && made < origin
  if (older) throw answer
  checked = answer.age > 5 * minute ? NaN : now() - answer.age
  origin = made
  if (!news) return
  served = next
  shown = at
  titled = page.title
  delete words.beat
  delete words.until
  Object.assign(words, $('#live', page).dataset)
  await show()
}

// show brings the page to what was served last, and to the clock.
async function show() {
  const next = served.cloneNode(true)
  move(next)
  prepare(main)
  const news = await import('./renew.js').then(it => it.keep(main, next), () => {
    main.replaceChildren(...next.childNodes)
    return [words.renewed]
  })
  title = titled.replace($('[data-title]', served)?.dataset.title, () => $('[data-title]', main)?.dataset.title)
  if (news[0]) message(news.slice(0, 3).join(' · '), 'news')
}

function message(text, kind) {
  live.dataset.kind = kind
  live.textContent = text
}
live.onclick = () => scrollTo(0, 0)

// beat asks when the site was built, which proves nothing of an older page.
async function beat() {
  if (!words.beat) return
  const { built_at, page } = JSON.parse((await get(words.beat, 'application/json')).text), at = Date.parse(built_at)
  if (!at || Date.parse(page.updated_at) > shown) throw page
  built = Math.max(built || shown, at)
}

async function ask() {
  if (asking || !asks) return
  asking = true
  older = false
  asked = Date.now()
  await renew().then(() => failures = 0, () => failures++)
  await beat().then(() => missed = 0, () => missed++)
  asking = false
  due = Date.now() + (failures ? Math.min(15e3 * 2 ** (failures - 1), 8e4) : document.hidden ? 10 * minute : minute) * (1 + Math.random() / 4)
  tick()
}

async function tick() {
  if (Math.abs(drift() - clock.drift) > minute / 2) { // a sleep, or the reader has set the clock
    forget()
    due = 0
  }
  if (coming(main)) await show()
  button.hidden = !prepare(main)
  for (const e of all('.times')) write(e, own && !button.hidden ? words.zones.replace('%', here) : words.times)
  if (!asks) return
  const age = now() - shown, kind = doubtful(age)
  doubt(kind)
  root.dataset.age = age > 50 * hour ? 'old' : 'new'
  const far = kind ? '' : distance(words.beat ? built : checked)
  for (const e of all('.checked')) write(e, far && words.checked.replace('%', far))
  if (Date.now() >= due) ask()
}

function doubtful(age) {
  if (failures > 1) return older ? 'outdated' : navigator.onLine ? 'unreachable' : 'offline'
  if (words.beat && !(now() - built < words.limit * 1e3) && (missed > 1 || now() > built)) return 'stale'
  return now() >= Date.parse(words.until) ? 'outdated' : age > 14 * day ? 'old' : ''
}

function doubt(kind) {
  const before = root.dataset.doubt, said = live.dataset.kind === 'doubt'
  if (kind && (kind !== before || !said)) message(`${words[kind]} ${words.known.replace('%', say(Math.max(shown, checked || 0)))}`, 'doubt')
  if (!kind && before && said) message(words.again, 'news')
  root.dataset.doubt = kind
  if (!kind) delete root.dataset.doubt
  const sign = kind ? words.unknown : $('[data-icon]')?.dataset.icon ?? plain
  for (const link of icons) {
    const href = sign.replace(/svg$/, link.type === 'image/png' ? 'png' : 'svg')
    if (link.getAttribute('href') !== href) link.setAttribute('href', href)
  }
  document.title = kind ? words.last.replace('%', () => title) : title
}

// ---- Begin

const button = $('#zone') ?? document.createElement('button')
const label = () => button.title = button.textContent = button.dataset[own ? 'site' : 'own']
button.onclick = () => {
  own = !own
  remembered(own ? 'own' : 'site')
  label()
  tick()
}
// A tab that is seen again asks at once.
function attend({ type, persisted }) {
  if (persisted === false) return // just loaded
  const soon = failures || persisted || type === 'offline' || Date.now() - asked > minute
  due = document.hidden ? asked + 10 * minute : soon ? 0 : Math.min(due, asked + minute)
  tick()
}
for (const event of ['visibilitychange', 'pageshow', 'online', 'offline']) addEventListener(event, attend)

// If a policy forbids to ask, the page is as without a script.
addEventListener('securitypolicyviolation', ({ disposition, originalPolicy }) => {
  if (disposition === 'report' || /(connect|default)-src[^;]*('self'|\*|:)/.test(originalPolicy)) return
  asks = false
  doubt('')
  delete root.dataset.age
})
addEventListener('scroll', () => root.toggleAttribute('data-scrolled', scrollY > 100), { passive: true })

for (const type of ['pointerover', 'focusin', 'click']) {
  addEventListener(type, event => {
    const link = type === 'click' && window.HTMLDialogElement && !event.ctrlKey && !event.metaKey && !event.shiftKey
    const used = event.target.closest?.(link ? 'svg.bars, a.subscribe:not([aria-current])' : 'svg.bars')
    if (!used) return
    if (type === 'click') event.preventDefault()
    import('./card.js').then(card => card.use(used, event), () => used.href && location.assign(used.href))
  })
}

// A service worker would outlive its file.
const site = new URL('..', import.meta.url).href
navigator.serviceWorker?.getRegistrations().then(found => found.forEach(r => r.scope.startsWith(site) && r.unregister()), () => {})

forget()
label()
if (asks) root.dataset.age = 'new'
due = Date.now() + ($('template[data-from], [data-ago]') || Date.now() - shown > 50 * hour ? 0 : minute * (0.5 + Math.random() / 2))
tick()
setInterval(tick, 1e4)
