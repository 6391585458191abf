"""
Says which fields the masking rules will miss, or mask by mistake, as far as names and types tell without a page.

A field's selector often shows its id, its name and its type. What only the page knows (other attributes, what is around
the field) is left to a run: a field is named here only if no rule of its category asks for that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cssselect2 import parser

from maskproof.forms.locators import css_of
from maskproof.forms.model import Field, FormFixture
from maskproof.matchers import css_fault, pattern_matches
from maskproof.rules.model import Rule


@dataclass(frozen=True, slots=True)
class _Known:
    """What a selector shows of its element."""

    names: list[str] = field(default_factory=list)
    type: str = ""


def foreseen(form: FormFixture, rules: Sequence[Rule]) -> Iterator[str]:
    """
    The fields of a form that no rule seems to cover, and those without PII that one masks; one line each.

    Args:
        form: The form fixture.
        rules: The masking rules.

    """
    # A rule about attributes says nothing of what the element holds.
    masking = [rule for rule in rules if rule.treatment != "plain" and not rule.attributes]
    for one in form.fields.values():
        known = _known(css_of(one.selector))
        if not known.names and not known.type:
            continue
        matching = [rule.id for rule in masking if _matches(rule, known)]
        place = f"{form.source}:{one.line}: field {one.id}"
        if not one.is_pii and matching:
            yield f"{place} holds no PII, and {', '.join(matching)} will mask it"
        if one.is_pii and not matching and _names_suffice(one, known, masking):
            yield f"{place} ({one.category}) is covered by no rule, as far as its name and type tell: {one.selector}"


def _matches(rule: Rule, known: _Known) -> bool:
    named = any(pattern_matches(pattern, name) for pattern in rule.names for name in known.names)
    return named or known.type in rule.types


def _names_suffice(one: Field, known: _Known, masking: Sequence[Rule]) -> bool:
    """Whether no rule of the field's category asks for what only the page knows."""
    own = [rule for rule in masking if rule.category == one.category]
    return not any(rule.selectors or (rule.types and not known.type) for rule in own)


def _known(selector: str) -> _Known:
    if not selector or css_fault(selector):
        return _Known()  # a label or a role, or one of Playwright's
    selectors = list(parser.parse(selector))
    if len(selectors) != 1:
        return _Known()
    last = selectors[0].parsed_tree
    last = getattr(last, "right", last)
    names, kind = [], ""
    for part in last.simple_selectors:
        if isinstance(part, parser.IDSelector):
            names.append(part.ident)
        elif isinstance(part, parser.AttributeSelector) and part.operator == "=":
            name = part.lower_name
            names += [part.value] if name in {"id", "name"} else []
            kind = part.value if name == "type" else kind
    return _Known(names, kind)
