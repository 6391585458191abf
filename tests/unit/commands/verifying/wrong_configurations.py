"""
A small project that is in order, and forty ways to get it wrong.

Each says what its user must read: the place, the cause and the remedy, with the documented status.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from maskproof.errors import EXIT_USAGE
from maskproof.rules import compile_rules, load_rules, write_compiled

CONFIGURATION = """[paths]
forms = "forms"
rules = "rules"

[app]
guard = false
rules_file = "rules.generated.json"

[app.server]
command = ["{python}", "serve.py"]
instrumented_dir = "dist/instrumented"
bare_dir = "dist/bare"

[run]
protocols = [1, 2]

[overhead]
form = "order"
"""
FORM = """version: 1
id: order
title: Order
path: /order
fields:
  name: {selector: "#name", label: Name, category: name, value: user.full_name}
  mail: {selector: "#mail", label: E-mail, category: email, value: user.email}
  plan: {selector: "#plan", label: Plan, category: none, fixed: team-plan}
steps:
  - fill: {field: name}
  - fill: {field: mail}
  - select: {field: plan}
  - click: {selector: "#send", label: Order}
  - expect_visible: {selector: "#done", text: Thank you}
  - script: {call: "steps.py::leave"}
success: {selector: "#done", text: Thank you}
"""
RULES = """version: 1
category: name
rules:
  - id: names
    match: {selectors: ["[data-private]"], names: ["full[_-]?name"]}
    treatment: hidden
    why: A name names a person.
"""
SERVER = """import json, signal
print(json.dumps({"instrumented": "http://127.0.0.1:8101", "bare": "http://127.0.0.1:8102"}), flush=True)
signal.pause()
"""
FILES = {
    "maskproof.toml": CONFIGURATION,
    "forms/order.yaml": FORM,
    "forms/steps.py": "def leave(page, personas):\n    page.go_back()\n",
    "rules/people.yaml": RULES,
    "serve.py": SERVER,
    "dist/instrumented/index.html": "<script src=app.js></script>",
    "dist/bare/index.html": "<p>Order</p>",
}
PACKAGE = '{"name": "shop", "version": "1.0.0", "scripts": {"build:instrumented": "vite build"}}'
TOML, YAML, RULE = "maskproof.toml", "forms/order.yaml", "rules/people.yaml"


def write_project(folder: Path) -> None:
    """Write the project that is in order, with its copy of the rules."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    rules = load_rules(folder / "rules")
    write_compiled(rules, folder / "rules.generated.json")
    stamp = compile_rules(rules)["version"]
    (folder / "dist/instrumented/app.js").write_text(
        f'const rules={{version:"{stamp}",stamp:"maskproof-rules:{stamp}"}}'
    )


class Wrong(NamedTuple):
    """One wrong configuration: what is changed, and what the user must read."""

    name: str
    change: Callable[[Path], None]
    place: str
    cause: str
    remedy: str
    status: int = EXIT_USAGE
    arguments: tuple[str, ...] = ()
    starts_server: bool = False


def edit(file: str, old: str, new: str) -> Callable[[Path], None]:
    """A change of one part of a file."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def write(file: str, text: str) -> Callable[[Path], None]:
    """A file with another content."""

    def change(folder: Path) -> None:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")

    return change


def remove(file: str) -> Callable[[Path], None]:
    """A file that is not there."""
    return lambda folder: (folder / file).unlink()


def all_of(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    """Several changes."""

    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change


def _unchanged(_folder: Path) -> None:
    pass


def _npm(package: str | None, *, lock: bool = True) -> Callable[[Path], None]:
    """An npm project to build, in place of the two folders."""
    builds = 'instrumented_dir = "dist/instrumented"\nbare_dir = "dist/bare"\n'
    changes = [edit(TOML, builds, 'source = "web"\n'), write("web/index.html", "")]
    if package is not None:
        changes.append(write("web/package.json", package))
    if lock:
        changes.append(write("web/package-lock.json", '{"lockfileVersion": 3, "packages": {}}'))
    return all_of(*changes)


def _serves(program: str) -> Callable[[Path], None]:
    return write("serve.py", program)


def _prints(line: str) -> Callable[[Path], None]:
    return _serves(f"import signal\nprint({line!r}, flush=True)\nsignal.pause()\n")


def _urls(instrumented: str, bare: str) -> Callable[[Path], None]:
    server = CONFIGURATION[CONFIGURATION.index("[app.server]") : CONFIGURATION.index("[run]")]
    return all_of(
        edit(TOML, server, ""), edit(TOML, "guard = false", f'instrumented = "{instrumented}"\nbare = "{bare}"')
    )


WRONG = (
    # The file
    Wrong("no file", remove(TOML), "", "No maskproof.toml in", "--config FILE"),
    Wrong(
        "file of an option", _unchanged, "gone.toml", "cannot be read", "--config", arguments=("--config", "gone.toml")
    ),
    Wrong("not TOML", edit(TOML, '"forms"', '"forms'), f"{TOML}:2", "not TOML", "quote"),
    Wrong("unknown name", edit(TOML, "rules_file =", "rule_file ="), f"{TOML}:7", "rule_file", "rules_file"),
    Wrong("unknown table", edit(TOML, "[run]", "[runs]"), f"{TOML}:14", "runs", "run"),
    Wrong("number as text", edit(TOML, "protocols = [1, 2]", 'workers = "two"'), f"{TOML}:15", "workers", "integer"),
    Wrong("protocol", edit(TOML, "[1, 2]", "[3]"), f"{TOML}:15", "protocols", "1, 2"),
    # Folders and files that it names
    Wrong("forms", edit(TOML, '"forms"', '"form"'), f"{TOML}:2", "form is not there", "[paths] forms"),
    Wrong("no form", remove(YAML), f"{TOML}:2", "no form fixtures", "*.yaml"),
    Wrong("rules", edit(TOML, '"rules"', '"rulez"'), f"{TOML}:3", "rulez is not there", "[paths] rules"),
    Wrong("criteria", edit(TOML, "[app]", 'criteria = "gone.yaml"\n[app]'), f"{TOML}:5", "gone.yaml", "criteria"),
    Wrong(
        "baseline", edit(TOML, "[run]", '[leaks]\nbaseline = "gone.yaml"\n[run]'), f"{TOML}:15", "gone.yaml", "baseline"
    ),
    Wrong(
        "no copy of the rules", remove("rules.generated.json"), f"{TOML}:7", "is not there", "maskproof rules compile"
    ),
    Wrong("other rules", edit(RULE, "full[_-]?name", "name"), f"{TOML}:7", "other rules", "maskproof rules compile"),
    Wrong(
        "bundle of other rules",
        edit("dist/instrumented/app.js", "maskproof-rules:", "maskproof-rules:0123456789ab/"),
        f"{TOML}:11",
        "built from other rules",
        "Build the application again",
    ),
    # The application
    Wrong("no application", _urls("", ""), f"{TOML}:7", "bare", "http://"),
    Wrong(
        "cwd", edit(TOML, "instrumented_dir", 'cwd = "web"\ninstrumented_dir'), f"{TOML}:11", "web is not there", "cwd"
    ),
    Wrong("program", edit(TOML, "{python}", "no-such-program"), f"{TOML}:10", "no-such-program", "{python}"),
    Wrong("script", edit(TOML, "serve.py", "server.py"), f"{TOML}:10", "server.py is not there", "relative to"),
    Wrong("folder of a build", edit(TOML, "dist/bare", "dist/plain"), f"{TOML}:12", "dist/plain is not there", "Build"),
    Wrong("empty build", remove("dist/bare/index.html"), f"{TOML}:12", "dist/bare is empty", "Build"),
    Wrong(
        "one build twice", edit(TOML, "dist/bare", "dist/instrumented"), f"{TOML}:12", "same folder", "without tracking"
    ),
    Wrong("no package", _npm(None), f"{TOML}:11", "package.json", "npm project"),
    Wrong("npm script", _npm(PACKAGE), "web/package.json:1", "build:bare", "--outDir"),
    Wrong(
        "no lock file", _npm(PACKAGE.replace("{}", "{}"), lock=False), f"{TOML}:11", "package-lock.json", "npm install"
    ),
    Wrong("port out of range", _urls("http://127.0.0.1:99999", "http://127.0.0.1:8102"), f"{TOML}:6", "99999", "65535"),
    Wrong(
        "one URL twice",
        _urls("http://127.0.0.1:8101", "http://127.0.0.1:8101"),
        f"{TOML}:7",
        "same",
        "without tracking",
    ),
    # The application's server
    Wrong(
        "server that ends",
        _serves("import sys\nsys.exit('no configuration for this server')\n"),
        f"{TOML}:10",
        "ended with status 1: no configuration for this server",
        "app-server.log",
        starts_server=True,
    ),
    Wrong(
        "port in use",
        _serves("raise OSError(98, 'Address already in use')\n"),
        f"{TOML}:10",
        "Address already in use",
        "another program",
        starts_server=True,
    ),
    Wrong(
        "banner",
        _prints("Serving on port 8101"),
        f"{TOML}:10",
        "Serving on port 8101",
        '{"instrumented": URL',
        starts_server=True,
    ),
    Wrong(
        "half of the addresses",
        _prints('{"instrumented": "http://127.0.0.1:8101"}'),
        f"{TOML}:10",
        "bare",
        "URL",
        starts_server=True,
    ),
    Wrong(
        "address out of range",
        _prints('{"instrumented": "http://127.0.0.1:70000", "bare": "http://127.0.0.1:8102"}'),
        f"{TOML}:10",
        "70000",
        "65535",
        starts_server=True,
    ),
    # Form fixtures
    Wrong("selector of a field", edit(YAML, '"#mail"', '"#mail >"'), f"{YAML}:7", "#mail >", "CSS"),
    Wrong("selector of a step", edit(YAML, '"#send"', '"button..send"'), f"{YAML}:13", "button..send", "CSS"),
    Wrong(
        "field without a step",
        edit(YAML, "  - fill: {field: mail}\n", ""),
        f"{YAML}:7",
        "no step uses field mail",
        "planted",
    ),
    Wrong("unknown field", edit(YAML, "{field: plan}", "{field: plans}"), f"{YAML}:12", "plans", "name, mail, plan"),
    Wrong("unknown value", edit(YAML, "user.email", "user.mail"), f"{YAML}:7", "'mail'", "email"),
    Wrong(
        "variable that is not set",
        edit(YAML, "user.email", "env.MASKPROOF_NOT_SET"),
        f"{YAML}:7",
        "MASKPROOF_NOT_SET is not set",
        "Set it",
    ),
    Wrong(
        "way to find an element",
        edit(YAML, '"#send"', "{role: button, text: Send}"),
        f"{YAML}:13",
        "role and text",
        "{label: E-mail}",
    ),
    Wrong(
        "key",
        edit(YAML, "  - fill: {field: mail}\n", "  - fill: {field: mail}\n  - press: Ctrl+A\n"),
        f"{YAML}:12",
        "Ctrl",
        "Control+A",
    ),
    Wrong("function of a script", edit(YAML, "::leave", "::left"), f"{YAML}:15", "left", "leave"),
    # Masking rules
    Wrong("selector of a rule", edit(RULE, "[data-private]", "[data-private"), f"{RULE}:5", "[data-private", "CSS"),
    Wrong("pattern of a rule", edit(RULE, "full[_-]?name", "(?i)name"), f"{RULE}:5", "(?i)name", "JavaScript"),
)
