// A page that asks its server for the sizes, sends an order, and shows what the server made of it.
const show = (id, text) => Object.assign(document.querySelector(id), { textContent: text, hidden: false })

fetch('/api/plans')
  .then((answer) => answer.json())
  .then((plans) => show('#plans', plans.join(', ')))

document.querySelector('#order').addEventListener('submit', async (event) => {
  event.preventDefault()
  const body = JSON.stringify(Object.fromEntries(new FormData(event.target)))
  const answer = await fetch('/api/orders', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  if (answer.status === 201) show('#done', `Thank you for the ${(await answer.json()).plan}`)
})
