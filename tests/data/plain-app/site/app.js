// The application, without a framework. The bare build has no tracking code.
if (import.meta.env.MODE === 'instrumented') void import('./tracking.js').then((tracking) => tracking.start())

const form = document.querySelector('#newsletter')
const error = document.querySelector('#who-error')

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const body = Object.fromEntries(new FormData(form))
  error.textContent = ''
  const answer = await fetch('/api/subscribe', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (answer.status === 422) error.textContent = (await answer.json()).who
  else document.querySelector('#thanks').hidden = false
})
