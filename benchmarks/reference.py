"""The configuration of the reference application, usable from any folder."""

from pathlib import Path

ROOT = Path(__file__).parents[1]


def reference_configuration(folder: Path, *, pairs: int = 20) -> Path:
    """
    Write a `maskproof.toml` with absolute paths; the reports of its runs go to the same folder.

    Args:
        folder: Existing folder for the file; it should hold no tests.
        pairs: Rounds of the overhead measurement before each evaluation of the figures.

    Returns:
        The path of the file.

    """
    text = (ROOT / "maskproof.toml").read_text(encoding="utf-8").replace("pairs = 20", f"pairs = {pairs}")
    for name in ("fixtures/", "masking_rules"):
        text = text.replace(f'"{name}', f'"{ROOT}/{name}')
    path = folder / "maskproof.toml"
    path.write_text(text, encoding="utf-8")
    return path
