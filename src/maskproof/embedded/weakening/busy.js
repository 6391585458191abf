(milliseconds) => {
  const burn = () => {
    const end = performance.now() + milliseconds
    while (performance.now() < end);
  }
  burn()
  for (const name of ['pushState', 'replaceState']) {
    const native = history[name]
    history[name] = function (...given) {
      native.apply(this, given)
      burn()
    }
  }
  addEventListener('popstate', burn)
  document.addEventListener('input', burn, true)
}
