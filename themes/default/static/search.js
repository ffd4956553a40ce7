// Searches the titles of the history. They are in files of their own, which it loads
// when a reader types the first letter.

import { always, get, locale } from './status.js'

const box = document.querySelector('#search'), data = box.dataset
const lang = document.documentElement.lang, most = 50
const date = new Intl.DateTimeFormat(locale, { ...always, dateStyle: 'medium', timeZone: 'UTC' })
let titles

function element(name, properties, ...content) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...content)
  return made
}

const input = element('input', { type: 'search', id: 'search-words', autocomplete: 'off' })
const found = element('p', { className: 'note', role: 'status' })
const list = element('ul', { className: 'records' })

// Letters are compared without their case and accents.
const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase(lang)

async function load() {
  const files = await Promise.all(data.files.split(' ').map(async file => JSON.parse((await get(file, 'application/json')).text)))
  return files.flat().map(title => ({ ...title, plain: plain(title.title) }))
}

function row({ title, url, date: day, impact }) {
  const time = element('time', { dateTime: day }, date.format(new Date(day)))
  const link = element('a', { href: data.root + url }, title)
  return element('li', { className: 'entry' }, element('div', { className: 'record' },
    element('p', { className: 'record-time' }, time), element('p', { className: 'entry-title' }, link),
    element('p', { className: 'facts' }, impact)))
}

async function search() {
  const asked = input.value, words = plain(asked).split(/\s+/).filter(Boolean)
  let hits = []
  try {
    if (words.length) hits = (await (titles ??= load())).filter(t => words.every(word => t.plain.includes(word)))
  } catch {
    titles = undefined // the next letter asks again
    if (asked === input.value) found.textContent = data.failed
    return
  }
  if (asked !== input.value) return
  list.replaceChildren(...hits.slice(0, most).map(row))
  found.textContent = words.length ? data.results.replace('%', hits.length.toLocaleString(lang)) : ''
}

// What is made here is not in what was served, and stays when the page is renewed.
for (const part of [element('label', { htmlFor: input.id }, data.label), input, found, list]) {
  part.dataset.made = ''
  box.append(part)
}
box.setAttribute('role', 'search')
input.addEventListener('input', search)
