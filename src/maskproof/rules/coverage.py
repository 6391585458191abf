"""Which rules match which fields, asked of the page itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator

from maskproof.forms.model import FormFixture
from maskproof.rules.model import Rule

MATCHING = """
(element, rules) => {
  const words = (element.getAttribute('autocomplete') || '').toLowerCase().split(/\\s+/);
  const names = [element.getAttribute('name') || '', element.id || ''];
  return rules.filter((rule) =>
    rule.selectors.some((one) => element.closest(one) !== null)
    || rule.names.some((one) => names.some((name) => name && new RegExp(one, 'i').test(name)))
    || rule.autocomplete.some((one) => words.includes(one))
    || rule.types.some((one) => element.type === one)
  ).map((rule) => rule.id);
}
"""


@dataclass(frozen=True, slots=True)
class FieldCoverage:
    """The rules (ids) that match one field of one form."""

    form: str
    field: str
    is_pii: bool
    rules: tuple[str, ...]


def matching_rules(element: Locator, compiled: Mapping[str, object]) -> tuple[str, ...]:
    """Ids of the compiled rules that match an element of a page."""
    ids: list[str] = element.evaluate(MATCHING, compiled["rules"])
    return tuple(ids)


def uncovered_fields(coverage: Iterable[FieldCoverage], rules: Sequence[Rule]) -> list[FieldCoverage]:
    """The PII fields that no hidden or obscured rule matches."""
    masking = {rule.id for rule in rules if rule.treatment != "plain"}
    return [one for one in coverage if one.is_pii and not masking.intersection(one.rules)]


def unused_rules(coverage: Iterable[FieldCoverage], rules: Sequence[Rule]) -> list[Rule]:
    """The rules that match no field of any form."""
    used = {rule for one in coverage for rule in one.rules}
    return [rule for rule in rules if rule.id not in used]


def exposed_fields(coverage: Iterable[FieldCoverage], rules: Sequence[Rule]) -> list[FieldCoverage]:
    """The fields without PII that a hidden or obscured rule matches by mistake."""
    masking = {rule.id for rule in rules if rule.treatment != "plain"}
    return [one for one in coverage if not one.is_pii and masking.intersection(one.rules)]


def field_of(form: FormFixture, field: str, rules: tuple[str, ...]) -> FieldCoverage:
    """One field's coverage."""
    return FieldCoverage(form.id, field, form.fields[field].is_pii, rules)
