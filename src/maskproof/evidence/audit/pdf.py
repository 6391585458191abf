"""Prints the audit pack: `reports/audit.pdf`, by the browser of the suite, without a script and without a network."""

from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Error

from maskproof.evidence.files import write_whole
from maskproof.machine.failures import SetupFailed
from maskproof.recording.browser import running_browser

FILE_NAME = "audit.pdf"
DEADLINE_MS = 60_000
EDGE = "<div style='font:8px sans-serif;width:100%;padding:0 12mm;color:#57606a'>{}</div>"
PAGES = "<span style='float:right'>page <span class='pageNumber'></span> of <span class='totalPages'></span></span>"


def write_pdf(reports: Path, page: str, *, footer: str) -> None:
    """
    Print a page as `audit.pdf`.

    Args:
        reports: The folder of the reports.
        page: The page, as HTML.
        footer: What stands at the foot of each sheet, beside its number.

    Raises:
        SetupFailed: The browser does not start, or does not print; there is no file then.

    """
    (reports / FILE_NAME).unlink(missing_ok=True)
    try:
        with running_browser() as browser:
            content = printed(browser, page, footer=footer)
    except Error as error:
        raise SetupFailed(f"Chromium does not print: {error.message.splitlines()[0]}") from None
    write_whole(reports / FILE_NAME, content)


def printed(browser: Browser, page: str, *, footer: str) -> bytes:
    """
    A page as PDF.

    Args:
        browser: The browser; the page gets a context of its own.
        page: The page, as HTML.
        footer: What stands at the foot of each sheet, beside its number.

    """
    context = browser.new_context(java_script_enabled=False, service_workers="block", offline=True)
    try:
        sheet = context.new_page()
        sheet.set_default_timeout(DEADLINE_MS)
        sheet.set_content(page, wait_until="load")
        return sheet.pdf(
            prefer_css_page_size=True,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=EDGE.format(PAGES + escape(footer)),
            # Tags and an outline let a screen reader and a reader of many pages find their way.
            tagged=True,
            outline=True,
        )
    finally:
        context.close()
