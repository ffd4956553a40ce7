// Tells what happened on a day of a chart, in a card below it, and shows the page of a
// link in a dialog. status.js loads it when a reader first asks.
import { $, all, dayText, get, parse, words } from './status.js'

// use is called with the chart or the link, and with what a reader did to it.
export function use(target, event) {
  if (target.href) return show(target)
  if (target === chart && event.type === 'pointerover') return // pointermove says more
  if (target !== chart) begin(target)
  if (event.type === 'focusin') tell(Number(chart.getAttribute('aria-valuenow')) - 1)
  else tell(under(event))
}

// ---- The card of a day

let chart, card, day, mark
const count = () => Math.ceil(chart.viewBox.baseVal.width / 5)
const root = document.documentElement, mirrored = () => root.dir === 'rtl' // the oldest day is on the right

function begin(next) {
  end()
  chart = next
  card = made(document.createElement('div'), 'day-card')
  mark = made(document.createElementNS(chart.namespaceURI, 'rect'), 'day-mark')
  for (const [name, value] of Object.entries({ width: 5, height: '100%', y: 0 })) mark.setAttribute(name, value)
  chart.append(mark)
  chart.after(card)
}

function made(element, name) {
  element.dataset.made = ''
  element.setAttribute('class', name)
  return element
}

function end() {
  const gone = [mark, card] // a focus that is removed ends the card once more
  chart = card = mark = undefined
  for (const element of gone) element?.remove()
}

// under is the day under a pointer.
function under({ clientX }) {
  const { left, width } = chart.getBoundingClientRect(), part = (clientX - left) / width
  return Math.floor((mirrored() ? 1 - part : part) * count())
}

async function tell(wanted) {
  const of = chart, at = day = Math.max(0, Math.min(wanted, count() - 1))
  const date = new Date(Date.parse(of.closest('[data-last]').dataset.last) + (at - count() + 1) * 864e5).toISOString().slice(0, 10)
  mark.setAttribute('x', at * 5 - 1)
  fill(at, date, [stateOf(at)])
  const row = await rowOf(of, date)
  if (row && of === chart && at === day) fill(at, date, row)
}

// stateOf is the day's state in the words of the legend.
function stateOf(at) {
  const bar = all('path', chart).find(path => path.getAttribute('d').includes(`M${at * 5} `))?.getAttribute('class')
  return $(`.legend .${bar}`)?.closest('li').textContent ?? words.unrecorded ?? ''
}

// rowOf is what the component's page says of a day: nothing where nothing happened.
const pages = new Map()
async function rowOf(of, date) {
  const url = of.closest('[data-days]')?.dataset.days
  const page = url === undefined ? document : await pageAt(new URL(url, location).href).catch(() => {})
  const cells = all('td', $(`main tr[data-date="${date}"]`, page ?? new DocumentFragment()) ?? new DocumentFragment())
  return cells.length > 0 && cells.filter(cell => /[\p{L}\p{N}]/u.test(cell.textContent)).map(cell => [...document.importNode(cell, true).childNodes])
}

function pageAt(url) {
  if (!pages.has(url)) pages.set(url, fetchPage(url))
  pages.get(url).catch(() => pages.delete(url))
  return pages.get(url)
}

// fetchPage returns another page of the site, with its links as seen from this one.
async function fetchPage(url) {
  const page = parse((await get(url, 'text/html')).text), mark = of => $('meta[name=generator]', of)?.content
  if (mark(page) !== mark(document)) throw page
  for (const link of all('a[href]', page)) link.href = new URL(link.getAttribute('href'), url).href
  return page
}

// fill writes the card: the date, then a line for each thing to say.
function fill(at, date, lines) {
  const title = document.createElement('strong')
  title.textContent = dayText(date)
  card.replaceChildren(title, ...lines.map(line => {
    const p = document.createElement('p')
    p.append(...[line].flat())
    return p
  }))
  const text = all('strong, p', card).map(e => e.textContent.trim()).filter(Boolean).join(', ')
  if (chart.tabIndex === 0) { // a folded group's is none of the keyboard's
    chart.setAttribute('aria-valuenow', at + 1)
    chart.setAttribute('aria-valuetext', text)
  }
  put(at)
}

// put places the card below its day, or above where there is no room.
function put(at) {
  const { left, top, bottom, width } = chart.getBoundingClientRect(), part = (at + 0.5) / count()
  const x = left + (mirrored() ? 1 - part : part) * width - card.offsetWidth / 2, high = card.offsetHeight + 6
  card.style.left = `${Math.max(8, Math.min(x, root.clientWidth - card.offsetWidth - 8))}px`
  card.style.top = `${bottom + high > innerHeight && top > high ? top - high : bottom + 6}px`
}
addEventListener('scroll', () => card && put(day), { passive: true })

const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -7, PageUp: 7, Home: -Infinity, End: Infinity }
addEventListener('keydown', event => {
  if (event.key === 'Escape') end()
  const step = steps[event.key], chartKey = event.target.closest?.('svg.bars')
  if (!step || !chartKey) return
  event.preventDefault() // no scrolling
  if (chartKey !== chart) begin(chartKey), day = chartKey.getAttribute('aria-valuenow') - 1
  tell(day + (mirrored() && /Left|Right/.test(event.key) ? -step : step))
})

// The card stays while the pointer is on it or on its chart, and while one of both has
// the focus.
const near = node => node instanceof Node && (chart?.contains(node) || card?.contains(node))
addEventListener('pointermove', event => {
  const moved = event.movementX || event.movementY // not the page below a pointer that rests
  if (moved && chart?.contains(event.target)) tell(under(event))
})
addEventListener('pointerdown', event => near(event.target) || end())
addEventListener('focusout', event => near(event.target) && !near(event.relatedTarget) && end())
let leaving
addEventListener('pointerover', event => {
  clearTimeout(leaving)
  if (event.pointerType === 'mouse' && card && !near(event.target) && !near(document.activeElement)) leaving = setTimeout(end, 300)
})

// ---- The dialog

async function show(link) {
  const page = await fetchPage(link.href).catch(() => location.assign(link.href))
  if (!page) return
  const dialog = document.createElement('dialog'), close = document.createElement('button')
  dialog.append(close, ...document.importNode($('main', page), true).childNodes)
  for (const e of all('[id], [aria-labelledby], [for]', dialog)) { // this page may have the same ids
    for (const name of ['id', 'aria-labelledby', 'for']) if (e.hasAttribute(name)) e.setAttribute(name, `dialog-${e.getAttribute(name)}`)
  }
  const title = $('h1', dialog)
  title.id ||= 'dialog-title'
  dialog.setAttribute('aria-labelledby', title.id)
  close.className = 'close'
  close.type = 'button'
  close.textContent = words.close
  close.onclick = () => dialog.close()
  dialog.onclick = event => event.target === dialog && dialog.close() // beside it
  dialog.onclose = () => dialog.remove()
  document.body.append(dialog)
  dialog.showModal()
}
