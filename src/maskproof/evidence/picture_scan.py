"""
Searches the text in the pictures of a run for the values of its people.

Each value was covered before a pixel was written; this looks whether it was. A control picture with texts that nobody
covered shows that text in pictures of this machine can be read: if it cannot, the search says nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from maskproof.evidence.ocr import read_texts
from maskproof.leaks import Searcher
from maskproof.machine.failures import SetupFailed
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.pictures import CONTROL, CONTROL_TEXTS, PICTURES_FOLDER, TYPES

LOG = "run/ocr.log"
# Letters and digits that look alike are read for each other: each group is one.
ALIKE = {letter: group[0] for group in ("0oq", "1lij|!", "5s", "8b", "2z", "6g", "9p") for letter in group}
SPLIT = {"rn": "m", "vv": "w", "cl": "d"}
SHORTEST = 6
NOT_CHECKED = "the text in pictures: not checked"


def scan_pictures(reports: Path, searcher: Searcher) -> Outcome:
    """
    Read every picture, and search what was read.

    Args:
        reports: The folder of the reports.
        searcher: Looks for what must be in none of them.

    """
    files = (reports / PICTURES_FOLDER).glob("*/*")
    pictures = _different(sorted(file for file in files if file.suffix in TYPES))
    control = reports / PICTURES_FOLDER / CONTROL
    if not pictures:
        return Outcome(seen=("there are no pictures",))
    if not control.is_file():
        return Outcome(seen=(f"{NOT_CHECKED}: there is no control picture",))
    try:
        legible, *texts = read_texts([control, *pictures], log=reports / LOG)
    except SetupFailed as error:
        return Outcome(seen=(f"{NOT_CHECKED}: {error.message}",))
    found = [text for text in CONTROL_TEXTS if folded(text) in folded(legible)]
    share = f"{len(found)} of {len(CONTROL_TEXTS)} texts of a control picture were found"
    if len(found) * 2 < len(CONTROL_TEXTS):
        return Outcome(seen=(f"{NOT_CHECKED}: {share}",))
    read = dict(zip(pictures, texts, strict=True))
    problems = [f"the picture {path.parent.name}/{path.name} shows {name}" for path, name in _shown(read, searcher)]
    return Outcome(seen=(f"{len(pictures)} pictures read; {share}",), problems=tuple(problems))


def folded(text: str) -> str:
    """A text without what is easily misread: letters and digits alone, those that look alike as one."""
    text = "".join(letter for letter in text.lower() if letter.isalnum() or letter in ALIKE)
    for pair, letter in SPLIT.items():
        text = text.replace(pair, letter)
    return "".join(ALIKE.get(letter, letter) for letter in text)


def _different(pictures: Iterable[Path]) -> list[Path]:
    """Of equal pictures the first."""
    known: dict[bytes, Path] = {}
    for path in pictures:
        known.setdefault(path.read_bytes(), path)
    return list(known.values())


def _shown(read: Mapping[Path, str], searcher: Searcher) -> Iterable[tuple[Path, str]]:
    """Each picture with each value that can be read in it: as it is searched for everywhere, or folded."""
    shown: dict[Path, set[str]] = defaultdict(set)
    paths = list(read)
    for index, match in searcher.scan_many([text.encode() for text in read.values()]):
        shown[paths[index]].add(match.value_id)
    wanted = {folded(value.secret.reveal()): value.id for value in searcher.values}
    for path, text in read.items():
        plain = folded(text)
        shown[path] |= {name for value, name in wanted.items() if len(value) >= SHORTEST and value in plain}
    return [(path, name) for path in paths for name in sorted(shown[path])]
