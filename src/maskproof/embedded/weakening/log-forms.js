() => {
  document.addEventListener('submit', (event) => {
    console.log('form', JSON.stringify(Object.fromEntries(new FormData(event.target))))
  }, true)
}
