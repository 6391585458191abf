"""Style sheets that recorded pages link to, kept of a run: a recording holds their addresses and not their texts."""

import hashlib
from pathlib import Path

from maskproof.openreplay.stored_addresses import original_address


def keep_style(folder: Path, address: str, text: str) -> None:
    """
    Keep a style sheet.

    Args:
        folder: Where they are kept; made if it is not there.
        address: Its address, as the recording has it.
        text: Its text.

    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _name(address)).write_text(text, encoding="utf-8")


def kept_style(folder: Path, address: str) -> str:
    """
    The text of a style sheet that was kept; empty if it was not.

    Args:
        folder: Where they are kept.
        address: Its address, as the recording has it.

    """
    file = folder / _name(address)
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _name(address: str) -> str:
    return hashlib.sha256(original_address(address).encode()).hexdigest()[:32] + ".css"
