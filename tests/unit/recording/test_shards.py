"""Which forms a shard records: all of them once, in parts of about one cost, the same on every machine."""

from dataclasses import replace

import pytest
from tests.unit.docs.pages import ROOT
from tests.unit.samples import FORM

from maskproof.errors import UsageError
from maskproof.forms import load_forms
from maskproof.recording.shards import JOURNEY_COST, Shard, forms_of

FORMS = load_forms(ROOT / "fixtures/forms")


def parts(count: int, *, has_alone: bool = False) -> list[frozenset[str]]:
    """The forms of each shard."""
    return [forms_of(Shard(number, count), FORMS, has_alone=has_alone) for number in range(1, count + 1)]


@pytest.mark.parametrize("count", [1, 2, 3, 5, len(FORMS)])
@pytest.mark.parametrize("has_alone", [True, False])
def test_every_form_is_in_one_shard(count: int, *, has_alone: bool) -> None:
    """No shard is empty, whatever else the first one has to do."""
    found = parts(count, has_alone=has_alone)
    assert sorted(form for part in found for form in part) == sorted(form.id for form in FORMS)
    assert all(found)


def test_shards_cost_about_the_same() -> None:
    """No two differ by more than the costliest form."""
    cost = {form.id: len(form.protocols) * (JOURNEY_COST + len(form.steps)) for form in FORMS}
    sums = [sum(cost[form] for form in part) for part in parts(3)]
    assert max(sums) - min(sums) <= max(cost.values())


def test_the_order_of_the_forms_changes_nothing() -> None:
    """Machines may list files in any order."""
    assert forms_of(Shard(2, 3), FORMS[::-1], has_alone=True) == parts(3, has_alone=True)[1]


def test_what_is_made_alone_takes_forms_from_the_first_shard() -> None:
    """Overhead is measured there."""
    assert len(parts(3, has_alone=True)[0]) < len(parts(3)[0])


@pytest.mark.parametrize("text", ["0/4", "5/4", "2", "2/", "/4", "a/b", "02/4", "2/4 ", "-1/2", "1/0"])
def test_a_shard_that_cannot_be_is_wrong_usage(text: str) -> None:
    """The message says what was expected, and gives an example."""
    with pytest.raises(UsageError, match="--shard: expected NUMBER/COUNT"):
        Shard.of(text)


def test_more_shards_than_forms_are_wrong_usage() -> None:
    """A form is not split: its two people and its versions are compared."""
    with pytest.raises(UsageError, match="there are 2 forms, and a form is not split"):
        forms_of(Shard(1, 3), [FORM, replace(FORM, id="other")], has_alone=False)
