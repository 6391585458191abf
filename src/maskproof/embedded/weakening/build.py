"""Copies a build and weakens the copy, as the test-only switches say."""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from maskproof.embedded.app_build import AppBuild
from maskproof.embedded.weakening.rules import (
    CompiledRule,
    replaced_rules,
    with_masked_headings,
    with_plain_inputs,
    without_rule,
)
from maskproof.errors import ConfigurationError

# Switches that run a script in each page, by the script's file.
SCRIPTS = {"guard": "guard.js", "logForms": "log-forms.js", "umamiEmail": "umami-email.js", "busyMs": "busy.js"}
# Switches that change the compiled rules.
RULE_CHANGES: Mapping[str, Callable[[Sequence[CompiledRule], Any], list[CompiledRule]]] = {
    "dropRule": without_rule,
    "plainInputs": lambda rules, _: with_plain_inputs(rules),
    "maskHeading": lambda rules, _: with_masked_headings(rules),
}
WEAKENINGS = frozenset(SCRIPTS) | frozenset(RULE_CHANGES)


def weakened(build: AppBuild, switches: Mapping[str, object], rules: Sequence[CompiledRule], folder: Path) -> AppBuild:
    """
    A copy of a build whose instrumented half is weakened; the build itself if no switch weakens it.

    Args:
        build: The application's build.
        switches: Switches by name; others than `WEAKENINGS` are ignored, and so is what is off.
        rules: The compiled masking rules.
        folder: Where the copy is made.

    Raises:
        ConfigurationError: A rule is unknown, or stands in no file of the build.

    """
    on = {name: value for name, value in switches.items() if name in WEAKENINGS and _is_on(name, value)}
    if not on:
        return build
    copy = folder / "weakened"
    shutil.copytree(build.instrumented, copy)
    changed = _changed_rules(rules, on)
    if changed:
        _replace_rules(copy, changed)
    scripts = [_script(file, on[name]) for name, file in SCRIPTS.items() if name in on]
    for page in copy.rglob("*.html"):
        page.write_text(with_script(page.read_text(encoding="utf-8"), "\n".join(scripts)), encoding="utf-8")
    return replace(build, instrumented=copy)


def with_script(page: str, script: str) -> str:
    """A page in which a script runs before any other."""
    if not script:
        return page
    head = page.lower().find("<head")
    at = page.find(">", head) + 1 if head >= 0 else 0
    return f"{page[:at]}<script>{script}</script>{page[at:]}"


def _is_on(name: str, value: object) -> bool:
    return value is False if name == "guard" else bool(value)


def _script(file: str, value: object) -> str:
    source = files(__package__).joinpath(file).read_text(encoding="utf-8")
    # Without its end, the next script would be taken for an argument of this one.
    return f"({source.strip()})({json.dumps(value)});"


def _changed_rules(rules: Sequence[CompiledRule], on: Mapping[str, object]) -> list[CompiledRule]:
    """The rules that are other than before."""
    changed = list(rules)
    for name, change in RULE_CHANGES.items():
        if name in on:
            changed = change(changed, on[name])
    return [after for before, after in zip(rules, changed, strict=True) if after != before]


def _replace_rules(folder: Path, changed: Sequence[CompiledRule]) -> None:
    missing = {rule["id"] for rule in changed}
    for file in (path for path in folder.rglob("*") if path.suffix in {".js", ".mjs", ".html", ".json"}):
        text = file.read_text(encoding="utf-8", errors="surrogateescape")
        replaced, found = replaced_rules(text, changed)
        if found:
            file.write_text(replaced, encoding="utf-8", errors="surrogateescape")
            missing -= found
    if missing:
        raise ConfigurationError(
            f"--switch: no file of the instrumented build holds the rule {', '.join(sorted(missing))}.",
            hint="The build has to be made with the rules that `maskproof rules compile` writes.",
        )
