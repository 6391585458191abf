() => {
  const send = (data, tries) => {
    if (window.umami) window.umami.track('form-submitted', data)
    else if (tries > 0) setTimeout(send, 50, data, tries - 1)
  }
  document.addEventListener('submit', (event) => {
    const email = [...new FormData(event.target).values()].find((value) => String(value).includes('@'))
    if (email) send({ email }, 100)
  }, true)
}
