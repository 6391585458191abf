"""Style sheets of a recorded page are read from the application, and from nowhere else."""

from maskproof.suite.linked_styles import LinkedStyles


def test_style_sheets_of_other_hosts_are_not_asked_for() -> None:
    """They are counted as missing."""
    styles = LinkedStyles("http://127.0.0.1:9")
    assert styles.text_of("http://127.0.0.1:1/a.css") == ""
    assert styles.text_of("https://example.test/b.css") == ""
    assert len(styles.missing) == 2


def test_a_style_sheet_that_cannot_be_read_is_missing() -> None:
    """An application that does not answer leaves the picture without that style sheet."""
    styles = LinkedStyles("http://127.0.0.1:9")
    assert styles.text_of("http://127.0.0.1:9/a.css") == ""
    assert styles.missing == {"http://127.0.0.1:9/a.css"}
