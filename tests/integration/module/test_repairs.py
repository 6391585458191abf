"""A page is recorded to its end, also where the tracker alone would lose it."""

import pytest
from tests.integration.module.actions import Action, click, run, then, wait
from tests.integration.module.conftest import Visit
from tests.integration.module.site import Site, bundled
from tests.integration.test_trackers import module_of

from maskproof.openreplay.tracker_table import CHECKED_VERSIONS

PAGE = (
    "<div id=host></div><div id=here></div><iframe srcdoc='<p id=p>Framed</p>'></iframe><button id=go>Go on</button>"
    "<script>go.addEventListener('click', () => here.append('Recorded to the end'))</script>"
)
SLOTTED = (
    "host.innerHTML = '<p>Slotted</p>'; host.attachShadow({ mode: 'open' }).innerHTML = '<i>Frame</i><slot></slot>'"
)
CHANGED = then(wait(200), run("host.shadowRoot.querySelector('i').textContent = 'Changed'"))
COMPONENT = then(run(SLOTTED), CHANGED)
MOVES: dict[str, Action] = {
    "a component with a slot that comes late": COMPONENT,
    "a node that is slotted later": then(
        run(f"{SLOTTED}; host.shadowRoot.querySelector('slot').name = 'one'"),
        run("host.firstChild.slot = 'one'"),
        CHANGED,
    ),
    "a node that leaves a shadow root": then(
        run("host.attachShadow({ mode: 'open' }).innerHTML = '<p>Moved</p>'"),
        run("here.append(host.shadowRoot.querySelector('p'))"),
    ),
    "a node that leaves a frame": then(wait(400), run("here.append(frames[0].document.querySelector('#p'))")),
    "a node that goes into a shadow root": then(
        run("host.attachShadow({ mode: 'open' }).innerHTML = '<p>Shadow</p>'; here.innerHTML = '<b>Moved</b>'"),
        run("host.shadowRoot.append(here.firstChild)"),
    ),
}


def end(drive: Action) -> Action:
    """Do something, and then what has to be recorded in any case."""
    return then(wait(300), drive, wait(200), click(), wait(300))


@pytest.mark.parametrize("name", MOVES)
def test_a_page_is_recorded_to_its_end(visit: Visit, name: str) -> None:
    """A click and a text that come after a node has changed its tree are recorded."""
    left = visit(PAGE, end(MOVES[name]))
    assert len(left.of("MouseClick", "Label")) == 1
    assert left.holding("Recorded to the end")


@pytest.mark.nightly
@pytest.mark.parametrize("version", CHECKED_VERSIONS)
def test_with_each_tracker(visit: Visit, site: Site, version: str) -> None:
    """A component with a slot ends the recording of no version that the module accepts."""
    site.script = bundled(tracker=module_of(version))
    left = visit(PAGE, end(COMPONENT))
    assert len(left.of("MouseClick", "Label")) == 1
    assert left.holding("Recorded to the end")
