"""Whether every PII field is covered by a rule, no other field by mistake, and no rule is idle."""

from collections.abc import Iterable, Iterator, Sequence

from maskproof.forms.model import FormFixture
from maskproof.rules.coverage import FieldCoverage, overmasked_fields, uncovered_fields, unused_rules
from maskproof.rules.model import Rule
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result


def check_rules(
    form: FormFixture, fields: Sequence[FieldCoverage], rules: Sequence[Rule], used: Iterable[str]
) -> Outcome:
    """
    Hold that rules and form fixtures agree about every field of a form.

    Args:
        form: The form fixture.
        fields: What the page said of each field that a step uses.
        rules: The masking rules.
        used: Ids of the rules that match anything on the pages of the journey.

    """
    problems = [
        *(f"PII field {one.field} of {one.form} is covered by no rule" for one in uncovered_fields(fields, rules)),
        *(
            f"field {one.field} of {one.form} holds no PII and is masked by {', '.join(one.rules)}"
            for one in overmasked_fields(fields, rules)
        ),
    ]
    covered = sum(1 for one in fields if one.is_pii)
    return Outcome(
        seen=(f"{covered} PII fields and {len(fields) - covered} others held against {len(rules)} rules",),
        problems=tuple(problems),
        unseen=tuple(_never_used(form, fields)),
        used=tuple(sorted(used)),
    )


def _never_used(form: FormFixture, fields: Sequence[FieldCoverage]) -> Iterator[str]:
    """Fields that no step uses were never held against the rules."""
    if not fields:
        yield "no field was used"
    looked_at = {one.field for one in fields}
    yield from (
        f"PII field {field.id} of {form.id} is used by no step, so no rule was held against it"
        for field in form.fields.values()
        if field.is_pii and field.id not in looked_at
    )


def check_rules_used(results: Sequence[Result], rules: Sequence[Rule]) -> Outcome:
    """
    Hold that every rule matched something in some form; asked of the results of a whole run.

    Args:
        results: Those of the check `rules`.
        rules: The masking rules.

    """
    idle = unused_rules((rule for result in results for rule in result.used), rules)
    return Outcome(
        seen=(f"{len(rules)} rules held against the pages of {len(results)} journeys",),
        problems=tuple(f"rule {rule.id} ({rule.category}) matches nothing in any form fixture" for rule in idle),
    )
