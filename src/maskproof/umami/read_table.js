async (table) => {
  // Only rows in sight are on the page, so the list is scrolled through. Each number: its text and its tooltip, by label.
  const body = table.querySelector("[class*='ListTable_body']");
  const list = body.firstElementChild;
  const shown = {};
  for (let top = 0; list && top <= list.scrollHeight; top += Math.max(list.clientHeight, 1)) {
    list.scrollTop = top;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const row of body.querySelectorAll("[class*='ListTable_row']")) {
      const value = row.querySelector("[class*='ListTable_value'][title]");
      shown[row.querySelector("[class*='ListTable_label']").textContent] = [value.textContent.trim(), value.title];
    }
  }
  if (list) list.scrollTop = 0;
  return shown;
}
