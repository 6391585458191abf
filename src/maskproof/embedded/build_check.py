"""Checks the folders of builds that are there already."""

from pathlib import Path

from maskproof.errors import see_page
from maskproof.settings import Settings

SEE = see_page("Verify your own application")
WHY_BARE = f"The bare build is the one without tracking, to compare with. {SEE}"


def check_builds(settings: Settings, table: str, instrumented: Path, bare: Path | None) -> None:
    """
    Check that the folders hold builds, and not the same one.

    Args:
        settings: The configuration.
        table: What names them there as `instrumented_dir` and `bare_dir`, e.g. `app.server`.
        instrumented: The build with tracking.
        bare: The build without; None if there is none.

    Raises:
        ConfigurationError: One cannot be served; names file and line.

    """
    for name, folder in (("instrumented_dir", instrumented), ("bare_dir", bare)):
        if folder is not None and (not folder.is_dir() or not any(folder.iterdir())):
            fault = "is empty" if folder.is_dir() else "is not a folder" if folder.exists() else "is not there"
            raise settings.error(
                f"{table}.{name}", f"{folder} {fault}.", hint="Build the application first, or name its folder."
            )
    if bare is not None and instrumented.samefile(bare):
        raise settings.error(f"{table}.bare_dir", f"{bare} is the same folder as instrumented_dir.", hint=WHY_BARE)
