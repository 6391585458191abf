"""Checks that the form behaves as without tracking: messages, submissions, navigation, final document."""

import difflib
from collections.abc import Iterator, Sequence
from typing import Any

from maskproof.forms.model import FormFixture
from maskproof.journey.model import BrokenByTracking, Ledger, Submission
from maskproof.verdicts.outcome import Outcome

SHOWN_LINES = 6


def check_behaviour(form: FormFixture, instrumented: Ledger, bare: Ledger) -> Outcome:
    """
    Compare the same journey on both builds, and each with what the fixture expects to be submitted.

    Args:
        form: The form fixture.
        instrumented: The ledger with tracking.
        bare: The ledger without.

    """
    problems = [
        *_different("steps", _done(instrumented), _done(bare)),
        *_different("validation messages", instrumented.messages, bare.messages),
        *_different("submissions", _shown(instrumented.submissions), _shown(bare.submissions)),
        *_different("navigation", instrumented.navigations, bare.navigations),
        *_different("final page", [instrumented.final_path], [bare.final_path]),
        *_different("final document", instrumented.final_dom.splitlines(), bare.final_dom.splitlines()),
        *_different("console errors", instrumented.console_errors, bare.console_errors),
        *(_missing(form, bare, "bare")),
        *(_missing(form, instrumented, "instrumented")),
    ]
    lines = len(bare.final_dom.splitlines())
    return Outcome(
        seen=(
            f"{len(bare.steps)} steps driven to the end on both builds",
            (
                f"{len(bare.messages)} validation messages, {len(bare.submissions)} submissions, "
                f"{len(bare.navigations)} navigations, {lines} lines of final document"
            ),
        ),
        problems=tuple(problems),
        unseen=tuple(_unseen(bare)),
    )


def _unseen(bare: Ledger) -> Iterator[str]:
    if not bare.steps:
        yield "no step was driven"
    if not bare.final_dom:
        yield "the final document is empty"


def broken(error: BrokenByTracking) -> Outcome:
    """The outcome of a journey that tracking breaks; the bare build shows that the fixture is not at fault."""
    return Outcome(seen=("the journey was driven to the end on the bare build",), problems=(str(error),))


def _different(what: str, instrumented: Sequence[Any], bare: Sequence[Any]) -> Iterator[str]:
    if list(instrumented) == list(bare):
        return
    lines = difflib.unified_diff(
        [str(item) for item in bare], [str(item) for item in instrumented], "bare", "instrumented", n=0, lineterm=""
    )
    changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    more = f" ... and {len(changed) - SHOWN_LINES} more" if len(changed) > SHOWN_LINES else ""
    yield f"{what} differ: " + " | ".join(changed[:SHOWN_LINES]) + more


def _done(ledger: Ledger) -> list[str]:
    return [f"{step.kind} (line {step.line})" for step in ledger.steps]


def _shown(submissions: Sequence[Submission]) -> list[str]:
    return [f"{sent.method} {sent.path} {sent.status} {sent.body}" for sent in submissions]


def _missing(form: FormFixture, ledger: Ledger, build: str) -> Iterator[str]:
    for submit in form.submits:
        expected = _expected_body(form, submit.body)
        target = (submit.method, submit.path)
        bodies = [sent.body for sent in ledger.submissions if (sent.method, sent.path) == target]
        if not any(_holds(body, expected) for body in bodies):
            yield (
                f"{build}: {submit.method} {submit.path} was never sent with {expected}; sent: {bodies or 'nothing'}"
            )


def _expected_body(form: FormFixture, template: Any) -> Any:  # noqa: ANN401 - JSON
    """The body with value ids in place of values, as the ledger has it."""
    if isinstance(template, dict):
        if template.keys() == {"field"}:
            field = form.fields[template["field"]]
            return f"[{field.value}]" if field.value else field.fixed
        if template.keys() == {"value"}:
            return f"[{template['value']}]"
        return {key: _expected_body(form, value) for key, value in template.items()}
    if isinstance(template, list):
        return [_expected_body(form, value) for value in template]
    return template


def _holds(body: Any, expected: Any) -> bool:  # noqa: ANN401 - JSON
    if isinstance(expected, dict):
        return isinstance(body, dict) and all(
            key in body and _holds(body[key], value) for key, value in expected.items()
        )
    return bool(body == expected)
