// Drives a browser on a preview while its files change: ten tabs, the scroll
// position, a style without a reload, problems on top. Reads {url, content,
// theme} (the address and two folders), writes what it saw.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { contextOf, input, launch, output } from './browser.mjs'

const { url, content, theme } = input()
const incident = join(content, 'incidents/api-is-slow.md')
const write = (file, text) => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
const original = readFileSync(incident, 'utf8')
const save = title => write(incident, original.replace(/^title: .*$/m, `title: ${title}`))

const browser = await launch()
try {
  const context = await contextOf(browser, { viewport: { width: 800, height: 300 } })
  const refused = [] // what the page's own policy stops, and what breaks
  const open = async path => {
    const page = await context.newPage()
    page.on('console', message => message.type() === 'error' && refused.push(message.text()))
    page.on('pageerror', error => refused.push(String(error)))
    await page.goto(url + path)
    return page
  }
  const tabs = []
  for (let i = 0; i < 10; i++) tabs.push(await open('/incidents/api-is-slow/'))
  const heading = (page, title) => page.getByRole('heading', { level: 1, name: title }).waitFor()
  const everywhere = title => Promise.all(tabs.map(page => heading(page, title)))

  const [tab] = tabs
  await tab.evaluate(() => scrollTo(0, 150))
  save('Saved once')
  await everywhere('Saved once')
  await tab.waitForFunction(() => document.readyState === 'complete' && scrollY > 0)
  const scrolled = await tab.evaluate(() => scrollY)

  // The tab that leads goes away; another takes over.
  await tabs.pop().close()
  await tabs.shift().close()
  save('Saved twice')
  await everywhere('Saved twice')

  // A style is swapped in the page that is there.
  const page = tabs[0]
  await page.evaluate(() => { window.before = true })
  const color = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const style = readFileSync(join(theme, 'static/style.css'), 'utf8')
  write(join(theme, 'static/style.css'), `${style}\nbody { background: rgb(1, 2, 3) }\n`)
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)')
  await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"]').length === 1)
  const swapped = { color: await color(), reloaded: await page.evaluate(() => !window.before) }
  const later = await open('/')
  swapped.later = await later.evaluate(() => getComputedStyle(document.body).backgroundColor)
  // A reload after a style's change must not bring the old one back.
  save('Saved three times')
  await everywhere('Saved three times')
  swapped.afterReload = await color()

  // While the content is broken every tab says so, over the last good page.
  write(incident, original.replace('component: api', 'component: <img src=x onerror=document.title=1>'))
  const overlays = await Promise.all([...tabs, later].map(async page => {
    await page.locator('allclear-preview li').first().waitFor()
    return page.locator('allclear-preview .overlay').innerText()
  }))
  const broken = {
    text: overlays[0],
    same: overlays.every(text => text === overlays[0]),
    images: await page.locator('allclear-preview img').count(),
    heading: await page.locator('h1').first().innerText(),
    styled: await page.locator('allclear-preview .overlay').evaluate(e => getComputedStyle(e).position),
  }
  const loaded = await open('/history/') // while it is broken
  await loaded.locator('allclear-preview li').first().waitFor()
  save('Mended')
  await everywhere('Mended')
  await loaded.locator('allclear-preview').waitFor({ state: 'detached' })
  broken.left = await page.locator('allclear-preview').count()

  output({ scrolled, swapped, broken, refused })
} finally {
  await browser.close()
}
