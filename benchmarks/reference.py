"""The reference application's configuration, to be run from any folder."""

from pathlib import Path

ROOT = Path(__file__).parents[1]


def reference_configuration(folder: Path, *, pairs: int = 20) -> Path:
    """
    Write `maskproof.toml` with absolute paths into a folder; its reports go there too, beside no tests of its own.

    Args:
        folder: Where to.
        pairs: Rounds of the overhead measurement before each look.

    Returns:
        The file.

    """
    text = (ROOT / "maskproof.toml").read_text(encoding="utf-8").replace("pairs = 20", f"pairs = {pairs}")
    for name in ("fixtures/", "masking_rules"):
        text = text.replace(f'"{name}', f'"{ROOT}/{name}')
    path = folder / "maskproof.toml"
    path.write_text(text, encoding="utf-8")
    return path
