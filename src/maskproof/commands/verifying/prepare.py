"""
Fetches and builds everything that the embedded target needs, then starts each part once.

What is already in the cache takes no time. `maskproof setup` calls it, and so do `make test` and `make verify`.
"""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from maskproof.embedded.app_build import ensure_app_build
from maskproof.evidence.allure import TOOL_FOLDER
from maskproof.evidence.ocr import ensure_ocr
from maskproof.machine.chromium_install import ensure_chromium
from maskproof.machine.firefox import ensure_firefox
from maskproof.machine.packages import ensure_packages
from maskproof.machine.postgres import ensure_template
from maskproof.machine.probe import Probed, probe_machine
from maskproof.machine.temporary import ensure_room
from maskproof.settings_schema import CHROMIUM, FIREFOX
from maskproof.umami.build import ensure_umami_build, ensure_umami_pages

AT_ONCE = 2


def prepare(app: Path | None, browsers: Collection[str] = (CHROMIUM,), *, pages: bool = False) -> list[Probed]:
    """
    Make sure that browsers, database, Umami and the builds of the application are there, and that they start.

    Args:
        app: The npm project of the application; None if there is none to build.
        browsers: The browsers that are asked for.
        pages: Whether Umami's web interface is needed too.

    Returns:
        What was seen of each part when it was started.

    Raises:
        MaskproofError: A part cannot be fetched or does not start; says which, why and what to do.

    """
    ensure_room()
    ensure_template()
    asked = [ensure_umami_pages] if pages else []
    _all_of([lambda: _ensure_browsers(browsers), ensure_umami_build, lambda: _npm_parts(app), *asked])
    parts = probe_machine(browsers)
    for part in parts:
        if part.error is not None:
            raise part.error
    return parts


def _ensure_browsers(browsers: Collection[str]) -> None:
    """One after the other: apt installs one thing at a time."""
    ensure_chromium()
    if FIREFOX in browsers:
        ensure_firefox()


def _npm_parts(app: Path | None) -> None:
    ensure_packages(TOOL_FOLDER, kind="allure")
    ensure_ocr()
    if app is not None:
        ensure_app_build(app)


def _all_of(tasks: Sequence[Callable[[], object]]) -> None:
    """Run tasks in parallel; the first error is raised once all have ended."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = [pool.submit(task) for task in tasks]
    for future in done:
        future.result()
