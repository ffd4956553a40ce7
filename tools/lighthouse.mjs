// Shows Lighthouse's four scores for the index and an incident of the example
// site, and fails where one is below 100. It times, so no test runs it; run it
// on a quiet machine, anywhere in the repository:
//
//	node tools/lighthouse.mjs
//
// npx fetches Lighthouse, whose 200 packages would outweigh all others in
// package.json.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

const run = promisify(execFile)
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const pages = ['/', '/incidents/2022-12-01-india-sdk-endpoint/']
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' }

const folder = await mkdtemp(join(tmpdir(), 'lighthouse-'))
// A page says where it belongs, so the site has to be built for the port.
const server = createServer(answer).listen(0, '127.0.0.1')
await new Promise(ready => server.once('listening', ready))
const site = `http://localhost:${server.address().port}`
let worst = 100
try {
  await run('go', ['run', '.', 'build', '--output', join(folder, 'public'), '--base-url', site], { cwd: root })
  for (const page of pages) {
    const scores = await measure(site + page)
    console.log(page, scores)
    worst = Math.min(worst, ...Object.values(scores))
  }
} finally {
  server.close()
  await rm(folder, { recursive: true })
}
process.exitCode = worst < 100 ? 1 : 0

async function answer(request, response) {
  const path = new URL(request.url, 'http://localhost').pathname
  const file = path.endsWith('/') ? path + 'index.html' : path
  try {
    const content = await readFile(join(folder, 'public', file))
    for (const [name, value] of await headers(path)) response.setHeader(name, value)
    response.setHeader('Content-Type', types[extname(file)] ?? 'text/plain; charset=utf-8')
    response.setHeader('Content-Encoding', 'gzip')
    response.end(gzipSync(content))
  } catch {
    response.writeHead(404).end()
  }
}

// headers are those that _headers gives to a path.
async function headers(path) {
  const rules = (await readFile(join(folder, 'public/_headers'), 'utf8')).trim().split('\n\n')
  const rule = rules.map(r => r.split('\n')).find(([first]) =>
    first === path || first.endsWith('*') && path.startsWith(first.slice(0, -1)))
  return (rule ?? []).slice(1).map(line => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()])
}

async function measure(url) {
  const { stdout } = await run('npx', ['--yes', 'lighthouse@12.8.2', url, '--output=json', '--quiet',
    '--chrome-flags=--no-sandbox --headless --disable-gpu --disable-background-networking'],
  { env: { CHROME_PATH: '/usr/bin/chromium', ...process.env }, maxBuffer: 64 << 20, cwd: folder })
  const { categories, audits } = JSON.parse(stdout)
  for (const { auditRefs } of Object.values(categories)) {
    for (const { id, weight } of auditRefs) {
      const { score, title } = audits[id]
      if (weight > 0 && score !== null && score < 0.9) console.log(' ', title)
    }
  }
  return Object.fromEntries(Object.entries(categories).map(([name, { score }]) => [name, Math.round(score * 100)]))
}
