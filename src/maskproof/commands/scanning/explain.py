"""`maskproof scan --explain VALUE_ID`: in which forms a value is searched for, without showing it."""

import time
from collections import Counter
from collections.abc import Sequence

from maskproof.commands.common import print_json
from maskproof.errors import ConfigurationError
from maskproof.leaks.search.plain import PlainSearch
from maskproof.leaks.spelling.beginnings import beginnings_of
from maskproof.leaks.spelling.forms import FORMS
from maskproof.leaks.spelling.spellings import canonical_texts, spelled_texts
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.spelling.variants import dropped_forms, variants_of


def explain(values: Sequence[Value], value_id: str, *, as_json: bool) -> int:
    """
    Print the kinds of forms of a value, their number, and the time that building their search takes.

    Args:
        values: The values of the values file.
        value_id: Which of them.
        as_json: Whether to print one JSON object in place of lines.

    Returns:
        The exit status.

    Raises:
        ConfigurationError: No value has this id.

    """
    value = next((one for one in values if one.id == value_id), None)
    if value is None:
        raise ConfigurationError(
            f"--explain: no value is called {value_id!r}.", hint=f"Known: {', '.join(one.id for one in values)}."
        )
    started = time.perf_counter()
    forms = Counter(variant.form for variant in (*variants_of(value), *beginnings_of(value)))
    PlainSearch([value])
    seconds = time.perf_counter() - started
    hashed = len(spelled_texts(value)) + len(canonical_texts(value)) if value.is_unique else 0
    dropped = dropped_forms(value)
    if as_json:
        print_json(
            {
                "value_id": value.id, "category": value.category, "is_short": value.is_short, "forms": dict(forms),
                "count": forms.total(), "dropped": dropped, "hashed": hashed, "build_s": round(seconds, 4),
            }
        )  # fmt: skip
        return 0
    print(f"{value.id} ({value.category}): {forms.total()} forms, built in {seconds:.3f} s")
    for form in filter(forms.__contains__, FORMS):
        print(f"  {form} ({forms[form]}): {FORMS[form]}")
    print(f"  hashes of {hashed} spellings")
    if dropped:
        print(f"  {dropped} more forms are beyond the budget and are not searched for")
    return 0
