// Searches the history in a browser as a reader does.
//
// in:  { url, searches: [text] }
// out: { before: [url], asked: [url], answers: [{ found, titles: [text], links: [url] }] }
//      before are the files of titles that were loaded before the first search
import { contextOf, input, launch, output } from './browser.mjs'

const { url, searches } = input()
const browser = await launch()
const page = await (await contextOf(browser, { locale: 'en' })).newPage()
const asked = []
page.on('request', r => r.url().endsWith('.json') && asked.push(r.url()))
await page.goto(url, { waitUntil: 'networkidle' })
const before = [...asked], answers = []
for (const text of searches) {
  await page.locator('#search .note').evaluate(e => e.textContent = '')
  await page.getByRole('searchbox').fill(text)
  await page.waitForFunction(() => document.querySelector('#search .note').textContent !== '')
  const hits = page.locator('#search .entry-title a')
  answers.push({
    found: await page.locator('#search .note').innerText(), titles: await hits.allInnerTexts(),
    links: await hits.evaluateAll(all => all.map(a => a.href)),
  })
}
output({ before, asked, answers })
await browser.close()
