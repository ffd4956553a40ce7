// Validates HTML documents.
//
// in:  { name: html }
// out: [sentence]
import { HtmlValidate } from 'html-validate'
import { input, output } from './browser.mjs'

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y'],
})
const wrong = []
for (const [name, html] of Object.entries(input())) {
  const report = await validator.validateString(html, name)
  for (const { messages } of report.results) {
    wrong.push(...messages.map(m => `${name}:${m.line}:${m.column}: ${m.message} [${m.ruleId}]`))
  }
}
output(wrong)
