"""How a form fixture names an element: by a selector, or as a person would, by its role, its label or its text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

# What an element is found by; exactly one of them in each locator.
KINDS = ("css", "role", "label", "text", "placeholder", "title", "alt", "test_id")


@dataclass(frozen=True, slots=True)
class Reference:
    """A value of a persona, named where a text stands: `{value: other1.full_name}`."""

    id: str

    def __str__(self) -> str:
        """The id in brackets, as reports show a value."""
        return f"[{self.id}]"


Words = str | Reference


@dataclass(frozen=True, slots=True)
class Locator:
    """
    What an element is found by, and where it is looked for.

    `by` is one of `KINDS` and `what` its text. `name` belongs to a role. `within` is the element, and `frame` the
    frame, that it lies in. `number` chooses one of several, from 1 on.
    """

    by: str
    what: Words
    name: Words = ""
    exact: bool = False
    within: "Selector | None" = None
    frame: "Selector | None" = None
    number: int = 0

    def __str__(self) -> str:
        """In words, without a value."""
        parts = [str(self.what) if self.by == "css" else f"{self.by} {self.what}"]
        parts += [f"named {self.name}"] if self.name else []
        parts += [f"(number {self.number})"] if self.number else []
        parts += [f"within {self.within}"] if self.within is not None else []
        parts += [f"in the frame {self.frame}"] if self.frame is not None else []
        return " ".join(parts)

    def spoken(self, text_of: Callable[[Reference], str]) -> "Locator":
        """
        The same locator with texts in place of references.

        Args:
            text_of: The text that a reference stands for.

        """
        return replace(
            self,
            what=text_of(self.what) if isinstance(self.what, Reference) else self.what,
            name=text_of(self.name) if isinstance(self.name, Reference) else self.name,
            within=spoken(self.within, text_of) if self.within is not None else None,
            frame=spoken(self.frame, text_of) if self.frame is not None else None,
        )


# A text is a selector as Playwright takes it: CSS, or another of its engines.
Selector = str | Locator


def spoken(selector: Selector, text_of: Callable[[Reference], str]) -> Selector:
    """
    A selector with texts in place of references.

    Args:
        selector: The selector.
        text_of: The text that a reference stands for.

    """
    return selector if isinstance(selector, str) else selector.spoken(text_of)


def references_in(argument: object) -> Iterator[str]:
    """Ids of the values that a selector or a text names."""
    if isinstance(argument, Reference):
        yield argument.id
    if isinstance(argument, Locator):
        for part in (argument.what, argument.name, argument.within, argument.frame):
            yield from references_in(part)


def css_of(selector: Selector) -> str:
    """The selector that an element is found by as a text; empty if it is found by something else."""
    if isinstance(selector, str):
        return selector
    return str(selector.what) if selector.by == "css" else ""


def words_of(data: str | Mapping[str, str]) -> Words:
    """A text of a fixture: as it is, or `{value: NAME.KIND}`."""
    return data if isinstance(data, str) else Reference(data["value"])


def selector_of(data: Any) -> Selector:  # noqa: ANN401 - YAML
    """A selector of a fixture that its schema and its checks accept."""
    if isinstance(data, str):
        return data
    (kind,) = data.keys() & set(KINDS)
    return Locator(
        by=kind,
        what=words_of(data[kind]),
        name=words_of(data.get("name", "")),
        exact=data.get("exact", False),
        within=selector_of(data["within"]) if "within" in data else None,
        frame=selector_of(data["frame"]) if "frame" in data else None,
        number=data.get("number", 0),
    )
