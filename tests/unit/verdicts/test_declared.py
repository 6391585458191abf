"""What form fixtures declare, as lines of a report."""

from maskproof.verdicts.declared import declared_lines, declared_not_recorded, is_declared


def test_each_declaration_has_its_reason_and_count() -> None:
    """One that never applied is named as such; an older one may have no reason."""
    lines = list(declared_lines([("SetNodeData #now", "a clock", 2), ("#gone", "", 0)]))
    assert lines == [
        "declared volatile: SetNodeData #now (a clock): left out in 2 places",
        "declared volatile: #gone: never applied; take it away if it never does",
    ]


def test_a_report_knows_declarations_among_other_evidence() -> None:
    """They are shown of passing checks too."""
    assert is_declared(declared_not_recorded("Month", "no such type", applied=True))
    assert not is_declared("3 submissions")
