"""Files of a recorded application are read from the application, and from nowhere else."""

from maskproof.suite.app_files import AppFiles


def test_files_of_other_hosts_are_not_asked_for() -> None:
    """They are counted as missing."""
    files = AppFiles("http://127.0.0.1:9")
    assert files.text_of("http://127.0.0.1:1/a.css") == ""
    assert files.text_of("https://example.test/b.css") == ""
    assert len(files.missing) == 2


def test_a_file_that_cannot_be_read_is_missing() -> None:
    """An application that does not answer leaves the picture without that style sheet."""
    files = AppFiles("http://127.0.0.1:9")
    assert files.text_of("http://127.0.0.1:9/a.css") == ""
    assert files.missing == {"http://127.0.0.1:9/a.css"}
