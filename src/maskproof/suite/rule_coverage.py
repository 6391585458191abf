"""Whether a rule covers each PII field and no other field, and whether each rule is used."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from maskproof.forms.model import FormFixture
from maskproof.rules.coverage import FieldCoverage, overmasked_fields, uncovered_fields, unused_rules
from maskproof.rules.model import Rule
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result


def check_rules(
    form: FormFixture, fields: Sequence[FieldCoverage], rules: Sequence[Rule], used: Iterable[str], *, pages: int
) -> Outcome:
    """
    Check that masking rules and form fixture agree on every field of a form.

    Args:
        form: The form fixture.
        fields: Which rules match each field that a step uses, as the page answered.
        rules: The masking rules.
        used: Ids of the rules that match anything on the pages of the journey.
        pages: How often the page was inspected for them.

    """
    matching = sorted(used)
    problems = [
        *(
            f"PII field {coverage.field} of {coverage.form} is covered by no rule"
            for coverage in uncovered_fields(fields, rules)
        ),
        *(
            f"field {coverage.field} of {coverage.form} holds no PII and is masked by {', '.join(coverage.rules)}"
            for coverage in overmasked_fields(fields, rules)
        ),
    ]
    covered = sum(1 for coverage in fields if coverage.is_pii)
    return Outcome(
        seen=(
            f"{covered} PII fields and {len(fields) - covered} others held against {len(rules)} rules",
            f"{len(matching)} rules match something on the page, which was inspected {pages} times",
        ),
        problems=tuple(problems),
        unseen=tuple(_never_used(form, fields, pages)),
        used=tuple(matching),
    )


def _never_used(form: FormFixture, fields: Sequence[FieldCoverage], pages: int) -> Iterator[str]:
    """
    Missing evidence: PII fields that no step uses were not compared with the rules.

    A page that only shows people has no field. Its rules are those of what it shows, so it has to be inspected.
    """
    if not pages:
        yield "no page was inspected"
    if form.fields and not fields:
        yield "no field was used"
    looked_at = {coverage.field for coverage in fields}
    yield from (
        f"PII field {field.id} of {form.id} is used by no step, so no rule was held against it"
        for field in form.fields.values()
        if field.is_pii and field.id not in looked_at
    )


def check_rules_used(results: Sequence[Result], rules: Sequence[Rule], *, left_out: Collection[str] = ()) -> Outcome:
    """
    Check that every rule matched something in some form of a whole run.

    A rule that matched nothing is missing evidence if a form was not looked at to its end: it may match there. In a run
    of the core alone it is named and left to a run of the whole catalogue.

    Args:
        results: The results of the check `rules`.
        rules: The masking rules.
        left_out: Ids of the form fixtures that the run leaves out.

    """
    unused = unused_rules((rule for result in results for rule in result.used), rules)
    unknown = [f"{result.form}-v{result.protocol}" for result in results if result.verdict == "inconclusive"]
    seen = (f"{len(rules)} rules held against the pages of {len(results)} journeys",)
    if left_out and unused and not unknown:
        names = ", ".join(rule.id for rule in unused)
        return Outcome(seen=(*seen, f"left to the {len(left_out)} forms of the whole catalogue (--all): {names}"))
    return Outcome(
        seen=seen,
        problems=() if unknown else tuple(map(_matches_nothing, unused)),
        unseen=(f"{', '.join(rule.id for rule in unused)}: matches nothing so far, and {_not_seen(unknown)}",)
        if unknown and unused
        else (),
    )


def _matches_nothing(rule: Rule) -> str:
    return f"rule {rule.id} ({rule.category}) matches nothing in any form fixture"


def _not_seen(forms: Sequence[str]) -> str:
    return f"the check rules came to no verdict for {', '.join(forms)}"
