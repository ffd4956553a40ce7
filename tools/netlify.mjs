// Reads a site as Netlify does, with its own packages and without a network.
//
// in:  { folder, contexts, paths }
//      folder holds netlify.toml and what it publishes; contexts such as
//      production and deploy-preview; paths to look up
// out: { builds: { context: { command, publish, environment } },
//        headers: [{ path, headers: [{ name, value }] }],
//        redirects: [{ from, to, status, force }],
//        found: { path: { name: value } }, wrong: [sentence] }
//      found is what `netlify dev` gives a path: of two rules the last
import { resolveConfig } from '@netlify/config'
import { parseAllHeaders } from '@netlify/headers-parser'
import { parseAllRedirects } from '@netlify/redirect-parser'
import { input, output } from './browser.mjs'

const { folder, contexts, paths } = input()
const wrong = [], builds = {}
let files
for (const context of contexts) {
  const { config, logs, ...found } = await resolveConfig({
    cwd: folder, repositoryRoot: folder, context, branch: 'main', mode: 'buildbot', offline: true, buffer: true, env: {},
  })
  const { command, publish, environment } = config.build
  builds[context] = { command, publish, environment }
  wrong.push(...logs.stdout, ...logs.stderr)
  files = found
}
const read = { netlifyConfigPath: files.configPath, minimal: false }
const { headers, errors: wrongHeaders } = await parseAllHeaders({ ...read, headersFiles: [files.headersPath] })
const { redirects, errors: wrongRedirects } = await parseAllRedirects({ ...read, redirectsFiles: [files.redirectsPath] })

const found = path => Object.assign({}, ...headers.filter(h => h.forRegExp.test(path)).map(h => h.values))
output({
  builds,
  headers: headers.map(h => ({ path: h.for, headers: Object.entries(h.values).map(([name, value]) => ({ name, value })) })),
  redirects: redirects.map(({ from, to, status, force }) => ({ from, to, status, force })),
  found: Object.fromEntries(paths.map(path => [path, found(path)])),
  wrong: [...wrong, ...wrongHeaders, ...wrongRedirects].map(String),
})
