"""Where in the project a result comes from: lines of form fixtures and of masking rules, and links to them."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from maskproof.forms import load_forms
from maskproof.forms.model import FormFixture
from maskproof.rules import load_rules
from maskproof.rules.model import Rule
from maskproof.settings import Settings

# The checkout of a CI job: GitHub's, GitLab's, Jenkins'.
CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "WORKSPACE")


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file."""

    file: Path
    line: int = 1


class Places:
    """
    The lines that a run is about.

    Args:
        settings: Name the folders of form fixtures and rules.
        environment: Environment variables by name; default is those of the process.

    Raises:
        ConfigurationError: A fixture or a rule has a fault.

    """

    def __init__(self, settings: Settings, environment: Mapping[str, str] | None = None) -> None:
        self._environment = os.environ if environment is None else environment
        self._configuration = Place(settings.file)
        self._baseline = Place(settings.leaks.baseline) if settings.leaks.baseline else self._configuration
        self._forms = {form.id: form for form in load_forms(settings.paths.forms)}
        self._rules = {rule.id: rule for rule in load_rules(settings.paths.rules)}
        self._root = _checkout_of(settings.file.resolve().parent, self._environment)

    def form(self, name: str) -> FormFixture | None:
        """The form fixture of this id; none for a check of the whole run."""
        return self._forms.get(name)

    def of_form(self, name: str) -> Place:
        """The fixture of a form; the configuration for a check of the whole run."""
        return Place(self._forms[name].source) if name in self._forms else self._configuration

    def of_check(self, check: str) -> Place:
        """The file that decides a check of the whole run."""
        return self._baseline if check == "accepted" else self._configuration

    def of_value(self, form: str, value_id: str) -> Place:
        """
        The field that a value is typed into; its form fixture, if no field is.

        Args:
            form: The id of the form fixture.
            value_id: The value, e.g. `user.email`.

        """
        found = self._forms.get(form)
        fields = [field for field in found.fields.values() if field.value == value_id] if found else []
        return Place(found.source, fields[0].line) if found and fields else self.of_form(form)

    def named_in(self, form: str, words: Iterable[str]) -> list[Place]:
        """
        The rules and the fields of a form that a text names.

        Args:
            form: The id of the form fixture.
            words: The words of the text.

        """
        found, fixture = list[Place](), self._forms.get(form)
        for word in words:
            if word in self._rules:
                found.append(_of(self._rules[word]))
            elif fixture and word in fixture.fields:
                found.append(Place(fixture.source, fixture.fields[word].line))
        return list(dict.fromkeys(found))

    def rules_of(self, categories: Iterable[str]) -> list[Place]:
        """The rules of categories, the first one of each."""
        first: dict[str, Rule] = {}
        for rule in self._rules.values():
            first.setdefault(rule.category, rule)
        return [_of(first[name]) for name in dict.fromkeys(categories) if name in first]

    def path(self, place: Place) -> str:
        """The file of a place as the checkout names it."""
        file = place.file.resolve()
        return file.relative_to(self._root).as_posix() if file.is_relative_to(self._root) else file.name

    def url(self, place: Place, page: Path) -> str:
        """
        A link to a place: at the server that a CI job belongs to, or to the file itself.

        Args:
            place: Where it leads.
            page: The folder of the page that has the link.

        """
        known, path = self._environment, f"{self.path(place)}#L{place.line}"
        if known.get("GITHUB_REPOSITORY") and known.get("GITHUB_SHA"):
            server = known.get("GITHUB_SERVER_URL", "")
            return f"{server}/{known['GITHUB_REPOSITORY']}/blob/{known['GITHUB_SHA']}/{path}"
        if known.get("CI_PROJECT_URL") and known.get("CI_COMMIT_SHA"):
            return f"{known['CI_PROJECT_URL']}/-/blob/{known['CI_COMMIT_SHA']}/{path}"
        return Path(os.path.relpath(place.file.resolve(), page.resolve())).as_posix()


def _of(rule: Rule) -> Place:
    return Place(rule.source, rule.line)


def _checkout_of(folder: Path, environment: Mapping[str, str]) -> Path:
    """The folder that paths of annotations are relative to."""
    for name in CHECKOUTS:
        named = environment.get(name, "")
        if named and folder.is_relative_to(Path(named).resolve()):
            return Path(named).resolve()
    return next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), folder)
