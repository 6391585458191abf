"""
Reads the text in pictures (optical character recognition), without any network connection.

The engine and its language data are npm packages (`ocr_tool/`), installed by set-up like the application's own.
"""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from maskproof.machine.node import run_logged
from maskproof.machine.packages import ensure_packages

TOOL_FOLDER = Path(__file__).parent / "ocr_tool"
WORKERS = 2


def ensure_ocr() -> Path:
    """
    The packages of the engine, from the cache; installed if absent.

    Raises:
        SetupFailed: They cannot be fetched.

    """
    return ensure_packages(TOOL_FOLDER, kind="ocr")


def read_texts(pictures: Sequence[Path], *, log: Path) -> list[str]:
    """
    The text of each picture, as far as the engine can read it.

    Args:
        pictures: The files.
        log: Gets the output of the engine, which names no text.

    Raises:
        SetupFailed: The engine cannot be fetched or does not run.

    """
    with tempfile.TemporaryDirectory(prefix="maskproof-ocr-") as place:
        asked, read = Path(place, "pictures.json"), Path(place, "texts.json")
        asked.write_text(json.dumps([str(path.resolve()) for path in pictures]), encoding="utf-8")
        run_logged(
            ["node", TOOL_FOLDER / "read.mjs", ensure_ocr(), asked, read, str(WORKERS)],
            what="read the text of pictures",
            cwd=Path(place),
            log=log,
        )
        texts: list[str] = json.loads(read.read_text(encoding="utf-8"))
        return texts
