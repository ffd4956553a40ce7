// Searches the titles of the history. They are in files of their own, which it loads
// when a reader types the first letter.
const box = document.querySelector('#search'), data = box.dataset
const input = box.querySelector('input'), found = box.querySelector('#search-found'), list = box.querySelector('ul')
const lang = document.documentElement.lang, most = 50
const date = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' })
let titles

// Letters are compared without their case and accents.
const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase(lang)

async function load() {
  const files = await Promise.all(data.files.split(' ').map(async file => {
    const got = await fetch(file)
    if (!got.ok) throw got
    return got.json()
  }))
  return files.flat().map(title => ({ ...title, plain: plain(title.title) }))
}

function element(name, style, ...content) {
  const made = document.createElement(name)
  if (style) made.className = style
  made.append(...content)
  return made
}

function row({ title, url, date: day, impact }) {
  const time = element('time', '', date.format(new Date(day)))
  const link = element('a', '', title)
  time.dateTime = day
  link.href = data.root + url
  return element('li', 'entry', element('div', 'record',
    element('p', 'record-time', time), element('p', 'entry-title', link), element('p', 'facts', impact)))
}

async function search() {
  const asked = input.value, words = plain(asked).split(/\s+/).filter(Boolean)
  let hits = []
  try {
    if (words.length) hits = (await (titles ??= load())).filter(t => words.every(word => t.plain.includes(word)))
  } catch {
    titles = undefined // the next letter asks again
    found.textContent = data.failed
    return
  }
  if (asked !== input.value) return
  list.replaceChildren(...hits.slice(0, most).map(row))
  found.textContent = words.length ? data.results.replace('%', hits.length.toLocaleString(lang)) : ''
}

input.addEventListener('input', search)
box.hidden = false
