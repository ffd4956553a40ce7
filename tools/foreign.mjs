// Tries to read a preview from pages of other origins, in every way that a page
// has. Reads {url, paths, control}, writes for each origin what it could read; and
// which tries of control the preview's own page could.
import { createServer } from 'node:http'
import { contextOf, input, launch, output } from './browser.mjs'

const { url, paths, control } = input()

// attack runs in the page. It returns which of the tries, each a way and a path,
// read something.
async function attack({ url, tries }) {
  const loaded = (element, attribute, address) => new Promise(resolve => {
    setTimeout(resolve, 5000, false)
    element.onload = element.onloadedmetadata = () => resolve(element.naturalWidth !== 0)
    element.onerror = () => resolve(false)
    element[attribute] = address
    document.body.append(element)
  })
  const element = (name, properties) => Object.assign(document.createElement(name), properties)
  const fetched = (address, options) =>
    fetch(address, { signal: AbortSignal.timeout(5000), ...options }).then(r => r.text().then(() => r.ok), () => false)
  const ways = {
    fetch: fetched,
    credentials: address => fetched(address, { credentials: 'include' }),
    opaque: address => fetched(address, { mode: 'no-cors' }),
    request: address => new Promise(resolve => {
      const request = new XMLHttpRequest()
      request.onloadend = () => resolve(request.status === 200)
      request.open('GET', address)
      request.send()
    }),
    image: address => loaded(new Image(), 'src', address),
    script: address => loaded(element('script'), 'src', address),
    module: address => loaded(element('script', { type: 'module' }), 'src', address),
    style: address => loaded(element('link', { rel: 'stylesheet' }), 'href', address),
    media: address => loaded(element('video'), 'src', address),
    events: address => new Promise(resolve => {
      const events = new EventSource(address)
      const end = seen => { events.close(); resolve(seen) }
      events.onopen = () => end(true)
      events.onerror = () => end(false)
    }),
  }
  const read = []
  for (const [way, path] of tries) {
    if (await ways[way](url + path)) read.push(`${way} ${path}`)
  }
  return read
}
const ways = ['fetch', 'credentials', 'opaque', 'request', 'image', 'script', 'module', 'style', 'media', 'events']

const server = createServer((_, response) => {
  response.setHeader('Content-Type', 'text/html')
  response.end('<!doctype html><title>Foreign</title><body>')
})
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const port = server.address().port

const browser = await launch()
try {
  const result = { own: [], foreign: {}, shown: [] }
  for (const origin of [`http://127.0.0.1:${port}`, `http://localhost:${port}`]) {
    const context = await contextOf(browser)
    const page = await context.newPage()
    // The user has the preview open in the same browser.
    const preview = await context.newPage()
    await preview.goto(url)
    await preview.waitForFunction(() => document.readyState === 'complete')
    await page.goto(origin)
    result.foreign[origin.replace(/\d+$/, '')] = await page.evaluate(attack, { url, tries: ways.flatMap(way => paths.map(path => [way, path])) })
    for (const path of paths) {
      // What a person would see in a frame, an object or another window.
      await page.goto(origin)
      await page.evaluate(address => {
        const frame = document.createElement('iframe')
        frame.src = address
        const object = document.createElement('object')
        object.data = address
        document.body.append(frame, object)
      }, url + path)
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        page.evaluate(address => { window.other = open(address) }, url + path),
      ])
      await popup.waitForLoadState('load').catch(() => {})
      await page.waitForLoadState('load')
      for (const frame of [...page.frames().slice(1), popup.mainFrame()]) {
        const text = await frame.evaluate(() => document.documentElement.outerHTML).catch(() => '')
        if (text.includes('Operational')) result.shown.push(`${origin} ${frame.url()}`)
      }
      await popup.close()
    }
    result.own = await preview.evaluate(attack, { url, tries: control })
    await context.close()
  }
  output(result)
} finally {
  await browser.close()
  server.close()
}
