"""
Fetches and builds all that the embedded target needs, once, then starts each part of it once.

What is in the cache already takes no time. `maskproof setup` calls it, and so do `make test` and `make verify`.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from maskproof.embedded.app_build import ensure_app_build
from maskproof.evidence.allure import TOOL_FOLDER
from maskproof.machine.chromium_install import ensure_chromium
from maskproof.machine.packages import ensure_packages
from maskproof.machine.postgres import ensure_template
from maskproof.machine.probe import Probed, probe_machine
from maskproof.machine.temporary import ensure_room
from maskproof.umami.build import ensure_umami_build

AT_ONCE = 2


def prepare(app: Path | None) -> list[Probed]:
    """
    Make sure that the browser, the database, Umami and the application's builds are there, and that they start.

    Args:
        app: The application's npm project; None leaves it out.

    Returns:
        What was seen of each part when it was started.

    Raises:
        MaskproofError: One of them cannot be had or does not start; says which, why and what to do.

    """
    ensure_room()
    ensure_template()
    _all_of([ensure_chromium, ensure_umami_build, lambda: _npm_parts(app)])
    found = probe_machine()
    for one in found:
        if one.error is not None:
            raise one.error
    return found


def _npm_parts(app: Path | None) -> None:
    ensure_packages(TOOL_FOLDER, kind="allure")
    if app is not None:
        ensure_app_build(app)


def _all_of(tasks: Sequence[Callable[[], object]]) -> None:
    """Run tasks beside each other; the first error is raised once the others have ended."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = [pool.submit(task) for task in tasks]
    for one in done:
        one.result()
