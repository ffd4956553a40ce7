// Runs the function that a host calls every quarter of an hour, as the host does.
// Reads {modules, variables}, writes what each module asked for and how it ended.
import { readFileSync } from 'node:fs'
import process from 'node:process'

const { modules, variables } = JSON.parse(readFileSync(0, 'utf8'))
Object.assign(process.env, variables)
const result = {}
for (const path of modules) {
  const did = (result[path] = { asked: [], failed: '' })
  globalThis.fetch = async (address, options) => {
    did.asked.push(`${options.method} ${new URL(address)}`)
    return { ok: !address.endsWith('/gone'), status: 404 }
  }
  const { default: rebuild } = await import(path)
  try {
    await (rebuild.scheduled ? rebuild.scheduled({}, variables) : rebuild())
  } catch (failure) {
    did.failed = failure.message
  }
}
process.stdout.write(JSON.stringify(result))
