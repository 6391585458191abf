"""Outcomes of checks."""

import pytest

from maskproof.verdicts.outcome import Outcome, describe_finding, describe_findings, joined


def test_a_check_that_saw_nothing_is_inconclusive() -> None:
    """An empty outcome is never a pass."""
    assert Outcome().verdict == "inconclusive"


def test_missing_evidence_is_inconclusive() -> None:
    """Missing evidence prevents a pass, and a problem outranks it."""
    assert Outcome(seen=("a",), unseen=("b",)).verdict == "inconclusive"
    assert Outcome(seen=("a",), unseen=("b",), problems=("c",)).verdict == "fail"
    assert Outcome(seen=("a",)).verdict == "pass"


def test_joining_keeps_every_part() -> None:
    """Joined outcomes fail if one of them does."""
    whole = joined([Outcome(seen=("a",)), Outcome(seen=("b",), problems=("c",))])
    assert whole.seen == ("a", "b")
    assert whole.verdict == "fail"


def test_a_part_without_evidence_is_not_made_up_for() -> None:
    """The evidence of another part does not count for it."""
    whole = joined([Outcome(), Outcome(seen=("b",))])
    assert (whole.verdict, whole.unseen) == ("inconclusive", ("a part of the check saw nothing",))
    assert joined([]).verdict == "inconclusive"
    assert joined([Outcome(seen=("a",)), Outcome(seen=("b",))]).verdict == "pass"


FINDING = {"system": "openreplay", "channel": "title", "message": "SetPageLocation", "field": "DocumentTitle"} | {
    "kind": "value",
    "value_id": "user.email",
    "match": "exact",
    "encoding": ["base64", "gzip"],
    "node": "h1",
    "source": "7/dom",
    "offset": 12,
    "gating": True,
    "accepted_by": None,
}


def test_a_finding_is_one_line_with_where_it_is() -> None:
    """The line has value id, encoding, channel, field, node and the place in the file."""
    assert describe_finding(FINDING) == (
        "user.email (value, exact, as base64 > gzip) in openreplay title: SetPageLocation.DocumentTitle h1 [7/dom:12]"
    )


def test_a_finding_that_does_not_count_says_so() -> None:
    """Its line ends with who accepted it, or with `advisory`."""
    assert describe_finding(FINDING | {"accepted_by": "old"}).endswith(", accepted by old")
    assert describe_finding(FINDING | {"gating": False}).endswith(", advisory")


def test_a_difference_between_two_people_names_no_value() -> None:
    """It is not known which value differs."""
    line = describe_finding(FINDING | {"kind": "difference"})
    assert line.startswith("two people differ in openreplay title: ")
    shaped = describe_finding(FINDING | {"kind": "difference", "shapes": ["Aaa 9", "(nothing)"]})
    assert shaped.endswith("('Aaa 9', and '(nothing)')")
    assert describe_finding(FINDING | {"kind": "difference", "accepted_by": "old"}).endswith(", accepted by old")


def test_the_length_of_an_unknown_value_is_reported_as_such() -> None:
    """Only a form fixture says which value a mask stands for."""
    line = describe_finding(FINDING | {"kind": "length", "match": "", "value_id": "", "encoding": []})
    assert line.startswith("a masked value (length) in openreplay title: ")


def test_advisory_findings_fail_nothing() -> None:
    """They are reported beside a pass, and joined like all else."""
    outcome = Outcome(seen=("a",), advisory=(FINDING | {"gating": False},))
    assert outcome.verdict == "pass"
    assert joined([outcome, outcome]).advisory == outcome.advisory * 2


def test_findings_of_a_value_in_a_node_are_one_line_with_a_count() -> None:
    """A list that shows a name on every page would be hundreds of lines."""
    other = FINDING | {"offset": 99, "source": "8/dom", "message": "SetNodeData", "encoding": []}
    (line,) = describe_findings([FINDING, other, other])
    assert line == f"{describe_finding(FINDING)} and 2 more there"


@pytest.mark.parametrize(
    "change",
    [{"value_id": "user.phone"}, {"channel": "url"}, {"node": "p"}, {"accepted_by": "old"}, {"gating": False}],
    ids=["value", "channel", "node", "accepted", "advisory"],
)
def test_findings_of_another_cause_have_lines_of_their_own(change: dict[str, object]) -> None:
    """Another value, channel or node is another cause, and what is accepted never hides what is not."""
    assert len(describe_findings([FINDING, FINDING | change])) == 2


def test_differences_are_reported_by_message_and_field() -> None:
    """They name no value and often no node."""
    difference = FINDING | {"kind": "difference", "value_id": "", "node": ""}
    assert len(describe_findings([difference, difference | {"message": "ConsoleLog"}])) == 2


def test_a_problem_that_two_people_had_is_one_line() -> None:
    """The explanation counts equal lines."""
    assert Outcome(problems=("a", "b", "a")).explanation == "a (2 times)\nb"


def test_what_two_parts_say_alike_is_said_once() -> None:
    """Both people of a case meet the same fault: one cause, one line."""
    refused = Outcome(seen=("a",), problems=("refused",))
    assert joined([refused, refused]).problems == ("refused",)
