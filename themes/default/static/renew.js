// Brings an open page up to date without a reader losing their place. status.js
// loads it when there is something to bring.

import { $, all } from './status.js'
const byId = id => id && document.getElementById(id)

// keep makes one element like another, and keeps the reader's focus, selection,
// folds and place on the screen. It returns what has changed, in words.
export function keep(main, next) {
  const before = read(main), putBack = [folds(main), focus(main), selection(), place(main)]
  morph(main, next)
  for (const put of putBack) put()
  return news(main, before, read(main))
}

// ---- The same thing stays the same element

// A thing is known by its id, or else by the first id or link in it. What has neither
// is known by its place among its neighbours.
const inside = { SECTION: '[id]', ARTICLE: '[id], a[href]', LI: '[id], a[href]', TR: '[id], a[href]' }

function nameOf(node) {
  const of = node.id || !inside[node.nodeName] ? node : $(inside[node.nodeName], node)
  const name = of?.id || of?.getAttribute?.('href')
  return name && `${node.nodeName} ${name}`
}

// These attributes change while a reader reads, and a card is not in what was served.
const readers = /^(open|role|tabindex|aria-value.*)$/
const made = node => node.dataset && 'made' in node.dataset

function morph(old, next) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== next.data) old.data = next.data
  } else if (old.nodeName === 'TEMPLATE') {
    old.replaceWith(next)
  } else {
    attributes(old, next)
    children(old, next)
  }
}

function attributes(old, next) {
  for (const { name } of [...old.attributes]) {
    if (!readers.test(name) && !next.hasAttribute(name)) old.removeAttribute(name)
  }
  for (const { name, value } of next.attributes) {
    if (!readers.test(name) && old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
}

function children(old, next) {
  const known = new Map([...old.children].reverse().map(e => [nameOf(e), e]))
  const coming = new Set([...next.children].map(nameOf))
  const stays = node => made(node) || nameOf(node) && coming.has(nameOf(node))
  let at = old.firstChild
  for (const node of [...next.childNodes]) {
    while (at && made(at)) at = at.nextSibling
    const name = nameOf(node)
    const same = name ? known.get(name) : at?.nodeName === node.nodeName && !nameOf(at) && at
    if (!same) {
      old.insertBefore(node, at)
      continue
    }
    known.delete(name)
    while (at !== same && !stays(at)) at = remove(at)
    if (at === same) at = at.nextSibling
    else old.insertBefore(same, at)
    morph(same, node)
  }
  while (at) at = made(at) ? at.nextSibling : remove(at)
}

function remove(node) {
  const after = node.nextSibling
  node.remove()
  return after
}

// ---- What a reader has on the screen

// A fold that is open stays so, whoever opened it.
function folds(main) {
  const open = all('details[id][open]', main).map(e => e.id)
  return () => {
    for (const id of open) if (byId(id)) byId(id).open = true
  }
}

// The focus goes to the same element, else to the same link in the same thing, else to
// that thing, else to the content.
function focus(main) {
  const focused = document.activeElement
  if (!main.contains(focused)) return () => {}
  const around = focused.closest('[id]').id, href = focused.getAttribute('href')
  return () => {
    if (document.activeElement === focused) return
    const link = href && all('a[href]', byId(around) ?? main).find(a => a.getAttribute('href') === href)
    for (const e of [focused.isConnected && focused, link, byId(around), main]) {
      if (e && document.activeElement === document.body) e.focus({ preventScroll: true })
    }
  }
}

function selection() {
  const selected = getSelection()
  if (selected.isCollapsed) return () => {}
  const ends = [[selected.anchorNode, selected.anchorOffset], [selected.focusNode, selected.focusOffset]]
  return () => {
    if (!ends.every(([node]) => node.isConnected)) return
    const [from, to] = ends.map(([node, at]) => [node, Math.min(at, (node.data ?? node.childNodes).length)])
    selected.setBaseAndExtent(...from, ...to)
  }
}

// Of a page that is scrolled, the first thing on the screen stays where it is.
function place(main) {
  const top = e => e.getBoundingClientRect().top
  const seen = scrollY > 0 && all('[id]', main).find(e => e.getClientRects().length > 0 && top(e) >= 0)
  if (!seen) return () => {}
  const { id } = seen, was = top(seen)
  return () => {
    if (byId(id)) scrollBy({ top: top(byId(id)) - was, behavior: 'instant' })
  }
}

// ---- What has changed

const textOf = e => e.textContent.replace(/\s+/g, ' ').trim()

// read is what the page says of each thing that has an id. The record of a component
// is no news, its state is.
function read(main) {
  const things = all('[id]', main).map(e => [e.id, /^(component|group)-/.test(e.id) ? told(e) : textOf(e)])
  return { verdict: verdict(main), things: new Map(things) }
}

// told names an update by its heading, an event by its title, a component by its name;
// the last two with their state.
function told(e) {
  const parts = /^H\d$/.test(e.nodeName) ? [e] : [$('h3, a, summary > *', e), $('.label', e)]
  return parts.filter(Boolean).map(textOf).join(': ')
}

// verdict is the state of the site, or of what the page is about.
function verdict(main) {
  const site = $('.verdict', main)
  return (site ? [site.closest('h1') ?? site] : all('h1, main > .facts :is(.label, .word)', main)).map(textOf).join(' · ')
}

// news is the new verdict, and then what has changed.
function news(main, before, after) {
  const changed = all('[id]', main).filter(e => before.things.get(e.id) !== after.things.get(e.id))
  const least = changed.filter(e => !changed.some(other => other !== e && e.contains(other)))
  return [...new Set([before.verdict !== after.verdict && after.verdict, ...least.map(told)])].filter(Boolean)
}
