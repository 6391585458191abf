"""Journeys that come before a journey, such as a log-in: one made of both."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from maskproof.documents import Document
from maskproof.forms.model import FormFixture, Step


def joined(form: FormFixture, before: Sequence[FormFixture], document: Document) -> FormFixture:
    """
    A form fixture with what comes before it.

    Its persons are the same, and what those before it expect is expected of the whole. It goes on from where they end:
    its own page is opened only if another one is open.

    Args:
        form: The form fixture.
        before: The others, in order.
        document: The form fixture as it was read.

    Raises:
        ConfigurationError: Two of them have a field of one name; names file and line.

    """
    whole = form
    for place, other in reversed(list(enumerate(before))):
        for name in whole.fields.keys() & other.fields.keys():
            raise document.error(
                ("before", place),
                f"{other.source} has a field {name} too.",
                hint="Fields of one journey need names of their own.",
            )
        whole = _joined(whole, other, document.lines["before", place])
    return whole


def _joined(form: FormFixture, other: FormFixture, line: int) -> FormFixture:
    return replace(
        form,
        opens=other.start,
        fields={**other.fields, **form.fields},
        steps=(*_steps(other), _opening(form, line), *form.steps),
        seeds_before=(*other.seeds, *form.seeds_before),
        planted=(*other.planted, *form.planted),
        controls=(*other.controls, *form.controls),
        submits=(*other.submits, *form.submits),
        events=(*other.events, *form.events),
        page_views=(*other.page_views, *form.page_views),
        navigations=(*other.navigations, *form.navigations),
        volatile=(*other.volatile, *form.volatile),
        volatile_submissions=(*other.volatile_submissions, *form.volatile_submissions),
        volatile_elements=(*other.volatile_elements, *form.volatile_elements),
        polls=(*other.polls, *form.polls),
        shown=(*other.shown, *form.shown),
        own=(*other.own, *form.own),
    )


def _steps(other: FormFixture) -> Iterator[Step]:
    """The steps of another fixture, which keep their places; its success is waited for."""
    for step in other.steps:
        known = replace(step, source=step.source or other.source)
        if step.kind == "script":
            folder = (step.source or other.source).parent.absolute()
            known = replace(known, arguments={"call": f"{folder / step.arguments['call']}"})
        yield known
    success = other.success
    yield Step("expect_visible", {"selector": success.selector, "text": success.text}, 1, other.source)
    if success.path:
        yield Step("expect_url", {"path": success.path}, 1, other.source)


def _opening(form: FormFixture, line: int) -> Step:
    return Step("goto", {"path": form.start, "unless_there": True}, line, form.source)
