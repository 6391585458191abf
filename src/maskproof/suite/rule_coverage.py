"""Whether every PII field is covered by a rule, and no other field by mistake."""

from collections.abc import Sequence

from maskproof.outcome import Outcome
from maskproof.rules.coverage import FieldCoverage, overmasked_fields, uncovered_fields
from maskproof.rules.model import Rule


def check_rules(fields: Sequence[FieldCoverage], rules: Sequence[Rule]) -> Outcome:
    """
    Hold that rules and form fixtures agree about every field of a form.

    Args:
        fields: What the page said of each field.
        rules: The masking rules.

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
        unseen=() if fields else ("no field was used",),
    )
