// Has Netlify build the site anew when the clock changes it. A scheduled
// function asks each quarter of an hour, and calls a build hook when the next
// change has come.
//
// 1. Copy to netlify/functions/rebuild/rebuild.mjs.
// 2. In netlify.toml, let the build of production say when that is:
//    command = "echo \"export default '$(go run . next)'\" > netlify/functions/rebuild/next.mjs && go run . build"
// 3. Make a build hook (Project configuration, Build hooks), and put its
//    address into the environment variable BUILD_HOOK.
import next from './next.mjs'

export const config = { schedule: '4,19,34,49 * * * *' }

export default async () => {
  if (next === 'never' || Date.now() < Date.parse(next)) return
  const answer = await fetch(process.env.BUILD_HOOK, { method: 'POST' })
  if (!answer.ok) throw new Error(`the build hook answers with ${answer.status}`)
}
