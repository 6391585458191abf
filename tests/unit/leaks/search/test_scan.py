"""From texts to findings."""

import base64
import gzip
from dataclasses import replace
from itertools import count

import pytest
from tests.unit.leaks.known import EMAIL, NAME, SSN, searcher, value

from maskproof.leaks.budget import Budget
from maskproof.leaks.search.scan import scan_fields, scan_texts
from maskproof.leaks.search.searcher import Searcher
from maskproof.leaks.texts import Text


def test_a_finding_says_where_and_never_what() -> None:
    """A finding has the channel, message, field and source of its text, and no value."""
    (finding,) = scan_fields(
        [("event 1", "event", "urlQuery", f"q={EMAIL}")], searcher(), session_id="7", system="umami"
    ).findings
    assert (finding.value_id, finding.kind, finding.match, finding.encoding) == ("email", "value", "exact", ())
    assert (finding.source, finding.message, finding.field, finding.session_id) == ("event 1", "event", "urlQuery", "7")
    assert EMAIL.lower() not in str(finding).lower()


def test_different_fields_are_different_findings() -> None:
    """The same text in two fields is searched once and reported twice."""
    texts = [Text("batch", "ConsoleLog", "Value", EMAIL), Text("batch", "CustomEvent", "Payload", EMAIL)]
    report = scan_texts(texts, searcher(), session_id="", system="openreplay")
    assert {finding.channel for finding in report.findings} == {"console", "custom event"}
    assert report.messages == 2


def test_the_least_encoded_match_of_a_field_is_reported() -> None:
    """A field that holds a value plain and encoded is one finding, the plain one."""
    text = f"{EMAIL} {base64.b64encode(EMAIL.encode()).decode()}"
    (finding,) = scan_texts(
        [Text("batch", "ConsoleLog", "Value", text)], searcher(), session_id="", system="x"
    ).findings
    assert finding.encoding == ()


def test_a_node_that_holds_a_value_is_not_named() -> None:
    """A finding's node never gives the value away."""
    texts = [Text("batch", "SetNodeData", "Data", EMAIL, f'input[title="{EMAIL}"]')]
    (finding,) = scan_texts(texts, searcher(), session_id="", system="openreplay").findings
    assert finding.node == "input[title=[redacted]]"


@pytest.mark.parametrize(
    ("node", "shown"),
    [
        ('button "Gravid Quelmo"', "button [redacted]"),
        ('button "Welcome back, Trelawick.Bons"', "button [redacted]"),
        ('a[href="/people/Gravid-Quelmo/edit"]', 'a[href="/people/[redacted]/edit"]'),
        ('p "415-555-01"', "p [redacted]"),
        ('p "Please call Gravid about the Bru"', "p [redacted]"),
        ('p "Please call us"', 'p "Please call us"'),
        ('p "Gravid\'s basket"', 'p "Gravid\'s basket"'),
        ('input[name="phone"] "Phone 415"', 'input[name="phone"] "Phone 415"'),
    ],
    ids=["name", "mail", "link", "phone", "note", "first words", "given name", "area code"],
)
def test_a_node_that_holds_the_beginning_of_a_value_is_not_named(node: str, shown: str) -> None:
    """A label is cut off after some letters; what is left of a value there is not shown either."""
    texts = [Text("batch", "SetNodeData", "Data", SSN, node)]
    (finding,) = scan_texts(texts, searcher(), session_id="", system="openreplay").findings
    assert finding.node == shown


def test_a_file_whose_name_holds_a_value_is_named_without_it() -> None:
    """The folders around it are named, so that it is found all the same."""
    texts = [Text(f"export.zip/{EMAIL}/basket.json", "", "", SSN.encode())]
    (finding,) = scan_texts(texts, searcher(), session_id="", system="file").findings
    assert finding.source == "export.zip/[redacted]/basket.json"


def test_offsets_of_bytes_are_places_in_the_file() -> None:
    """A finding in the bytes of a file has its offset in the file."""
    (finding,) = scan_texts(
        [Text("file", "", "", b"...." + EMAIL.encode())], searcher(), session_id="", system="file"
    ).findings
    assert finding.offset == 4


def test_clean_texts_pass() -> None:
    """Texts without a value give no finding; the report says how much was scanned."""
    report = scan_texts([Text("batch", "ConsoleLog", "Value", "ready")], searcher(), session_id="", system="openreplay")
    assert (report.findings, report.bytes, report.verdict) == ((), 5, "pass")


# An address that is made of the name; by what a field shows, so that no test id holds a value.
MADE_OF_NAME = Searcher((value("name", "name", NAME), value("email", "email", "gravid.quelmorn@example.com")))
SHOWN = {
    "the name": (NAME, {("name", "value")}),
    "the name in a sentence": (f"Dear {NAME},", {("name", "value")}),
    "the surname first": ("Quelmorn, Gravid", {("name", "value")}),
    "the surname": ("Quelmorn", {("name", "partial")}),
    "the mailbox elsewhere": ("gravid.quelmorn@other.example", {("name", "value")}),
    "the address": ("gravid.quelmorn@example.com", {("name", "value"), ("email", "value")}),
}


@pytest.mark.parametrize("shown", SHOWN)
def test_a_name_is_not_also_part_of_an_address_made_of_it(shown: str) -> None:
    """It is one finding, of the name; the whole address is one of its own."""
    text, expected = SHOWN[shown]
    texts = [Text("batch", "SetNodeData", "Data", text, "#field", 0)]
    report = scan_texts(texts, MADE_OF_NAME, session_id="", system="openreplay")
    assert {(finding.value_id, finding.kind) for finding in report.findings} == expected


def test_a_name_that_is_typed_is_no_beginning_of_an_address() -> None:
    """Its growing beginnings are the address's too."""
    texts = [Text("batch", "SetInputValue", "Value", NAME[:end], "#field", end) for end in range(1, len(NAME) + 1)]
    report = scan_texts(texts, MADE_OF_NAME, session_id="", system="openreplay")
    assert {finding.value_id for finding in report.findings} == {"name"}


def test_without_the_name_part_of_an_address_is_found() -> None:
    """A mailbox identifies a person by itself."""
    alone = Searcher((value("email", "email", "gravid.quelmorn@example.com"),))
    texts = [Text("batch", "SetNodeData", "Data", f"Dear {NAME},", "#field", 0)]
    report = scan_texts(texts, alone, session_id="", system="openreplay")
    assert {(finding.value_id, finding.kind) for finding in report.findings} == {("email", "partial")}


def test_what_takes_too_long_is_no_pass() -> None:
    """What stands in plain text is found all the same; what was not decoded is listed."""
    texts = [Text("a.txt", "", "", EMAIL), Text("b.txt", "", "", base64.b64encode(SSN.encode() * 9).decode())]
    budget = Budget(seconds=1, clock=map(float, count()).__next__)
    report = scan_texts(texts, searcher(), session_id="", system="file", budget=budget)
    assert [finding.value_id for finding in report.findings] == ["email"]
    assert report.unscanned == ("a.txt to b.txt: not scanned further: takes longer than 1 s.",)
    assert replace(report, findings=()).verdict == "inconclusive"
    assert report.verdict == "fail"


def test_texts_spend_one_budget_together() -> None:
    """Two scans with one budget unpack no more than one may; each names what it left out."""
    budget = Budget(1 << 20)
    reports = [
        scan_texts(
            [Text(f"{size}.gz", "", "", gzip.compress(bytes(size)))],
            searcher(),
            session_id="",
            system="file",
            budget=budget,
        )
        for size in (700_000, 800_000)
    ]
    assert [report.verdict for report in reports] == ["pass", "inconclusive"]
