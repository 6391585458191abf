"""Checks that the form behaves as without tracking: messages, submissions, navigation, final document."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from maskproof.forms.model import FormFixture, VolatileSubmission
from maskproof.forms.polls import ANY_STEP, Poll, fits_path
from maskproof.journey.clicks import UMAMI_LINK
from maskproof.journey.model import CUT_OFF_STATUS, UNREAD, BrokenByTracking, Ledger, Submission
from maskproof.verdicts.declared import LIMITS, declared_lines
from maskproof.verdicts.outcome import Outcome

SHOWN_LINES = 6
LEFT_OUT = "[volatile]"
# The path that the ledger puts behind an error of a resource that did not load.
OF_PATH = re.compile(r" \((/[^)]*)\)$")
NOTHING = "/tracking-config.json holds {}"


def check_behaviour(form: FormFixture, instrumented: Ledger, bare: Ledger, *, is_off: bool = False) -> Outcome:
    """
    Compare the same journey on both builds, and each with what the fixture expects to be submitted.

    Args:
        form: The form fixture.
        instrumented: The ledger with tracking.
        bare: The ledger without.
        is_off: Whether tracking off stands for the bare build.

    """
    applied: Counter[VolatileSubmission] = Counter()
    sent = _shown([_settled(form, ledger.submissions, applied) for ledger in (instrumented, bare)])
    problems = [
        *_different("steps", _done(instrumented), _done(bare)),
        *_different("validation messages", instrumented.messages, bare.messages),
        *_different("submissions", *sent),
        *_different_polls(form, instrumented, bare),
        *_different_loads(instrumented, bare),
        *_different("navigation", instrumented.navigations, bare.navigations),
        *_different("final page", [instrumented.final_path], [bare.final_path]),
        *_different("final document", instrumented.final_dom.splitlines(), bare.final_dom.splitlines()),
        *_different_errors(form, instrumented, bare, is_off=is_off),
        *_missing(form, instrumented, bare),
    ]
    lines = len(bare.final_dom.splitlines())
    return Outcome(
        seen=(
            f"{len(bare.steps)} steps driven to the end on both builds",
            (
                f"{len(bare.messages)} validation messages, {len(bare.submissions)} submissions, "
                f"{len(bare.navigations)} navigations, {lines} lines of final document"
            ),
            *_declared(form, applied, instrumented, bare),
            *([LIMITS["behaviour"]] if is_off else []),
        ),
        problems=tuple(problems),
        unseen=(*_unseen(bare), *_unread(instrumented, bare)),
    )


def _unseen(bare: Ledger) -> Iterator[str]:
    if not bare.steps:
        yield "no step was driven"
    if not bare.final_dom:
        yield "the final document is empty"
    events = len(bare.sends) + len(bare.sends_refused) + len(bare.sends_unanswered)
    if bare.starts or events:
        yield (
            f"the bare build tracks, so that there is nothing to compare with: it started {len(bare.starts)} sessions "
            f"and sent {events} analytics events; it has to be built without tracking, or to start none where {NOTHING}"
        )


def _unread(*ledgers: Ledger) -> Iterator[str]:
    """Submissions that were answered, and whose bodies are not known, so that they were not compared."""
    for ledger in ledgers:
        count = sum(sent.body == UNREAD and sent.status > 0 for sent in ledger.submissions)
        if count:
            yield f"what {count} submissions of the {ledger.build} build carried could not be read"


def broken(error: BrokenByTracking) -> Outcome:
    """The outcome of a journey that tracking breaks; the bare build shows that the fixture is not at fault."""
    return Outcome(seen=("the journey was driven to the end on the bare build",), problems=(str(error),))


def _declared(
    form: FormFixture, applied: Counter[VolatileSubmission], instrumented: Ledger, bare: Ledger
) -> Iterator[str]:
    """A line for each declaration of the fixture, also for one that never applied."""
    yield from declared_lines(
        (" ".join(filter(None, (entry.method, entry.target, entry.path))), entry.why, applied[entry])
        for entry in form.volatile_submissions
    )
    made = (*instrumented.submissions, *bare.submissions)
    polled = ((str(poll), poll.why, sum(_is_of(poll, sent) for sent in made)) for poll in form.polls)
    # One that sends nothing is seen by the check `twin` alone, which names it in any case.
    yield from declared_lines(one for one in polled if one[2])
    counts = Counter(instrumented.volatile_elements) + Counter(bare.volatile_elements)
    yield from declared_lines(
        (f"document {entry.selector}", entry.why, counts[entry.selector]) for entry in form.volatile_elements
    )


def _different(what: str, instrumented: Sequence[Any], bare: Sequence[Any]) -> Iterator[str]:
    if list(instrumented) == list(bare):
        return
    lines = difflib.unified_diff(
        [str(item) for item in bare], [str(item) for item in instrumented], "bare", "instrumented", n=0, lineterm=""
    )
    changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    more = f" ... and {len(changed) - SHOWN_LINES} more" if len(changed) > SHOWN_LINES else ""
    yield f"{what} differ: " + " | ".join(changed[:SHOWN_LINES]) + more


def _different_loads(instrumented: Ledger, bare: Ledger) -> Iterator[str]:
    """Documents that only one build loaded, as where the other one routed within the page; with the cause if known."""
    parts = difflib.SequenceMatcher(None, bare.loads, instrumented.loads, autojunk=False).get_opcodes()
    added = {index for kind, _, _, start, end in parts if kind != "equal" for index in range(start, end)}
    is_umami = any(click.is_umami_link and click.loads in added for click in instrumented.clicks)
    cause = f"; {UMAMI_LINK}" if is_umami else ""
    yield from (f"{line}{cause}" for line in _different("documents loaded", instrumented.loads, bare.loads))


def _different_errors(form: FormFixture, instrumented: Ledger, bare: Ledger, *, is_off: bool) -> Iterator[str]:
    """Console errors; with those of tracking off alone, why a module has them as a rule."""
    added = set(bare.console_errors) - set(instrumented.console_errors)
    sides = [_errors_once(form.polls, ledger.console_errors) for ledger in (instrumented, bare)]
    cause = f"; with tracking off, {NOTHING}, and the module has to accept that" if is_off and added else ""
    yield from (f"{line}{cause}" for line in _different("console errors", *sides))


def _errors_once(polls: Sequence[Poll], errors: Sequence[str]) -> list[str]:
    """Console errors, those of a declared poll once: it fails as often as it is made."""
    kept: list[str] = []
    for error in errors:
        path = found[1] if (found := OF_PATH.search(error)) else ""
        if error not in kept or not any(fits_path(poll.target, path) for poll in polls):
            kept.append(error)
    return kept


def _different_polls(form: FormFixture, instrumented: Ledger, bare: Ledger) -> Iterator[str]:
    """Polls that one build alone makes more than once, or that are answered otherwise there."""
    for poll in form.polls:
        sides = {"instrumented": instrumented, "bare": bare}
        made = {build: [sent for sent in side.submissions if _is_of(poll, sent)] for build, side in sides.items()}
        for build, other in (("bare", "instrumented"), ("instrumented", "bare")):
            count = len(made[build])
            if not made[other] and count > 1:
                yield f"{poll}: made {count} times on the {build} build, and never on the {other} one"
        answers = [sorted({sent.status for sent in each} - {CUT_OFF_STATUS, 0}) for each in made.values()]
        if all(answers):
            yield from _different(f"answers to {poll}", *answers)


def _done(ledger: Ledger) -> list[str]:
    return [f"{step.kind} (line {step.line})" for step in ledger.steps]


def _shown(builds: Sequence[Sequence[Submission]]) -> list[list[str]]:
    """
    The submissions of both builds as lines.

    One that the browser cut off in either, as its page was left, is shown without a status in both: chance decides.
    """
    cut_off = {_line(sent) for build in builds for sent in build if sent.status == CUT_OFF_STATUS}
    return [
        [_line(sent) if _line(sent) in cut_off else _line(sent, f" {sent.status}") for sent in build]
        for build in builds
    ]


def _line(sent: Submission, status: str = "") -> str:
    return f"{sent.method} {sent.path}{status} {sent.body}"


def _settled(
    form: FormFixture, submissions: Sequence[Submission], applied: Counter[VolatileSubmission]
) -> list[Submission]:
    """Submissions as they are compared: without what is declared to differ."""
    settled = []
    for submission in submissions:
        sent = submission
        if any(_is_of(poll, sent) for poll in form.polls):
            continue
        for entry in form.volatile_submissions:
            if _is_of(entry, sent):
                body, count = _without(sent.body, entry.path.split(".")) if entry.path else (sent.body, 1)
                applied[entry] += count
                sent = replace(sent, path=entry.target, body=body)
        settled.append(sent)
    return settled


def _is_of(entry: VolatileSubmission | Poll, sent: Submission) -> bool:
    return entry.method == sent.method and fits_path(entry.target, sent.path)


def _without(body: Any, way: Sequence[str]) -> tuple[Any, int]:  # noqa: ANN401 - JSON
    """A body without what stands at a path, and in how many places it stood."""
    if not way:
        return LEFT_OUT, 1
    if not isinstance(body, dict | list):
        return body, 0
    items = body.items() if isinstance(body, dict) else enumerate(body)
    parts = {key: _without(value, way[1:]) if way[0] in {ANY_STEP, str(key)} else (value, 0) for key, value in items}
    count = sum(found for _, found in parts.values())
    values = {key: value for key, (value, _) in parts.items()}
    return (values if isinstance(body, dict) else list(values.values())), count


def _missing(form: FormFixture, instrumented: Ledger, bare: Ledger) -> Iterator[str]:
    """Expected submissions that a build never sent, with what it sent instead; what both lack is one problem."""
    sides = {"bare": bare, "instrumented": instrumented}
    for submit in form.submits:
        expected = _expected_body(form, submit.body)
        target = (submit.method, submit.path)
        lacking = {
            build: _sent_instead(ledger, target)
            for build, ledger in sides.items()
            if not any(sent.body == UNREAD or _holds(sent.body, expected) for sent in _sent_to(ledger, target))
        }
        is_same = len(lacking) == len(sides) and len(set(lacking.values())) == 1
        for build, instead in [("both builds", lacking["bare"])] if is_same else lacking.items():
            yield f"{build}: {submit.method} {submit.path} was never sent with {expected}; sent: {instead}"


def _sent_to(ledger: Ledger, target: tuple[str, str]) -> list[Submission]:
    return [sent for sent in ledger.submissions if (sent.method, sent.path) == target]


def _sent_instead(ledger: Ledger, target: tuple[str, str]) -> str:
    """What was sent there, or else what was submitted at all."""
    bodies = [str(sent.body) for sent in _sent_to(ledger, target)]
    others = [f"{sent.method} {sent.path}" for sent in ledger.submissions]
    return " | ".join(bodies) or ("nothing" + (f" there, but {', '.join(others)}" if others else ""))


def _expected_body(form: FormFixture, template: Any) -> Any:  # noqa: ANN401 - JSON
    """The body with value ids in place of values, as the ledger has it."""
    if isinstance(template, dict):
        if template.keys() == {"field"}:
            field = form.fields[template["field"]]
            if field.others:
                return [field.fixed, *field.others]
            return (f"[{field.value}]" if field.value else field.fixed) + field.suffix
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
