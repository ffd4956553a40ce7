// Serves a built site with Cloudflare Pages' local runtime and says where it
// answers other than _headers, _redirects and the files say. It is no part of
// the tests: wrangler is 200 MB, and reaches for the network (without one it
// warns and goes on).
//
//	npm install --prefix /tmp/wrangler wrangler@4.86.0
//	node tools/cloudflare.mjs public /tmp/wrangler/node_modules/wrangler/bin/wrangler.js
//
// 4.86.0 is the last wrangler that runs in Node 20.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'

if (process.argv.length !== 4) throw new Error('usage: node tools/cloudflare.mjs FOLDER WRANGLER.JS')
const [folder, wrangler] = process.argv.slice(2).map(name => resolve(name))
const wrong = []
const check = (fits, sentence) => fits || wrong.push(sentence)
const read = name => readFileSync(join(folder, name), 'utf8')
const lines = name => read(name).split('\n').filter(Boolean)

const files = readdirSync(folder, { recursive: true }).filter(name => statSync(join(folder, name)).isFile())
  .map(name => '/' + name.replaceAll('\\', '/')).filter(name => !/^\/(_headers|_redirects|\.allclear\/.*)$/.test(name))

const rules = []
for (const line of lines('_headers')) {
  const [name, ...value] = line.trim().split(': ')
  if (line.startsWith('/')) rules.push({ path: line, headers: {} })
  else rules.at(-1).headers[name] = value.join(': ')
}
const ruleOf = path => rules.find(r => r.path.endsWith('*') ? path.startsWith(r.path.slice(0, -1)) : path === r.path)
const redirects = Object.fromEntries(lines('_redirects').map(line => line.split(' ')).filter(r => r[2] === '301').map(([from, to]) => [from, to]))

const port = await new Promise(done => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)) })
})
const home = mkdtempSync(join(tmpdir(), 'wrangler-'))
const runtime = spawn(process.execPath, [wrangler, 'pages', 'dev', folder, '--ip', '127.0.0.1', '--port', port, '--compatibility-date', '2026-05-01'],
  { cwd: home, env: { PATH: process.env.PATH, HOME: home, CI: '1', WRANGLER_SEND_METRICS: 'false' }, stdio: ['ignore', 'pipe', 'pipe'] })
const ask = (path, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' })

try {
  let said = ''
  await new Promise((ready, fail) => {
    const hear = data => { said += data; if (said.includes('Ready on')) ready() }
    runtime.stdout.on('data', hear)
    runtime.stderr.on('data', hear)
    runtime.on('exit', () => fail(new Error(`wrangler ended:\n${said}`)))
  })
  check(said.includes(`Parsed ${rules.length} valid header rule`), `it does not read all of the ${rules.length} header rules`)
  check(said.includes(`Parsed ${Object.keys(redirects).length} valid redirect rule`), 'it does not read all of the redirects')
  for (const file of files) await visit(file.replace(/(^|\/)index\.html$/, '$1'))
  for (const [from, to] of Object.entries(redirects)) {
    const answer = await ask(from)
    check(answer.status === 301 && answer.headers.get('location') === to, `${from} gives ${answer.status} to ${answer.headers.get('location')}`)
  }
  const nowhere = await ask('/no/such/page')
  check(nowhere.status === 404 && await nowhere.text() === read('404.html'), `/no/such/page gives ${nowhere.status}`)
  const slash = await ask('/history')
  check(slash.status === 308 && slash.headers.get('location') === '/history/', `/history gives ${slash.status}`)
} finally {
  runtime.kill('SIGINT') // which it hands on to the server that it started
}

// visit holds one path against the rules and against a second visit.
async function visit(path) {
  const answer = await ask(encodeURI(path))
  if (path in redirects) return
  if (path.endsWith('.html')) return check(answer.status === 308, `${path} gives ${answer.status}`) // to the name without .html
  check(answer.status === 200, `${path} gives ${answer.status}`)
  for (const [name, value] of Object.entries(ruleOf(encodeURI(path))?.headers ?? { 'a rule': true })) {
    check(answer.headers.get(name) === value, `${path} has ${name}: ${answer.headers.get(name)}`)
  }
  const again = await ask(encodeURI(path), { 'If-None-Match': answer.headers.get('etag') })
  check(again.status === 304, `${path} gives ${again.status} the second time`)
}

console.log(wrong.length ? wrong.join('\n') : `${files.length} files, ${rules.length} header rules and ${Object.keys(redirects).length} redirects are as they should be`)
process.exitCode = wrong.length ? 1 : 0
