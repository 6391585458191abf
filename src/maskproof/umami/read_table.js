async (table) => {
  // Only rows in sight are on the page, so the list is scrolled through. Each number: its text and its tooltip, by label.
  const body = table.querySelector("[class*='ListTable_body']");
  const list = body.firstElementChild;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const rows = () => [...body.querySelectorAll("[class*='ListTable_row']")].map((row) => {
    const value = row.querySelector("[class*='ListTable_value'][title]");
    // What is counted is there at least once: a row that has just come into sight begins at 0.
    const moves = value.title === '0';
    return [row.querySelector("[class*='ListTable_label']").textContent, value.textContent.trim(), moves ? '' : value.title];
  });
  const rowsAt = async (top) => {
    list.scrollTop = top;
    await frame();
    await frame();
    for (let frames = 0; frames < 120 && rows().some(([, , tooltip]) => !tooltip); frames += 1) await frame();
    return rows();
  };
  const shown = {};
  for (let top = 0; list && top <= list.scrollHeight; top += Math.max(list.clientHeight, 1)) {
    for (const [label, text, tooltip] of await rowsAt(top)) shown[label] = [text, tooltip];
  }
  if (list) await rowsAt(0);
  return shown;
}
