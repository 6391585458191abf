"""Scans the reports of a run with the run's own search: evidence must not leak what it is about."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from maskproof.evidence.allure import without_program
from maskproof.evidence.picture_scan import scan_pictures
from maskproof.leaks import ScanOptions, Searcher
from maskproof.leaks.search.scan import scan_texts
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.texts import Text
from maskproof.recording.recorder import ROLES, Case, personas_of
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.pictures import TYPES

# What the run keeps for itself, and what nobody publishes.
OWN_FOLDER = "run"
# Pictures in a page, as data URLs or, in Allure's, known by how they begin; their text is read from their own files.
PICTURES = re.compile(
    r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=]+|(?<=\")(?:iVBORw0KGgo|/9j/)[A-Za-z0-9+/=]+(?=\")"
)
PDF = ".pdf"


def searcher_of_run(cases: Sequence[Case], seed: str) -> Searcher:
    """
    The search for the values of every person of a run; it takes seconds to prepare.

    Args:
        cases: The cases of the run.
        seed: The seed of its personas.

    """
    return Searcher(tuple(_values_of_run(cases, seed)), options=ScanOptions(rare=False))


def scan_evidence(reports: Path, searcher: Searcher) -> Outcome:
    """
    Search every report, and every picture, for the values of every person of the run.

    Args:
        reports: The folder of the reports.
        searcher: Looks for the values, see `searcher_of_run`.

    """
    texts = scan_reports(reports, searcher)
    pictures = scan_pictures(reports, searcher)
    return replace(texts, seen=(*texts.seen, *pictures.seen), problems=(*texts.problems, *pictures.problems))


def scan_reports(reports: Path, searcher: Searcher, *, only: Collection[str] = ()) -> Outcome:
    """
    Search the text of every report for the values of every person of the run.

    Args:
        reports: The folder of the reports.
        searcher: Looks for the values, see `searcher_of_run`.
        only: Names of the files to search; empty for every report.

    """
    files = sorted(path for path in reports.rglob("*") if _is_read(path, reports) and (not only or path.name in only))
    problems: list[str] = []
    unseen: list[str] = []
    size = 0
    for path in files:
        name = str(path.relative_to(reports))
        try:
            texts = [PICTURES.sub("", text) for text in _texts_of(path)]
        except PyPdfError as error:
            unseen.append(f"{name} cannot be read: {type(error).__name__}")
            continue
        size += sum(map(len, texts))
        report = scan_texts([Text(name, "", "", text) for text in texts], searcher, session_id="", system="file")
        problems += [f"{name} holds {value}" for value in dict.fromkeys(found.value_id for found in report.findings)]
        unseen += report.unscanned
    values = searcher.values
    seen = f"{len(values)} values looked for in {len(files)} files of reports, {size} characters"
    return Outcome(seen=(seen,) if files and values else (), problems=tuple(problems), unseen=tuple(unseen))


def _texts_of(path: Path) -> list[str]:
    """
    The texts of a report: of a PDF, what it says of itself, its sheets, and all of them without breaks of lines.

    Raises:
        PyPdfError: A PDF is broken.

    """
    if path.suffix != PDF:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        return [without_program(text) if path.suffix == ".html" else text]
    reader = PdfReader(path)
    # One letter may stand for two that are printed as one sign.
    sheets = unicodedata.normalize("NFKC", "\n".join(page.extract_text() for page in reader.pages))
    about = "\n".join(map(str, (reader.metadata or {}).values()))
    # A sheet breaks a long value where its column ends.
    return [about, sheets, sheets.replace("\n", "")]


def _is_read(path: Path, reports: Path) -> bool:
    """Whether a file is one of texts; the text of pictures is read from where they are made."""
    return path.is_file() and path.suffix not in TYPES and _is_published(path, reports)


def _is_published(path: Path, reports: Path) -> bool:
    return path.relative_to(reports).parts[0] != OWN_FOLDER


def _values_of_run(cases: Sequence[Case], seed: str) -> Iterator[Value]:
    """Every value of every person of a run, once; named by its case, so that a finding shows whose it is."""
    known: set[str] = set()
    for case in cases:
        for role in ROLES:
            for secret in personas_of(case, seed, role).pii_of(case.form):
                if not secret.is_short and secret.reveal() not in known:
                    known.add(secret.reveal())
                    yield Value(f"{secret.value_id} of {case.id}, {role}", secret.category, secret)
