"""The launch checklist with what is known of each item, for those who sign: `reports/launch-checklist.md`."""

from collections.abc import Iterator, Sequence

from maskproof.evidence.markdown import as_text
from maskproof.evidence.summary import read_last_run
from maskproof.rules import compile_rules, load_rules
from maskproof.settings import Settings
from maskproof.verdicts.criteria import load_criteria
from maskproof.verdicts.outside import proofs_outside
from maskproof.verdicts.standing import Standing, standings

FILE_NAME = "launch-checklist.md"


def standing_of(settings: Settings) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """
    How the owner's criteria stand, and how the items of the launch checklist do.

    Raises:
        ConfigurationError: A file of criteria, of signatures or of rules has a fault.

    """
    paths = settings.paths
    last = read_last_run(paths.reports)
    outside = proofs_outside(paths, compile_rules(load_rules(paths.rules))["version"])
    criteria, launch = (tuple(standings(load_criteria(path), last, outside)) for path in (paths.criteria, paths.launch))
    return criteria, launch


def launch_checklist(items: Sequence[Standing]) -> str:
    """The checklist as Markdown: how many items are met, a box for each, and a place for the decision."""
    return "\n".join(_lines(items)) + "\n"


def _lines(items: Sequence[Standing]) -> Iterator[str]:
    met = sum(item.is_met for item in items)
    yield from ("# Launch checklist", "", f"{met} of {len(items)} items are met.", "")
    yield from ("| | item | state | evidence |", "|---|---|---|---|")
    for item in items:
        cells = (item.text, item.state, item.evidence)
        yield f"| {'[x]' if item.is_met else '[ ]'} | " + " | ".join(map(as_text, cells)) + " |"
    yield from ("", "Decision: launch / do not launch", "", "Name, role, day:", "")
