"""Which sessions a person looks at: one of each form, at least ten, and a few by chance; and what they cover."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from maskproof.evidence.audit.sessions import Session

LEAST = 10
BY_CHANCE = 3
ONE_OF_EACH, FOR_NUMBER, CHANCE = "one of each form", "to make ten", "by chance"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A session that was chosen, and why."""

    session: Session
    why: str


@dataclass(frozen=True, slots=True)
class Selection:
    """
    The sessions of an audit.

    `coverage` names the forms in which each category was typed or shown; without one, nobody looks at that category.
    `missing` are forms of the run without a session.
    """

    chosen: tuple[Chosen, ...]
    recorded: int
    seed: str
    coverage: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...] = ()

    @property
    def uncovered(self) -> tuple[str, ...]:
        """The categories that no chosen session holds."""
        return tuple(category for category, forms in self.coverage.items() if not forms)

    @property
    def gaps(self) -> tuple[str, ...]:
        """What the audit does not cover, one sentence each."""
        few = len(self.chosen) < LEAST
        forms = f"no session of the {'form' if len(self.missing) == 1 else 'forms'} {', '.join(self.missing)}"
        return (
            *((f"{len(self.chosen)} sessions, fewer than {LEAST}: the run recorded no more",) if few else ()),
            *((forms,) if self.missing else ()),
            *(f"no session with the category {category}" for category in self.uncovered),
        )


def choose(
    sessions: Sequence[Session], *, seed: str, categories: Iterable[str] = (), forms: Iterable[str] = ()
) -> Selection:
    """
    Choose the sessions to look at.

    Args:
        sessions: Every session that was kept.
        seed: The seed of the run, by which a few are drawn: who has it draws the same.
        categories: The categories that have to be covered, those of rules and forms.
        forms: The ids of all forms of the run.

    """
    newest = {session.form_id: session for session in sorted(sessions, key=lambda one: one.protocol) if session.pairs}
    first = sorted(newest.values(), key=lambda session: session.form_id)
    rest = [session for session in sessions if session.pairs and session not in first]
    drawn = random.Random(f"{seed}/audit").sample(rest, len(rest))  # noqa: S311 - a choice that can be repeated
    needed = max(0, LEAST - len(first))
    chosen = (
        *(Chosen(session, ONE_OF_EACH) for session in first),
        *(Chosen(session, FOR_NUMBER) for session in drawn[:needed]),
        *(Chosen(session, CHANCE) for session in drawn[needed : needed + BY_CHANCE]),
    )
    known = sorted({*categories, *(category for session in sessions for category in session.categories)})
    coverage = {category: _forms_with(chosen, category) for category in known}
    missing = tuple(form for form in forms if form not in newest)
    return Selection(chosen, len(sessions), seed, coverage, missing)


def _forms_with(chosen: Sequence[Chosen], category: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.session.form for one in chosen if category in one.session.categories))
