async (bar) => {
  // A number begins to move with the next frame that is drawn.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  // Each number: its text and its tooltip, by the label below it; what stands beside the label is a change.
  const shown = {};
  for (const card of bar.querySelectorAll("[class*='MetricCard_card']")) {
    const value = card.querySelector("[class*='MetricCard_value']");
    const label = card.querySelector("[class*='MetricCard_label']").firstChild;
    shown[label.textContent.trim()] = [value.textContent.trim(), value.title];
  }
  return shown;
}
