"""The final document as text: what of it has to be equal in both builds."""

# Scripts, styles and the trackers' own attributes are left out, since a user does not see them. React's generated
# ids (`:r1:`, `_r_1_`) count renders, so each is replaced by the order in which it appears.
SERIALISE = """
() => {
  const made = new Map();
  const stable = (text) => text.replace(/(:r[0-9a-z]+:|_r_[0-9a-z]+_|«r[0-9a-z]+»)/g, (id) => {
    if (!made.has(id)) made.set(id, `made-id-${made.size + 1}`);
    return made.get(id);
  });
  const lines = [];
  const visit = (node, depth) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.replace(/\\s+/g, ' ').trim();
      if (text) lines.push(' '.repeat(depth) + stable(text));
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (['SCRIPT', 'STYLE', 'LINK', 'NOSCRIPT'].includes(node.tagName)) return;
    const attributes = [...node.attributes]
      .filter(({ name }) => !name.startsWith('data-openreplay') && !name.startsWith('data-umami'))
      .map(({ name, value }) => ` ${name}="${stable(value)}"`).sort().join('');
    const live = 'value' in node && node.tagName !== 'LI' && node.tagName !== 'BUTTON'
      ? ` =${JSON.stringify(node.type === 'checkbox' || node.type === 'radio' ? node.checked : node.value)}` : '';
    lines.push(`${' '.repeat(depth)}<${node.tagName.toLowerCase()}${attributes}>${live}`);
    if (node.tagName !== 'TEXTAREA') node.childNodes.forEach((child) => visit(child, depth + 1));
    if (node.shadowRoot) node.shadowRoot.childNodes.forEach((child) => visit(child, depth + 1));
  };
  visit(document.body, 0);
  return lines.join('\\n');
}
"""
