"""The check `module`: tracking is asked for before the page is rendered, and the page does not wait for it."""

import json

from playwright.sync_api import Browser, Error, Page, Route

from maskproof.errors import Inconclusive
from maskproof.journey.observe import CONFIG_PATH
from maskproof.project_settings import ProjectSettings
from maskproof.verdicts.outcome import Outcome

DEADLINE_MS = 10_000
ENTRIES = ("index.ts", "index.tsx", "index.js", "index.mjs")
# Notes in which order the page asks for the tracking configuration and changes its own document. What the parser puts
# there comes before any script of a module, so it does not count.
WATCH = """
(() => {
  const order = (window.__maskproofOrder = [])
  const note = (what) => order.includes(what) || order.push(what)
  const ask = window.fetch
  window.fetch = function (input, ...rest) {
    if (new URL(input?.url ?? input, location.href).pathname === CONFIG_PATH) note('asked')
    return ask.call(this, input, ...rest)
  }
  const changed = (records) => document.readyState !== 'loading' && records.some(
    ({ target, addedNodes }) => document.body?.contains(target) && [...addedNodes].some((node) => node.nodeType === 1))
  new MutationObserver((records) => changed(records) && note('rendered'))
    .observe(document, { childList: true, subtree: true })
})()
""".replace("CONFIG_PATH", json.dumps(CONFIG_PATH))
ORDER = "() => window.__maskproofOrder"
RENDERED = "() => window.__maskproofOrder.includes('rendered')"
ASKED = "() => window.__maskproofOrder.includes('asked')"
STARTED = "() => typeof window.__maskproofGuard === 'function'"


def check_module(project: ProjectSettings, browser: Browser, url: str) -> Outcome:
    """
    Look at the module's folder, then at a page of the instrumented build whose configuration is held back.

    Args:
        project: Names the folder of the module.
        browser: Opens the page.
        url: Base URL of the instrumented build.

    Raises:
        Inconclusive: The page cannot be opened.

    """
    folder = project.source / project.module
    if not any((folder / name).is_file() for name in ENTRIES):
        return Outcome(problems=(f"{project.module} of {project.source} has no {ENTRIES[0]}",))
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        try:
            return _of_page(page, url, f"{project.module} is there")
        except Error as error:
            raise Inconclusive(f"{url}: the page cannot be looked at: {error.message.splitlines()[0]}") from None


def _of_page(page: Page, url: str, there: str) -> Outcome:
    held: list[Route] = []

    def hold(route: Route) -> None:  # Playwright takes no method of a list
        held.append(route)

    page.route(f"**{CONFIG_PATH}", hold)
    page.goto(url, wait_until="domcontentloaded")
    if not _comes(page, RENDERED):
        return Outcome(seen=(there,), problems=("nothing is rendered while the tracking configuration is awaited",))
    if not _comes(page, ASKED):
        return Outcome(seen=(there,), problems=(f"the page never asks for {CONFIG_PATH}",))
    order = page.evaluate(ORDER)
    for route in held:
        route.continue_()
    seen, problems = [there, "the page is rendered while it is awaited"], []
    if order[0] == "rendered":
        problems.append("the page is rendered before tracking is started")
    else:
        seen.append("tracking is started before the first render")
    if not _comes(page, STARTED):
        problems.append("tracking does not start once its configuration is there")
    return Outcome(seen=tuple(seen), problems=tuple(problems))


def _comes(page: Page, condition: str) -> bool:
    try:
        page.wait_for_function(condition, timeout=DEADLINE_MS)
    except Error:
        return False
    return True
