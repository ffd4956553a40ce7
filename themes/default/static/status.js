// Keeps a page up to date between builds. Its messages are data of #live and #zone.
const $ = (selector, from = document) => from.querySelector(selector)
const all = (selector, from = document) => [...from.querySelectorAll(selector)]
const live = $('#live'), words = live.dataset, button = $('#zone') ?? {}
const root = document.documentElement, icon = $('link[rel=icon]'), minute = 6e4, hour = 36e5
let main = $('main'), served = main.innerHTML, plain = icon.href
let due = Date.now() + minute * (0.5 + Math.random() / 2), asked = 0, failures = 0
let answer, built, checked = '', own = true, renewed = Date.now()

const two = '2-digit'
const reader = new Intl.DateTimeFormat(root.lang, {
  year: 'numeric', month: 'short', day: two, hour: two, minute: two, timeZoneName: 'short',
})
const distance = new Intl.RelativeTimeFormat(root.lang, { numeric: 'auto' })

function ago(at) {
  const seconds = (at - Date.now()) / 1e3, far = Math.abs(seconds)
  const [unit, length] = far < 3600 ? ['minute', 60] : far < 172800 ? ['hour', 3600] : ['day', 86400]
  return distance.format(Math.trunc(seconds / length), unit)
}

// tell shows a time in the site's zone, as sentences and headings do, and in the reader's.
function tell(time) {
  const at = new Date(time.dateTime), data = time.dataset
  let text = data.text ??= time.textContent
  const abroad = +new Date(time.dateTime.slice(0, 19)) !== +at
  if (abroad && own) text += ' · ' + reader.format(at)
  if ('ago' in data) text += ` (${ago(at)})`
  if (time.textContent !== text) time.textContent = text
  return abroad
}

const verdict = () => ($('.verdict') ?? $('h1')).textContent.trim()

function tick() {
  const now = Date.now(), before = verdict()
  // From its instant on, a template replaces the element before it. An empty one removes it.
  for (const next of all('template[data-from]')) {
    if (Date.parse(next.dataset.from) > now) continue
    if (!('add' in next.dataset)) next.previousElementSibling.remove()
    next.replaceWith(next.content)
  }
  if (verdict() !== before) {
    live.textContent = verdict()
    document.title = document.title.replace(before, verdict())
  }
  for (const e of all('.checked')) e.textContent = checked
  button.hidden = !all('time[datetime*=T]').map(tell).includes(true)
  // A page that nobody builds any more says its date, and later that it knows nothing.
  const age = now - Date.parse($('[data-at]')?.dataset.at)
  root.dataset.age = age > 50 * hour ? 'old' : 'new'
  const late = age > 14 * 24 * hour ? 'old' : ''
  if (!words.url) return doubt(late)
  doubt(!navigator.onLine ? 'offline' : failures ? 'unreachable' : now - built > words.limit * 1e3 ? 'stale' : late)
  if (!document.hidden && now >= due) ask()
}

function doubt(kind) {
  if ((root.dataset.doubt ?? '') !== kind) live.textContent = words[kind || 'again']
  if (kind) root.dataset.doubt = kind
  else delete root.dataset.doubt
  icon.href = kind ? words.unknown : $('[data-icon]')?.dataset.icon ?? plain
}

async function get(url) {
  const got = await fetch(url, { cache: 'no-cache', signal: AbortSignal.timeout(2e4) })
  if (!got.ok) throw got
  return got.text()
}

async function ask() {
  asked = Date.now()
  due = Infinity
  try {
    const now = await get(words.url)
    if (now !== answer || Date.now() - renewed > hour) await renew()
    answer = now
    await beat()
    failures = 0
  } catch { failures++ }
  due = Date.now() + minute * (1 + Math.random() / 2) * 2 ** Math.min(failures, 4)
  tick()
}

async function beat() {
  if (!words.beat) return
  built = Date.parse(JSON.parse(await get(words.beat)).built_at)
  checked = words.checked.replace('%', reader.format(built))
}

async function renew() {
  renewed = Date.now()
  const page = new DOMParser().parseFromString(await get(location), 'text/html'), next = $('main', page)
  if (next.innerHTML === served) return
  const focus = all('a, summary').indexOf(document.activeElement)
  served = next.innerHTML
  all('details', next).forEach((d, i) => d.open = all('details', main)[i]?.open)
  main.replaceWith(next)
  main = next
  document.title = page.title
  all('a, summary')[focus]?.focus({ preventScroll: true })
  live.textContent = words.renewed
}

button.onclick = () => {
  own = !own
  button.textContent = button.dataset[own ? 'site' : 'own']
  tick()
}
addEventListener('online', () => { due = Math.max(asked + minute, Date.now()); tick() })
for (const event of ['visibilitychange', 'pageshow', 'offline']) addEventListener(event, tick)
setInterval(tick, 1e4)
beat().catch(() => failures++).finally(tick)
