"""Requests that a page makes again and again by itself, and the paths by which fixtures declare requests."""

from dataclasses import dataclass

ANY_STEP = "*"


def fits_path(target: str, path: str) -> bool:
    """
    Whether a path is one that is declared.

    Args:
        target: The declared path; `*` stands for any one step.
        path: The path of a URL.

    """
    wanted, given = target.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        step in {ANY_STEP, there} for step, there in zip(wanted, given, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Poll:
    """A request that the page makes again and again by itself: how often, the clock decides. `*` as in a submission."""

    method: str
    target: str
    why: str

    def __str__(self) -> str:
        """What is declared."""
        return f"poll {self.method} {self.target}"
