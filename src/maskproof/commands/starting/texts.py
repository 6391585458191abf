"""The files of a new project as texts: what was seen of a build, and what is left to a person to decide."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from maskproof.commands.starting.guesses import DECIDE, category_of, field_id, kind_of
from maskproof.commands.starting.look import Seen

STEPS = {"checkbox": "check", "radio": "check", "select-one": "select", "select-multiple": "select"}
SHORTEST_CONTROL = 4
FIXED = {
    "number": "42",
    "range": "50",
    "date": "2031-05-17",
    "time": "10:30",
    "month": "2031-05",
    "week": "2031-W20",
    "datetime-local": "2031-05-17T10:30",
    "color": "#336699",
    "url": "https://www.example.com/",
}
CONFIGURATION = """# Every name: the page "Configuration" of the documentation.
[paths]
forms = "forms"
rules = "rules"

[app]
guard = {guard}    # whether the tracking module has a second layer, as the one of `maskproof module` has

[app.static]
instrumented_dir = {build}
# bare_dir = "dist-bare"    # a build without tracking code; until there is one, tracking off stands for it
{fallback}
{answers}"""


def configuration(build: str, *, has_guard: bool, is_single: bool, unanswered: Iterable[str]) -> str:
    """
    The text of `maskproof.toml`.

    Args:
        build: Path of the build.
        has_guard: Whether the build has a second layer of masking.
        is_single: Whether the build has one page only, which stands for all others.
        unanswered: Requests of its pages that the build has no file for.

    """
    asked = [f'# {json.dumps(name)} = "answers/FILE.json"' for name in unanswered]
    said = (
        "# What the pages ask for, and no file of the build answers: name a file for each, or pass it on to your API."
    )
    return CONFIGURATION.format(
        guard=json.dumps(has_guard),
        build=json.dumps(build),
        fallback=f'{"" if is_single else "# "}fallback = "index.html"    # the page that is sent for every other page',
        answers="\n".join(["", "[app.static.answers]", said, *asked, ""]) if asked else "",
    )


def form_id(path: str) -> str:
    """The id of a page's form, by its path."""
    return "-".join(re.findall(r"[a-z0-9]+", path.partition("?")[0].lower().removesuffix(".html"))) or "home"


def form(seen: Seen, categories: Mapping[str, str]) -> str:
    """
    The form fixture of a page.

    Args:
        seen: The page.
        categories: The category of each masking rule, by its id.

    """
    return "\n".join(_form_lines(seen, categories)) + "\n"


def _form_lines(seen: Seen, categories: Mapping[str, str]) -> Iterator[str]:
    page, path = seen.page, seen.path.partition("?")[0].partition("#")[0]
    heading, button = page["heading"], page["button"]
    yield '# What each key means: the page "Form fixtures" of the documentation.'
    yield "version: 1"
    yield f"id: {form_id(seen.path)}"
    yield f"title: {json.dumps(page['title'] or (heading or {}).get('text') or path, ensure_ascii=False)}"
    yield f"path: {json.dumps(seen.path)}"
    ids: list[str] = []
    lines = []
    for field in page["fields"]:
        ids.append(field_id(field, ids))
        lines.append(f"  {ids[-1]}: {_field(field, categories)}")
    yield from ("fields:", *lines) if lines else ("fields: {}",)
    if heading and len(heading["text"]) >= SHORTEST_CONTROL:
        yield f"controls: [{json.dumps(heading['text'], ensure_ascii=False)}]"
    yield "steps:"
    for name, field in zip(ids, page["fields"], strict=True):
        yield f"  - {STEPS.get(field['type'], 'fill')}: {{field: {name}}}"
    if button and lines:
        yield f"  - click: {_object({'selector': button['selector'], 'label': button['label']})}"
    elif not lines:
        yield f"  - expect_visible: {_object(_heading(heading))}"
    yield f"page_views: [{json.dumps(path)}]"
    yield f"navigations: [{json.dumps(path)}]"
    if lines:
        yield "# submits: [{method: POST, path: /api/..., body: {...}}]    # what your server must have received"
        yield "# Decide: the element that shows that it worked, and its text."
        yield f'success: {{selector: "{DECIDE}:"}}'
    else:
        yield f"success: {_object(_heading(heading))}"


def _heading(heading: Mapping[str, str] | None) -> dict[str, str]:
    return {"selector": heading["tag"], "text": heading["text"]} if heading else {"selector": "body"}


def _field(field: Mapping[str, Any], categories: Mapping[str, str]) -> str:
    category = category_of(field, categories)
    given = {"selector": field["selector"], "label": field["label"], "category": category}
    if category != DECIDE:
        return _object({**given, "value": f"user.{kind_of(category, field)}"})
    fixed = field["options"][-1] if field["options"] else FIXED.get(field["type"], f"some {field['label'].lower()}")
    advice = "none, or the category of what people enter; then value: user.KIND in place of fixed"
    return f"{_object({**given, 'fixed': fixed})}    # {DECIDE}: {advice}"


def _object(items: Mapping[str, str]) -> str:
    """A flow mapping of YAML; every text in it is quoted as in JSON."""
    pairs = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in items.items() if value)
    return "{" + ", ".join(pairs) + "}"


def rules_of(category: str, rules: Sequence[Mapping[str, Any]]) -> str:
    """
    A file of masking rules.

    Args:
        category: Their category.
        rules: The compiled rules.

    """
    lines = ["version: 1", f"category: {category}", "rules:"]
    for rule in rules:
        match = {name: rule[name] for name in ("selectors", "names", "autocomplete", "types") if rule[name]}
        lines += [
            f"  - id: {rule['id']}",
            f"    match: {json.dumps(match)}",
            f"    treatment: {rule['treatment']}",
            f"    why: {category.replace('_', ' ').capitalize()} is personal data.",
        ]
    return "\n".join(lines) + "\n"
