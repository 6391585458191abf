"""A filmstrip: the pictures of a session below each other, each with its title, as one picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from playwright.sync_api import Browser

from maskproof.replay.draw import suffix_of
from maskproof.verdicts.pictures import data_url

WIDTH = 720
STYLE = "body{margin:12px;font:14px sans-serif;background:#fff;color:#1f2328}img{width:100%;border:1px solid #d0d7de}"


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture (PNG or JPEG), its title, and how often each value was covered in it."""

    title: str
    image: bytes
    values: Mapping[str, int]


def filmstrip(browser: Browser, frames: Sequence[Frame]) -> bytes:
    """
    Draw frames below each other, as PNG.

    Args:
        browser: The browser.
        frames: The pictures, in order.

    """
    parts = "".join(
        f"<p>{escape(frame.title)}</p><img src='{data_url(suffix_of(frame.image), frame.image)}'>" for frame in frames
    )
    context = browser.new_context(java_script_enabled=False, viewport={"width": WIDTH, "height": 400}, offline=True)
    try:
        page = context.new_page()
        page.set_content(f"<!doctype html><style>{STYLE}</style>{parts}", wait_until="load")
        return page.screenshot(full_page=True)
    finally:
        context.close()
