"""Values that were recorded while they were typed."""

import pytest
from tests.unit.leaks.known import searcher

from maskproof.leaks.search.scan import scan_texts
from maskproof.leaks.texts import Text


def _prefixes(*typed: str, message: str = "SetInputValue") -> set[str]:
    texts = [Text("batch", message, "Value", text, "#field", number) for number, text in enumerate(typed)]
    report = scan_texts(texts, searcher(), session_id="", system="openreplay")
    return {finding.value_id for finding in report.findings if finding.match == "prefix"}


# By name, so that no test id holds a value.
SEEN = {
    "three growing values": ("tre", "trel", "trela"),
    "growing values that repeat": ("tr", "tr", "tre", "tre", "trel"),
    "a whole field": ("trelawick.bo",),
    "a word of a mailbox that was typed": ("trelaw", "trelawi", "trelawick"),
    "growing payloads of a search": ("?q=tre&n=1", "?q=trel&n=2", "?q=trela&n=3"),
}


@pytest.mark.parametrize("name", SEEN)
def test_the_beginning_of_a_value_is_found(name: str) -> None:
    """A beginning counts where it fills a field, or as one of three growing values of a key."""
    assert _prefixes(*SEEN[name]) == {"email"}


OTHERS = {
    "two growing values": ("tre", "trel"),
    "growing values of a word that goes on otherwise": ("t", "tr", "tre", "tree"),
    "a short beginning": ("trel",),
    "a beginning inside a text": ("see trelawick. and more",),
    "beginnings that do not grow": ("tre", "tre", "tre"),
    "a common beginning of a long text": ("Please call",),
    "years": ("1", "19", "198"),
    "a given name alone": ("Gravid",),
    "a word of a mailbox alone": ("TRELAWICK",),
}

TYPED_OTHERWISE = {
    "a phone number without its country": ("phone", ("(415", "(415) 5", "(415) 55", "(415) 555-0")),
    "a phone number with its country": ("phone", ("+1", "+1 41", "+1 4155", "+1 415 55")),
    "a date with its day first": ("birthday", ("09.0", "09.03", "09.03.1", "09.03.19")),
    "a date with its month first": ("birthday", ("03/0", "03/09", "03/09/1", "03/09/19")),
    "a name with the surname first": ("name", ("Que", "Quel", "Quelm")),
    "most of a phone number as a whole field": ("phone", ("415 555 01",)),
}


SENTENCES = {
    "results of a search": ("name", ("Results for Qu", "Results for Quel", "Results for Quelm")),
    "quoted, with words behind": ("name", ('No "Gra" in stock', 'No "Gravi" in stock', 'No "Gravid Q" in stock')),
    "with other texts between": ("email", ("Mail to tre", "Searching", "Mail to trela", "Searching", "Mail to trelaw")),
    "a number": ("phone", ("Call 415 5?", "Call 415 55?", "Call 415 555-0?")),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_value_that_grows_within_a_sentence_is_found(name: str) -> None:
    """Three sentences of one node that differ only in a growing beginning are typing, too."""
    value_id, said = SENTENCES[name]
    assert _prefixes(*said) == {value_id}


STILL_SENTENCES = {
    "the whole value at last": ("Hi Gra", "Hi Grav", "Hi Gravid", "Hello Gravid Quelmorn"),
    "two of them": ("Results for Qu", "Results for Quel"),
    "a word that goes on otherwise": (
        "Results for Qu",
        "Results for Que",
        "Results for Quel",
        "Results for Quelling",
    ),
    "counts": ("Page 4 of 9", "Page 41 of 9", "Page 415 of 9"),
    "sentences of different beginnings": ("Results for Qu", "Hits for Quel", "Found Quelm"),
}


@pytest.mark.parametrize("name", STILL_SENTENCES)
def test_other_sentences_are_no_finding(name: str) -> None:
    """Sentences that change in another way are not taken for typing."""
    assert _prefixes(*STILL_SENTENCES[name]) == set()


@pytest.mark.parametrize("name", TYPED_OTHERWISE)
def test_the_beginning_of_another_spelling_is_found(name: str) -> None:
    """Phone numbers, dates and names are found however people type them."""
    value_id, typed = TYPED_OTHERWISE[name]
    assert _prefixes(*typed) == {value_id}


def test_a_whole_value_in_another_spelling_is_reported_as_itself() -> None:
    """The beginnings of one spelling are not reported if another spelling is complete."""
    assert _prefixes("(415", "(415) 5", "(415) 555", "+1 (415) 555-0134") == set()


@pytest.mark.parametrize("name", OTHERS)
def test_other_beginnings_are_no_finding(name: str) -> None:
    """A text that only begins like a value is not found."""
    assert _prefixes(*OTHERS[name]) == set()


def test_the_whole_value_is_reported_as_itself() -> None:
    """If the whole value follows, its beginnings are no findings of their own."""
    assert _prefixes("tre", "trelawick.bonsor", "trelawick.bonsor412@example.com") == set()
