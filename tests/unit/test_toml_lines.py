"""Lines of values in TOML files."""

import pytest

from maskproof.toml_lines import line_of

TEXT = """# comment
[app]
bare = "b"   # = and [run]

[app.server]
command = [
  "one",  # [app]
  "two",
]
cwd = '''
bare = 1
'''
run.workers = 2
inline = {source = "x"}
"""


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (("app",), 2),
        (("app", "bare"), 3),
        (("app", "server"), 5),
        (("app", "server", "command"), 6),
        (("app", "server", "command", 1), 6),
        (("app", "server", "cwd"), 10),
        (("app", "server", "run", "workers"), 13),
        (("app", "server", "inline", "source"), 14),
        (("app", "server", "bare"), 5),
        (("run", "workers"), 1),
        ((), 1),
    ],
)
def test_the_line_of_a_value_is_that_it_begins_in(names: tuple[str | int, ...], line: int) -> None:
    """What is not there has the line of the table around it; comments and texts that look like tables do not count."""
    assert line_of(TEXT, names) == line
