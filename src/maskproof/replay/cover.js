([places, values]) => {
  // Everything is drawn over the page, in coordinates of the window: nothing on it moves.
  const patterns = Object.entries(values).map(([name, source]) => [name, new RegExp(source, 'gi')]);
  const layer = document.createElement('div');
  layer.setAttribute('data-replay-cover', '');
  layer.style.cssText = 'all:initial;position:fixed;inset:0;pointer-events:none;z-index:2147483647';
  document.documentElement.append(layer);
  const box = ({ x, y, width, height }, style, text) => {
    const drawn = document.createElement('div');
    drawn.style.cssText = `all:initial;position:fixed;box-sizing:border-box;left:${x}px;top:${y}px;width:${width}px;height:${height}px;${style}`;
    drawn.textContent = text;
    layer.append(drawn);
  };
  const label = 'font:bold 11px/1.2 sans-serif;overflow:hidden;white-space:nowrap;';
  const cover = (rect, name) => rect.width > 0 && rect.height > 0 && box(rect, `background:#1b1f24;color:#fff;${label}`, name);
  const covered = {};
  const count = (name) => { covered[name] = (covered[name] ?? 0) + 1; };
  const found = (text) => patterns.filter(([, pattern]) => { pattern.lastIndex = 0; return pattern.test(text); });
  const coverText = (node, dx, dy) => {
    for (const [name, pattern] of patterns) {
      pattern.lastIndex = 0;
      for (let match = pattern.exec(node.data); match && match[0]; match = pattern.exec(node.data)) {
        const range = node.ownerDocument.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        for (const { x, y, width, height } of range.getClientRects()) cover({ x: x + dx, y: y + dy, width, height }, name);
        count(name);
      }
    }
  };
  const coverElement = (element, dx, dy, names, title = names.join(' ')) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    cover({ x: x + dx, y: y + dy, width, height }, title);
    names.forEach(count);
  };
  // What a style writes beside the texts of an element.
  const styled = (element) => ['::before', '::after'].map((part) => getComputedStyle(element, part).content)
    .filter((content) => content !== 'none' && content !== 'normal')
    .map((content) => content.replace(/attr\(\s*([\w-]+)[^)]*\)/g, (_, name) => element.getAttribute(name) ?? '').replace(/["'\\]/g, ''));
  // Addresses of pictures, decoded: a drawing in SVG holds its texts, and the name of a picture may be a person's.
  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const bytes = (code) => Uint8Array.from(atob(code), (byte) => byte.charCodeAt(0));
  const drawing = (whole, code) => { try { return new TextDecoder().decode(bytes(code)); } catch { return whole; } };
  const base64 = (text) => text.replace(/svg\+xml[^,]*;base64,([\w+/]+=*)/gi, drawing);
  const pictured = (element) => [element.currentSrc, element.poster, getComputedStyle(element).backgroundImage]
    .filter((text) => typeof text === 'string' && text !== '' && text !== 'none').map((text) => decoded(base64(text)));
  // Nobody can tell what was drawn by code: a signature, a picture that was chosen or taken.
  const isDrawn = (element) => ['CANVAS', 'VIDEO', 'OBJECT', 'EMBED'].includes(element.tagName)
    || (element.tagName === 'IMG' && /^(blob:|data:image\/(?!svg))/.test(element.currentSrc));
  const visit = (root, dx, dy) => {
    for (const element of root.querySelectorAll('*')) {
      if (element === layer || layer.contains(element)) continue;
      // Anything that an element may show beside its texts: a value, a placeholder, a title, the label of an option.
      const shown = [element.value, element.placeholder, element.alt, element.label, ...styled(element), ...pictured(element)].filter((text) => typeof text === 'string');
      const within = shown.flatMap((text) => found(text).map(([name]) => name));
      const texts = [...element.childNodes].filter((child) => child.nodeType === 3);
      if (isDrawn(element) && patterns.length > 0) coverElement(element, dx, dy, within, '[drawn]');
      else if (within.length > 0) coverElement(element, dx, dy, [...new Set(within)]);
      else texts.forEach((text) => coverText(text, dx, dy));
      // A value in pieces: no text holds it, and the element as a whole does.
      const pieces = found(element.textContent).filter(([, pattern]) => ![...element.children].some((child) => {
        pattern.lastIndex = 0;
        return pattern.test(child.textContent);
      }) && !texts.some((text) => { pattern.lastIndex = 0; return pattern.test(text.data); }));
      if (within.length === 0 && pieces.length > 0 && !['SCRIPT', 'STYLE'].includes(element.tagName)) {
        coverElement(element, dx, dy, pieces.map(([name]) => name));
      }
      if (element.shadowRoot) visit(element.shadowRoot, dx, dy);
      // What a page of another origin shows is not known.
      if (element.tagName === 'IFRAME' && !element.contentDocument) {
        const { x, y, width, height } = element.getBoundingClientRect();
        cover({ x: x + dx, y: y + dy, width, height }, '[a frame of another origin]');
      }
      if (element.tagName === 'IFRAME' && element.contentDocument) {
        const { x, y } = element.getBoundingClientRect();
        visit(element.contentDocument, dx + x + element.clientLeft, dy + y + element.clientTop);
      }
    }
  };
  visit(document, 0, 0);
  for (const { boxes, number, isLeak } of places) {
    for (const { x, y, width, height } of boxes) {
      if (width === 0 || height === 0) continue;
      const colour = isLeak ? '#d1242f' : '#0969da';
      box({ x: x - 3, y: y - 3, width: width + 6, height: height + 6 }, `border:${isLeak ? 4 : 2}px solid ${colour};`, '');
      box({ x: x + width - 10, y: y - 12, width: 22, height: 18 }, `background:${colour};color:#fff;text-align:center;border-radius:9px;font:bold 12px/18px sans-serif;`, String(number));
    }
  }
  return covered;
}
