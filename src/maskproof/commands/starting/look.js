// What a page shows of its form. `matches` says whether a masking rule matches an element.
(rules, matches) => {
  const SKIPPED = ['hidden', 'submit', 'button', 'reset', 'image', 'file'];
  // Ids that libraries make differ from page to page.
  const MADE = /\d{2,}|^(mui|radix|headlessui|react|input|field)-/i;
  const NAMED = ['autocomplete', 'aria-label', 'placeholder', 'data-testid', 'type'];
  const text = (value) => (value ?? '').replace(/\s+/g, ' ').trim();
  const isOnly = (selector) => document.querySelectorAll(selector).length === 1;
  const isOwn = (id) => /^[A-Za-z][\w-]*$/.test(id) && !MADE.test(id);
  const by = (element, name) => {
    const value = element.getAttribute(name);
    return value ? `${element.localName}[${name}=${JSON.stringify(value)}]` : '';
  };
  const place = (element) => {
    const { localName, parentElement } = element;
    if (!parentElement) return localName;
    const same = [...parentElement.children].filter((one) => one.localName === localName);
    const number = same.length > 1 ? `:nth-of-type(${same.indexOf(element) + 1})` : '';
    return `${place(parentElement)} > ${localName}${number}`;
  };
  const selectorOf = (element) => {
    const value = element.type === 'radio' ? by(element, 'value').slice(element.localName.length) : '';
    const named = by(element, 'name') && by(element, 'name') + value;
    const id = isOwn(element.id) ? `#${element.id}` : '';
    const tries = [id, named, ...NAMED.map((name) => by(element, name))].filter(Boolean);
    return tries.find(isOnly) ?? place(element);
  };
  const groups = new Set();
  const isFirst = ({ type, name }) => {
    if (type !== 'radio') return true;
    const isNew = !groups.has(name);
    groups.add(name);
    return isNew;
  };
  const isShown = (element) => element.checkVisibility();
  const controls = [...document.querySelectorAll('input, select, textarea')].filter(
    (one) => !SKIPPED.includes(one.type) && !one.disabled && isShown(one) && isFirst(one),
  );
  const root = controls.find((one) => one.form)?.form ?? document;
  const button =
    root.querySelector('button[type=submit], input[type=submit]') ??
    root.querySelector('button:not([type=button]):not([type=reset])');
  const heading = [...document.querySelectorAll('h1, h2')].find((one) => isShown(one) && text(one.textContent));
  const labelOf = (one) =>
    [one.labels?.[0]?.textContent, one.getAttribute('aria-label'), one.placeholder, one.name, one.id, one.type]
      .map(text)
      .find(Boolean);
  return {
    title: text(document.title),
    heading: heading ? { tag: heading.localName, text: text(heading.textContent) } : null,
    button: button ? { selector: selectorOf(button), label: text(button.textContent) || text(button.value) } : null,
    fields: controls.map((one) => ({
      selector: selectorOf(one),
      name: one.name ?? '',
      id: one.id ?? '',
      type: one.type,
      autocomplete: one.getAttribute('autocomplete') ?? '',
      label: labelOf(one),
      options: [...(one.options ?? [])].map((option) => option.value).filter(Boolean),
      rules: rules
        .filter((rule) => !rule.attributes && rule.treatment !== 'plain' && matches(one, rule))
        .map((rule) => rule.id),
    })),
  };
}
