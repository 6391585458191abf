"""Begins a project: serves a build with tracking off, looks at its pages, and writes what can be known of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from maskproof.commands.module import FOLDER, OWN
from maskproof.commands.starting.guesses import DECIDE
from maskproof.commands.starting.look import Seen, look_at
from maskproof.commands.starting.texts import configuration, form, form_id, rules_of
from maskproof.embedded.static import StaticServer
from maskproof.errors import UsageError, see_page
from maskproof.journey.observe import CONFIG_PATH
from maskproof.recording.browser import running_browser
from maskproof.settings import FILE_NAME
from maskproof.static_settings import static_settings

GUARD = "__maskproofGuard"


def begin(folder: Path, build: str, pages: Sequence[str]) -> Iterator[str]:
    """
    Write a project.

    Args:
        folder: Where to; nothing that is there is overwritten.
        build: The build with tracking, as a path in the folder.
        pages: Paths of its pages.

    Returns:
        What was written, and what is left to decide, one line each.

    Raises:
        MaskproofError: A file is there already, a page cannot be opened, or no browser starts.

    """
    names = [f"forms/{form_id(page)}.yaml" for page in pages]
    for name in names:
        if (folder / name).exists() or names.count(name) > 1:
            raise UsageError(f"{folder / name} is there already.", hint="Name other pages, or take it away.")
    is_single = len(list((folder / build).rglob("*.html"))) == 1
    seen = _look(folder, build, pages, is_single=is_single)
    known = _known_rules()
    used = _used(known, seen)
    texts = {FILE_NAME: _configuration(folder, build, seen, is_single=is_single)}
    texts |= {f"forms/{form_id(one.path)}.yaml": form(one, _categories(known)) for one in seen}
    texts |= {
        f"rules/{category}.yaml": rules_of(category, [rule for rule in used if rule["category"] == category])
        for category in dict.fromkeys(rule["category"] for rule in used)
        if not (folder / f"rules/{category}.yaml").exists()
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    yield from (f"wrote {name}" for name in texts)
    yield from _left(texts, seen)
    if not used:
        yield f"rules/ has no masking rule yet, since no field looks like personal data. {see_page('Masking rules')}"
    yield "next: maskproof rules check, maskproof verify"


def _look(folder: Path, build: str, pages: Sequence[str], *, is_single: bool) -> list[Seen]:
    table = {"instrumented_dir": build, "fallback": "index.html" if is_single else ""}
    settings = static_settings(folder, table)
    server = StaticServer(settings, instrumented=settings.instrumented_dir)
    try:
        base = server.start({}).bare
        with running_browser() as browser:
            return [look_at(browser, base, page, _known_rules()) for page in pages]
    finally:
        server.stop()


def _known_rules() -> list[dict[str, Any]]:
    """The compiled rules that come with the tracking module."""
    text = files("maskproof").joinpath(FOLDER).joinpath(OWN).read_text(encoding="utf-8")
    rules: list[dict[str, Any]] = json.loads(text)["rules"]
    return rules


def _categories(rules: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {rule["id"]: rule["category"] for rule in rules}


def _used(rules: Sequence[Mapping[str, Any]], seen: Sequence[Seen]) -> list[Mapping[str, Any]]:
    """The rules that match a field: others would be unused."""
    matched = {rule for one in seen for field in one.page["fields"] for rule in field["rules"]}
    return [rule for rule in rules if rule["id"] in matched]


def _configuration(folder: Path, build: str, seen: Sequence[Seen], *, is_single: bool) -> str:
    scripts = (path for path in (folder / build).rglob("*") if path.suffix in {".js", ".mjs", ".html"})
    has_guard = any(GUARD in path.read_text(encoding="utf-8", errors="replace") for path in scripts)
    unanswered = dict.fromkeys(name for one in seen for name in one.unanswered)
    return configuration(build, has_guard=has_guard, is_single=is_single, unanswered=unanswered)


def _left(texts: Mapping[str, str], seen: Sequence[Seen]) -> Iterator[str]:
    """What a person has to decide or to do, with its place."""
    for name, text in texts.items():
        for number, line in enumerate(text.splitlines(), start=1):
            if f"category: {json.dumps(DECIDE)}" in line:
                label = line.partition(":")[0].strip()
                yield f"decide: {name}:{number}: does {label} hold personal data?"
            elif line.startswith("success:") and f'"{DECIDE}:"' in line:
                yield f"decide: {name}:{number}: what shows that the form was sent?"
    for one in seen:
        yield from (
            f"answer: {asked} (page {one.path}): see [app.static.answers] in {FILE_NAME}" for asked in one.unanswered
        )
        if not one.asked_for_config:
            yield (
                f"the page {one.path} did not ask for {CONFIG_PATH}: a run records nothing of it. "
                f"{see_page('Verify your own application')}"
            )
