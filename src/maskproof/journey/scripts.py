"""Calls a function of the project for what a form fixture cannot say in steps."""

import importlib.util
import traceback
from pathlib import Path

from playwright.sync_api import Error, Page

from maskproof.errors import ConfigurationError, MaskproofError
from maskproof.forms.model import Personas


def run_script(source: Path, call: str, page: Page, personas: Personas) -> None:
    """
    Call `file.py::function` with the page and the values.

    Args:
        source: The form fixture; the file is relative to its folder.
        call: File and function.
        page: The page of the journey.
        personas: The values that are typed.

    Raises:
        ConfigurationError: There is no such function, or it ended with a fault of its own.

    """
    file, _, name = call.partition("::")
    path = source.parent / file
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise ConfigurationError(f"{source}: script {file} cannot be read.")
    module = importlib.util.module_from_spec(spec)
    function = None
    try:
        spec.loader.exec_module(module)
        function = getattr(module, name, None)
        if callable(function):
            function(page, personas)
    except (MaskproofError, Error, AssertionError):
        raise
    except Exception as error:  # noqa: BLE001 - the project's own code; its message may hold a value
        raise ConfigurationError(
            f"{source}: script {call} ended with {type(error).__name__}{_line_in(path, error)}.",
            hint="A script is the project's own: mend it, or say in steps what it does.",
        ) from None
    if not callable(function):
        raise ConfigurationError(f"{source}: script {file} has no function {name}.")


def _line_in(path: Path, error: Exception) -> str:
    """The last line of a file that an error came through."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f" in line {lines[-1]}" if lines else ""
