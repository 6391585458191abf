"""A run on one page of Markdown."""

from dataclasses import replace

from tests.unit.evidence.conftest import result, whole_run

from maskproof.evidence.markdown import SHOWN, markdown
from maskproof.evidence.summary import summarise
from maskproof.verdicts.declared import LIMITS
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result


def _page(*results: Result, expected: tuple[str, ...] = ()) -> str:
    return markdown(summarise(results, expected=expected, target="embedded", seed="seed", rules_version="v"))


def test_the_verdict_comes_first() -> None:
    """Then how many checks there were, and a table of forms by checks."""
    page = _page(*whole_run())
    assert page.startswith("# Maskproof: pass\n")
    assert "| demo-v1 | pass | pass |" in page
    assert "| all forms: Every rule matches something | pass |" in page
    assert "What did not pass" not in page


def test_what_did_not_pass_is_named_with_its_reason() -> None:
    """A check that was not done is neither green nor left out."""
    page = _page(result("masking", "fail"), expected=("masking demo-v1", "twin demo-v1"))
    assert "# Maskproof: fail" in page
    assert "1 checks, 0 passed, 1 were not done" in page
    assert "| demo-v1 | **FAIL** | not done |" in page
    assert "- masking demo-v1: user.email (value, exact, as base64 \\> " not in page
    assert "- masking demo-v1: user.email (value, exact, as base64) in openreplay console" in page


def test_a_message_is_no_markup() -> None:
    """Signs of Markdown and HTML in a message stay text."""
    outcome = Outcome(problems=("the text '<b>*x*</b> | [y]' is lost",))
    page = _page(Result.of("fidelity", outcome, form="demo", protocol=1, started=0.0))
    assert "\\<b\\>\\*x\\*\\</b\\> \\| \\[y\\]" in page


def test_a_long_list_is_cut() -> None:
    """The page stays one page."""
    page = _page(*(result("masking", "fail", form=f"form-{number}") for number in range(SHOWN + 5)))
    assert "- and 5 more" in page


def test_what_a_run_cannot_show_is_named_once() -> None:
    """Not once for each form, and only where there is something."""
    limited = [replace(result("behaviour"), form=form, seen=(LIMITS["behaviour"],)) for form in ("demo", "other")]
    assert _page(*limited).count("cannot be shown: ") == 1
    assert "cannot show" not in _page(*whole_run())
