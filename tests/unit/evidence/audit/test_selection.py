"""Which sessions a person looks at."""

from maskproof.evidence.audit.selection import BY_CHANCE, CHANCE, FOR_NUMBER, LEAST, ONE_OF_EACH, choose
from maskproof.evidence.audit.sessions import Pair, Session

PAIR = Pair("The end", "seen", "recorded", ())


def _sessions(forms: int, *protocols: int) -> list[Session]:
    """Sessions of forms, each of a category of its own."""
    return [
        Session(f"Form {form}", protocol, (PAIR,), form_id=f"form-{form}", categories=(f"category-{form}",))
        for form in range(forms)
        for protocol in protocols or (1, 2)
    ]


def test_of_each_form_the_newest_protocol_is_chosen() -> None:
    """With ten forms and more, one of each and a few by chance are enough."""
    chosen = choose(_sessions(12), seed="seed").chosen
    first = [one for one in chosen if one.why == ONE_OF_EACH]
    assert sorted(one.session.form_id for one in first) == sorted(f"form-{number}" for number in range(12))
    assert {one.session.protocol for one in first} == {2}
    assert [one.why for one in chosen[12:]] == [CHANCE] * BY_CHANCE


def test_with_few_forms_more_sessions_make_ten() -> None:
    """Then those that were drawn by chance come on top."""
    selection = choose(_sessions(7), seed="seed")
    assert [one.why for one in selection.chosen].count(FOR_NUMBER) == LEAST - 7
    assert len(selection.chosen) == LEAST + BY_CHANCE
    assert selection.gaps == ()


def test_the_same_seed_draws_the_same_sessions() -> None:
    """Anybody can draw them again; another seed draws others."""
    drawn = {seed: [one.session.case for one in choose(_sessions(30), seed=seed).chosen] for seed in ("a", "b")}
    assert drawn["a"] == [one.session.case for one in choose(_sessions(30), seed="a").chosen]
    assert drawn["a"] != drawn["b"]


def test_what_no_session_covers_is_said() -> None:
    """Too few sessions, a form without one, and a category that nobody can look at."""
    selection = choose(_sessions(2), seed="seed", categories=["category-0", "passport"], forms=["form-0", "lost"])
    assert selection.coverage["category-0"] == ("Form 0",)
    assert selection.uncovered == ("passport",)
    assert selection.gaps == (
        "4 sessions, fewer than 10: the run recorded no more",
        "no session of the form lost",
        "no session with the category passport",
    )


def test_a_session_without_pictures_is_not_chosen() -> None:
    """There is nothing to look at."""
    assert choose([Session("Demo", 1, form_id="demo")], seed="seed").chosen == ()
