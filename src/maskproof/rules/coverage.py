"""Finds which rules match which fields and pages, by asking the page while a journey is driven."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskproof.forms.model import FormFixture
from maskproof.rules.model import Rule

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# The same matching as in the application's tracking module (`tests/integration/test_rule_matching.py` holds the two
# equal); names, tokens and types are of controls only.
MATCHES = """
const matches = (element, rule) => {
  if (rule.selectors.some((selector) => element.matches(selector))) return true;
  if (!['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName)) return false;
  const tokens = (element.getAttribute('autocomplete') || '').toLowerCase().split(/\\s+/);
  const named = (pattern) => pattern.test(element.name) || pattern.test(element.id);
  return rule.types.includes(element.type)
    || tokens.some((token) => rule.autocomplete.includes(token))
    || rule.names.some((name) => named(new RegExp(name, 'i')));
};
"""
# A rule about attributes says nothing of what the element holds.
OF_ELEMENT = (
    f"(element, rules) => {{ {MATCHES} const ofValues = rules.filter((rule) => !rule.attributes);"
    " return ofValues.filter((rule) => matches(element, rule)).map((r) => r.id); }"
)
TYPE_OF = "(element) => typeof element.type === 'string' ? element.type : ''"
# The tracking module also keeps parameters of URLs that a plain rule names: of the page, its links and its requests.
# The tracker sees into open shadow roots and frames of the same origin.
OF_PAGE = f"""(rules) => {{ {MATCHES}
  const within = (element) => [element.shadowRoot, element.localName === 'iframe' ? element.contentDocument : null];
  const below = (root) => [...root.querySelectorAll('*')]
    .flatMap((element) => [element, ...within(element).filter(Boolean).flatMap(below)]);
  const all = below(document);
  const linked = ['href', 'src', 'action'].flatMap((name) => all.map((element) => element.getAttribute(name)));
  const requested = performance.getEntriesByType('resource').map((entry) => entry.name);
  const queries = [location.href, ...linked, ...requested]
    .flatMap((url) => (url ?? '').split('#').map((part) => part.split('?').slice(1).join('?')));
  const parameters = [...new Set(queries.flatMap((query) => [...new URLSearchParams(query).keys()]))];
  const isOfUrl = (rule) => rule.treatment === 'plain'
    && rule.names.some((name) => parameters.some((parameter) => new RegExp(name, 'i').test(parameter)));
  const isHere = (element, rule) => matches(element, rule)
    && (!rule.attributes || rule.attributes.some((name) => element.hasAttribute(name)));
  return rules.filter((rule) => isOfUrl(rule) || all.some((element) => isHere(element, rule)))
    .map((rule) => rule.id); }}"""


@dataclass(frozen=True, slots=True)
class FieldCoverage:
    """The rules (ids) that match one field of one form, and the type of its control, e.g. `text` or `select-one`."""

    form: str
    field: str
    is_pii: bool
    rules: tuple[str, ...]
    type: str = ""


class Inspector:
    """
    Records which rules match the fields and pages of a journey.

    Args:
        form: The journey's form.
        compiled: The compiled rules, as `compile_rules` returns them.

    """

    def __init__(self, form: FormFixture, compiled: Mapping[str, object]) -> None:
        self._form = form
        self._rules = compiled["rules"]
        self.fields: dict[str, FieldCoverage] = {}
        self.used: set[str] = set()
        self.pages = 0

    def field(self, name: str, element: "Locator") -> None:
        """
        Record the rules of a field, the first time that a step uses it.

        Args:
            name: Id of the field in the form fixture.
            element: The field in the page.

        """
        if name not in self.fields:
            ids = element.evaluate(OF_ELEMENT, self._rules)
            kind = element.evaluate(TYPE_OF)
            self.fields[name] = FieldCoverage(self._form.id, name, self._form.fields[name].is_pii, tuple(ids), kind)

    def page(self, page: "Page") -> None:
        """Record every rule that matches an element of the page, or a parameter of a URL of it."""
        self.used.update(page.evaluate(OF_PAGE, self._rules))
        self.pages += 1


def uncovered_fields(coverage: Iterable[FieldCoverage], rules: Sequence[Rule]) -> list[FieldCoverage]:
    """
    The PII fields that no hidden or obscured rule matches.

    Args:
        coverage: The rules of each field.
        rules: All masking rules.

    """
    masking = _masking(rules)
    return [field for field in coverage if field.is_pii and not masking.intersection(field.rules)]


def overmasked_fields(coverage: Iterable[FieldCoverage], rules: Sequence[Rule]) -> list[FieldCoverage]:
    """
    The fields without PII that a hidden or obscured rule matches by mistake.

    Args:
        coverage: The rules of each field.
        rules: All masking rules.

    """
    masking = _masking(rules)
    return [field for field in coverage if not field.is_pii and masking.intersection(field.rules)]


def unused_rules(used: Iterable[str], rules: Sequence[Rule]) -> list[Rule]:
    """
    The rules that match nothing on any page of any journey.

    Args:
        used: Ids of the rules that matched.
        rules: All masking rules.

    """
    seen = set(used)
    return [rule for rule in rules if rule.id not in seen]


def _masking(rules: Sequence[Rule]) -> set[str]:
    return {rule.id for rule in rules if rule.treatment != "plain"}
