// Reads workflows, actions and pipelines as their hosts do: GitHub's own parser with
// its schemas, and GitLab's schema in gitlab-ci-local, without a network.
//
// in:  { workflows, actions, gitlab }
//      files of workflows and of actions; folders with a .gitlab-ci.yml and a git repository
// out: { jobs: { folder: [name] }, wrong: [sentence] }
//      jobs are those of each folder, in all of its pipelines
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire, register } from 'node:module'
import process from 'node:process'
import { promisify } from 'node:util'
import { input, output } from './browser.mjs'

// GitHub's package imports its schemas as a bundler lets it, not as Node does.
register('data:text/javascript,' + encodeURIComponent(`export const load = (url, context, next) =>
  next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context)`))
const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await import('@actions/workflow-parser')
const { parseAction } = await import('@actions/workflow-parser/actions/action-parser')

const { workflows, actions, gitlab } = input()
const wrong = [], jobs = {}
const parse = (parser, name) => {
  const parsed = parser({ name, content: readFileSync(name, 'utf8') }, new NoOperationTraceWriter())
  const said = () => wrong.push(...parsed.context.errors.getErrors().map(error => `${name}: ${error.message}`))
  return { parsed, said }
}
for (const name of workflows) {
  const { parsed, said } = parse(parseWorkflow, name)
  if (parsed.value) await convertWorkflowTemplate(parsed.context, parsed.value)
  said()
}
for (const name of actions) parse(parseAction, name).said()

const program = createRequire(import.meta.url).resolve('gitlab-ci-local')
for (const folder of gitlab) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, '--list-json'], { cwd: folder }).catch(error => error)
  try {
    jobs[folder] = JSON.parse(stdout).map(job => job.name)
  } catch {
    wrong.push(`${folder}: ${stdout}${stderr}`)
  }
}
output({ jobs, wrong })
