"""What a project's configuration names: its files and folders, rules and form fixtures, each checked."""

from maskproof.forms import load_forms
from maskproof.forms.model import FormFixture
from maskproof.rules import Rule, load_rules
from maskproof.rules.compile import check_compiled
from maskproof.settings import Settings

FOLDERS = {"forms": "form fixtures", "rules": "masking rules"}


def load_project(settings: Settings) -> tuple[tuple[Rule, ...], tuple[FormFixture, ...]]:
    """
    Rules and form fixtures of a project.

    Raises:
        ConfigurationError: A file or folder that the configuration names is missing or has a fault, or the
            application's copy was compiled from other rules.

    """
    for name, what in FOLDERS.items():
        folder = getattr(settings.paths, name)
        if not any(folder.glob("*.yaml")):
            fault = f"{folder} has no {what} (*.yaml)." if folder.is_dir() else f"{folder} is not there."
            raise settings.error(
                f"paths.{name}", fault, hint=f"[paths] {name} is the folder of the {what}, *.yaml files."
            )
    for name, file in (
        ("paths.criteria", settings.paths.criteria),
        ("paths.launch", settings.paths.launch),
        ("paths.signatures", settings.paths.signatures),
        ("leaks.baseline", settings.leaks.baseline),
        ("leaks.policy", settings.leaks.policy),
    ):
        if file is not None and not file.is_file():
            raise settings.error(
                name, f"{file} is not there.", hint=f"Make the file, or take out {name.rpartition('.')[2]}."
            )
    rules, forms = load_rules(settings.paths.rules), load_forms(settings.paths.forms)
    check_compiled(settings, rules)
    return rules, forms
