// Has Cloudflare build the page anew when the clock has changed it. build.sh writes
// into next.mjs when that is. DEPLOY_HOOK is the address of a deploy hook, a secret.
import next from './next.mjs'

export default {
  fetch: (request, env) => env.ASSETS.fetch(request), // what is no file: 404.html
  async scheduled(event, env) {
    if (next === 'never' || Date.now() < Date.parse(next)) return
    if (!env.DEPLOY_HOOK) throw new Error('DEPLOY_HOOK is not set: README.md says how to make a hook')
    const answer = await fetch(env.DEPLOY_HOOK, { method: 'POST' })
    if (!answer.ok) throw new Error(`the deploy hook answers with ${answer.status}`)
  },
}
