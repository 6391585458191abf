"""Form fixtures as plain values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maskproof.forms.locators import Reference, Selector, Words, references_in, spoken
from maskproof.forms.own import OwnValue
from maskproof.forms.polls import Poll
from maskproof.personas import Persona, make_persona
from maskproof.secrets import Secret

NO_PII = "none"
# How a field may take a value, other than as a persona writes it.
DIGITS = "digits"
CORE = "core"


@dataclass(frozen=True, slots=True)
class Field:
    """
    One field of a form, and its line in the fixture.

    `value` names a value of a persona, `fixed` is typed as it is, and of a select with several choices `others` are
    chosen with it. `typed_as` says how a field takes the value. `file` is the extension of a file that is uploaded
    under that name. `not_recorded` says why it is known that the tracker records no value of the field.
    """

    id: str
    selector: Selector
    label: str
    category: str
    value: str = ""
    fixed: str = ""
    others: tuple[str, ...] = ()
    typed_as: str = ""
    not_recorded: str = ""
    file: str = ""
    line: int = field(default=0, compare=False)

    @property
    def is_pii(self) -> bool:
        """Whether what is typed here must not be recorded."""
        return self.category != NO_PII

    @property
    def suffix(self) -> str:
        """What stands behind the value: of a file, its extension."""
        return f".{self.file}" if self.file else ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a journey: its kind, its arguments and its line in the fixture, or in the one that came before."""

    kind: str
    arguments: Mapping[str, Any]
    line: int
    source: Path | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """Ids of the fields that the step uses."""
        single = (self.arguments["field"],) if "field" in self.arguments else ()
        return (*single, *self.arguments.get("fields", ()))


@dataclass(frozen=True, slots=True)
class Expected:
    """An element, the text it must hold, and the path that the page must have."""

    selector: Selector
    text: Words = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Submit:
    """What the application must have received; `body` may refer to fields by `{field: id}`."""

    method: str
    path: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VolatileSubmission:
    """
    A part of what is submitted that differs from run to run by itself: a clock, a nonce, an id.

    In `target`, `*` stands for one step of the URL's path; in `path`, for any item of a list or key of an object.
    `path` is empty if only the URL differs.
    """

    method: str
    target: str
    path: str
    why: str


@dataclass(frozen=True, slots=True)
class VolatileElement:
    """An element that the final document has or not by itself: a decoration, a clock."""

    selector: str
    why: str


@dataclass(frozen=True, slots=True)
class SecondLayer:
    """A channel that the form's page writes PII into by itself, so that only the guard can redact it; and why."""

    channel: str
    why: str


@dataclass(frozen=True, slots=True)
class Seed:
    """What is sent to the application before the journey; `body` may refer to values by `{value: id}`."""

    path: str
    body: Any


@dataclass(frozen=True, slots=True)
class FormFixture:
    """One journey through one form; of `catalogue` core or full, which a run leaves out unless it is asked for all."""

    source: Path
    id: str
    title: str
    path: str
    protocols: tuple[int, ...]
    fields: Mapping[str, Field]
    steps: tuple[Step, ...]
    success: Expected
    seed: Seed | None
    planted: tuple[str, ...]
    controls: tuple[str, ...]
    submits: tuple[Submit, ...]
    events: tuple[str, ...]
    page_views: tuple[str, ...]
    navigations: tuple[str, ...]
    volatile: tuple[Mapping[str, str], ...]
    volatile_submissions: tuple[VolatileSubmission, ...] = ()
    volatile_elements: tuple[VolatileElement, ...] = ()
    polls: tuple[Poll, ...] = ()
    catalogue: str = CORE
    second_layer: tuple[SecondLayer, ...] = ()
    # Planted values whose element the fixture names, as fields that nobody types into; and a team's own values.
    shown: tuple[Field, ...] = ()
    own: tuple[OwnValue, ...] = ()
    # Where the journey begins, and what is sent before it, if others come before this one.
    opens: str = ""
    seeds_before: tuple[Seed, ...] = ()

    @property
    def start(self) -> str:
        """Path of the page that the journey begins on."""
        return self.opens or self.path

    @property
    def seeds(self) -> tuple[Seed, ...]:
        """What is sent to the application before the journey."""
        return (*self.seeds_before, *((self.seed,) if self.seed else ()))

    @property
    def value_ids(self) -> tuple[str, ...]:
        """Ids of every persona value that this journey brings into the page, without repeats."""
        typed = [field.value for field in self.fields.values() if field.value]
        return tuple(dict.fromkeys([*typed, *self.planted, *self._named()]))

    def _named(self) -> Iterator[str]:
        """Ids of the values that elements are found by, or have to show."""
        for one in self.fields.values():
            yield from references_in(one.selector)
        for step in self.steps:
            for argument in step.arguments.values():
                yield from references_in(argument)
        yield from references_in(self.success.selector)
        yield from references_in(self.success.text)

    @property
    def plain_fields(self) -> tuple[Field, ...]:
        """The fields that hold no PII and must be recorded as they are."""
        return tuple(field for field in self.fields.values() if not field.is_pii)

    @property
    def pii_fields(self) -> tuple[Field, ...]:
        """The places of PII: the fields that hold some, and the elements that show some by themselves."""
        return (*(field for field in self.fields.values() if field.is_pii), *self.shown)

    def personas(self, seed: str) -> "Personas":
        """
        The personas that this fixture names, made from a session's seed, and the team's own values.

        Raises:
            ConfigurationError: An environment variable is not set.

        """
        own = {value.reference: value.read() for value in self.own}
        names = dict.fromkeys(reference.partition(".")[0] for reference in self.value_ids if reference not in own)
        return Personas({name: make_persona(seed, name) for name in names or ["user"]}, own)


@dataclass(frozen=True, slots=True)
class Personas:
    """The personas of one session, by name, and the team's own values by reference."""

    by_name: Mapping[str, Persona]
    own: Mapping[str, Secret] = field(default_factory=dict)

    def value(self, reference: str) -> Secret:
        """The value that a reference such as `user.email` names."""
        if reference in self.own:
            return self.own[reference]
        name, _, kind = reference.partition(".")
        return self.by_name[name][kind]

    def text_of(self, field: Field) -> str:
        """The text that is typed into a field, or the name of its file."""
        text = self.value(field.value).reveal() if field.value else field.fixed
        return re.sub(r"\D", "", text) if field.typed_as == DIGITS else text + field.suffix

    def words(self, words: Words) -> str:
        """A text of the fixture as the page shows it."""
        return self.value(words.id).reveal() if isinstance(words, Reference) else words

    def spoken(self, selector: Selector) -> Selector:
        """A selector of the fixture as the page is asked for it."""
        return spoken(selector, self.words)

    def submitted_by(self, field: Field) -> str | list[str]:
        """What a field submits: a text, or the list of what is chosen in a select with several choices."""
        return [field.fixed, *field.others] if field.others else self.text_of(field)

    def pii_of(self, form: FormFixture) -> tuple[Secret, ...]:
        """Every PII value that the journey brings into the page."""
        return tuple(self.value(reference) for reference in form.value_ids)

    def fill_in(self, template: Any, form: FormFixture) -> Any:  # noqa: ANN401 - JSON in, JSON out
        """
        Replace every `{value: id}` and `{field: id}` of a template by what it names.

        Args:
            template: JSON: objects, lists and plain values.
            form: The form fixture whose fields the template may name.

        Returns:
            The filled-in JSON.

        """
        if isinstance(template, dict):
            if template.keys() == {"value"}:
                return self.value(template["value"]).reveal()
            if template.keys() == {"field"}:
                return self.submitted_by(form.fields[template["field"]])
            return {key: self.fill_in(value, form) for key, value in template.items()}
        if isinstance(template, list):
            return [self.fill_in(value, form) for value in template]
        return template
