"""Which rules match which fields and pages, asked of the application itself while a journey is driven."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskproof.forms.model import FormFixture
from maskproof.rules.model import Rule

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# The same matching as in the application's tracking module; names, tokens and types are of controls only.
MATCHES = """
const matches = (element, rule) => {
  if (rule.selectors.some((one) => element.matches(one))) return true;
  if (!['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName)) return false;
  const tokens = (element.getAttribute('autocomplete') || '').toLowerCase().split(/\\s+/);
  return rule.types.includes(element.type)
    || tokens.some((one) => rule.autocomplete.includes(one))
    || rule.names.some((one) => new RegExp(one, 'i').test(element.name) || new RegExp(one, 'i').test(element.id));
};
"""
OF_ELEMENT = (
    f"(element, rules) => {{ {MATCHES} return rules.filter((rule) => matches(element, rule)).map((r) => r.id); }}"
)
OF_PAGE = f"""(rules) => {{ {MATCHES}
  const all = [...document.querySelectorAll('*')];
  return rules.filter((rule) => all.some((element) => matches(element, rule))).map((rule) => rule.id); }}"""


@dataclass(frozen=True, slots=True)
class FieldCoverage:
    """The rules (ids) that match one field of one form."""

    form: str
    field: str
    is_pii: bool
    rules: tuple[str, ...]


class Inspector:
    """
    Notes which rules match what a journey meets.

    Args:
        form: The journey's form.
        compiled: The compiled rules.

    """

    def __init__(self, form: FormFixture, compiled: Mapping[str, object]) -> None:
        self._form = form
        self._rules = compiled["rules"]
        self.fields: dict[str, FieldCoverage] = {}
        self.used: set[str] = set()

    def field(self, name: str, element: "Locator") -> None:
        """Note a field before it is used, the first time."""
        if name not in self.fields:
            ids = element.evaluate(OF_ELEMENT, self._rules)
            self.fields[name] = FieldCoverage(self._form.id, name, self._form.fields[name].is_pii, tuple(ids))

    def page(self, page: "Page") -> None:
        """Note every rule that matches anything on the page."""
        self.used.update(page.evaluate(OF_PAGE, self._rules))


def uncovered_fields(coverage: Iterable[FieldCoverage], rules: Sequence[Rule]) -> list[FieldCoverage]:
    """The PII fields that no hidden or obscured rule matches."""
    masking = _masking(rules)
    return [one for one in coverage if one.is_pii and not masking.intersection(one.rules)]


def overmasked_fields(coverage: Iterable[FieldCoverage], rules: Sequence[Rule]) -> list[FieldCoverage]:
    """The fields without PII that a hidden or obscured rule matches by mistake."""
    masking = _masking(rules)
    return [one for one in coverage if not one.is_pii and masking.intersection(one.rules)]


def unused_rules(used: Iterable[str], rules: Sequence[Rule]) -> list[Rule]:
    """The rules that match nothing on any page of any journey."""
    seen = set(used)
    return [rule for rule in rules if rule.id not in seen]


def _masking(rules: Sequence[Rule]) -> set[str]:
    return {rule.id for rule in rules if rule.treatment != "plain"}
