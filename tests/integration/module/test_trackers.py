"""The range of trackers: each version that the module accepts is guarded like the application's own; no other is started."""

# ruff: noqa: E501 - a page is read as one line.
import re
from pathlib import Path

import pytest
from tests.integration.module.actions import click, then, typed, wait
from tests.integration.module.conftest import Visit
from tests.integration.module.site import Site, bundled
from tests.integration.module.test_entries import FIRST, LAST, NAME
from tests.integration.test_trackers import module_of

from maskproof.bundles import CHECKED_TRACKERS
from maskproof.openreplay.messages import MESSAGES
from maskproof.openreplay.tracker_table import CHECKED_VERSIONS, is_posted

pytestmark = pytest.mark.nightly

MADE = re.compile(r"function \w+\([^)]*\) \{\s*return \[\s*(\d+)(?: /\*[^*]*\*/)?,?([^\]]*)\]")
# Functions that every tracker still has, and none of the accepted ones calls: the page never posts them.
NEVER_CALLED = {4, 21, 44, 48, 50, 51, 53, 69, 81, 116}
PAGE = (
    "<h1>Shop</h1><p data-pii=name title='Zandoquar'>Zandoquar</p><input id=in placeholder='Your name'><select name=birth_month><option>May</select>"
    "<div id=host></div><p id=out></p><button id=go>Send</button><script>"
    "host.attachShadow({ mode: 'open' }).innerHTML = '<p>Inside</p><b data-pii=name>Zandoquar</b>';"
    "go.addEventListener('click', () => { const value = document.querySelector('#in').value; document.title = `Profile of ${value}`;"
    "out.innerHTML = `<b title='${value}'>Dear ${value}</b>`; console.log('sent', value, { who: value }); fetch(`/api/${value}?q=${value}`);"
    "history.pushState({}, '', `/people/${value}?who=${value}#${value}`); getSelection().selectAllChildren(out);"
    "__OPENREPLAY__.event('opened', { who: value }); __OPENREPLAY__.setUserID(value); __OPENREPLAY__.setMetadata('who', value);"
    "umami.track('sent', { who: value }); setTimeout(() => { throw new Error(`no ${value}`) }) })</script>"
)


def posted_by(file: Path) -> dict[int, int]:
    """The messages that a tracker can make, by id, with the number of their fields."""
    made = MADE.findall(file.read_text(encoding="utf-8"))
    return {int(number): len([one for one in fields.split(",") if one.strip()]) for number, fields in made}


@pytest.mark.parametrize("version", CHECKED_VERSIONS)
def test_the_table_has_the_messages_of_each_version(version: str) -> None:
    """Each message that it can send has an entry, with as many fields."""
    table = {kind.id: len(kind.fields) for kind in MESSAGES.values() if is_posted(kind)}
    made = {number: size for number, size in posted_by(module_of(version)).items() if number not in NEVER_CALLED}
    assert len(made) > 60
    assert {number: size for number, size in made.items() if table.get(number) != size} == {}


@pytest.mark.parametrize("version", CHECKED_VERSIONS)
def test_each_version_is_guarded(visit: Visit, site: Site, version: str) -> None:
    """What is typed and marked is in none of its messages; what the page says besides is."""
    site.script = bundled(tracker=module_of(version))
    left = visit(PAGE, then(wait(200), typed("#in", NAME), click(), wait(500)))
    assert {text: left.holding(text) for text in (FIRST, LAST, "zandoquar") if left.holding(text)} == {}
    stays = ("Profile of ***", "Dear ***", "Inside", "Your name", "May", "sent", "/people/***", "opened", "no ***")
    assert [text for text in stays if not left.holding(text)] == []
    assert left.problems == ()


@pytest.mark.parametrize("version", [one for one in CHECKED_TRACKERS if one not in CHECKED_VERSIONS])
def test_no_other_version_is_started(visit: Visit, site: Site, version: str) -> None:
    """It posts messages that the guard has no entry for; the page goes on, and learns why."""
    site.script = bundled(tracker=module_of(version))
    left = visit(PAGE, wait(900), records=False)
    assert (left.messages, left.starts) == ((), ())
    assert [problem for problem in left.problems if f"{version} are unknown" in problem["reason"]]
