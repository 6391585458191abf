"""The work of `maskproof replay`: rebuilds a session step by step, and draws it with every value covered."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from maskproof.commands.common import print_json
from maskproof.commands.replaying.recorded_session import Owner, owner_of, recordings_of
from maskproof.errors import EXIT_FAIL, EXIT_PASS, Inconclusive, UsageError
from maskproof.journey.redact import pattern_of
from maskproof.leaks.spelling.values import load_values
from maskproof.openreplay.session import SessionView
from maskproof.recording.browser import running_browser
from maskproof.replay import Place, draw, rebuilt
from maskproof.replay.draw import suffix_of
from maskproof.replay.filmstrip import Frame, filmstrip
from maskproof.replay.kept_styles import kept_style
from maskproof.replay.labels import labels_of
from maskproof.replay.steps import steps_of
from maskproof.secrets import Secret
from maskproof.settings import Settings, load_settings
from maskproof.verdicts.pictures import STYLES_FOLDER

FOLDER = "run/replay"


def run_replay(arguments: argparse.Namespace) -> int:
    """
    Draw a session.

    Raises:
        UsageError: There is no such session or step, or nobody said which values it may hold.
        Inconclusive: A session holds no page, or a live target does not store it in time.

    """
    overrides = {"target.kind": arguments.target} if arguments.target else {}
    settings = load_settings(arguments.config, overrides=overrides)
    view = SessionView(recordings_of(settings, arguments.session))
    owner = owner_of(settings, arguments.session)
    labels = _labels(owner, arguments)
    frames, picture = _drawn(settings, view, arguments.step, labels, owner)
    file = _written(arguments.out or settings.paths.reports / FOLDER, arguments, picture)
    shown = sum(count for frame in frames for name, count in frame.values.items() if not labels[name].is_short)
    if arguments.json:
        print_json({"file": str(file), "steps": [frame.title for frame in frames], "values_shown": shown})
    else:
        sys.stdout.write(f"{file}\n")
        sys.stdout.write(f"{len(frames)} {'step' if len(frames) == 1 else 'steps'} drawn; {_said(shown)}\n")
    return EXIT_FAIL if shown else EXIT_PASS


def _said(shown: int) -> str:
    return f"{shown} values are shown, and covered: a leak" if shown else "no value is shown"


def _labels(owner: Owner | None, arguments: argparse.Namespace) -> dict[str, Secret]:
    """The values to cover, by the name that is written over them."""
    given = [value.secret for value in load_values(arguments.values)] if arguments.values else []
    if owner is None and not given:
        raise UsageError(
            f"session {arguments.session} is none of the last run: which values may it hold?",
            hint="Name them with --values FILE, as for maskproof audit; they are covered in the pictures.",
        )
    return labels_of([*(owner.secrets if owner else ()), *given])


def _drawn(
    settings: Settings, view: SessionView, step: int | None, labels: dict[str, Secret], owner: Owner | None
) -> tuple[list[Frame], bytes]:
    """The steps that were asked for, and the picture to write: the step, or the filmstrip of all."""
    steps = steps_of(view)
    if not steps:
        raise Inconclusive("the session holds no page.", hint="It has only console or network messages.")
    if step is not None and step > len(steps):
        raise UsageError(
            f"--step: the session has {len(steps)} steps, got {step}.", hint=f"The last is {steps[-1].title}."
        )
    places = list(_places(owner)) if owner else []
    values = {name: pattern_of(secret).pattern for name, secret in labels.items()}
    styles = settings.paths.reports / STYLES_FOLDER
    frames = []
    with running_browser(own_pages=settings.target != "live") as browser:
        for chosen in steps if step is None else [steps[step - 1]]:
            page = rebuilt(chosen.document, lambda address: kept_style(styles, address))
            picture = draw(browser, page, window=view.window_at(chosen.time_ms), places=places, values=values)
            frames.append(Frame(chosen.title, picture.image, dict(picture.values)))
        return frames, filmstrip(browser, frames) if step is None else frames[0].image


def _places(owner: Owner) -> Iterator[Place]:
    for number, field in enumerate(owner.form.pii_fields, 1):
        yield Place(owner.personas.spoken(field.selector), number)


def _written(folder: Path, arguments: argparse.Namespace, picture: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"step-{arguments.step}" if arguments.step else "filmstrip"
    file: Path = folder / f"{arguments.session}-{name}{suffix_of(picture)}"
    file.write_bytes(picture)
    return file
