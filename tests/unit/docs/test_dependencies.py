"""The reference of dependencies agrees with the files that declare them."""

import json
import re
import tomllib

import pytest
from tests.unit.docs.pages import ROOT, first_cells, page, quoted, section, text_of

PAGE = "reference/dependencies.md"
NPM_PROJECTS = (
    "dashboards/types",
    "fixtures/app",
    "src/maskproof/evidence/allure_tool",
    "src/maskproof/umami/server",
    "src/maskproof/umami/server_with_pages",
)


def test_every_python_dependency_is_described() -> None:
    """Each section names the dependencies of pyproject.toml, and no other."""
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    for heading, wanted in (
        ("## Python: the detector", project["dependencies"]),
        ("## Python: needed to verify (`verify`)", project["optional-dependencies"]["verify"]),
        ("## Python: needed to work on it (`dev`)", project["optional-dependencies"]["dev"]),
        ("## Python: dashboards (`dashboards`)", project["optional-dependencies"]["dashboards"]),
        ("## Python: the deployment (`deploy`)", project["optional-dependencies"]["deploy"]),
    ):
        written = quoted("\n".join(first_cells(section(PAGE, heading))))
        names = {re.match(r"[\w-]+", requirement)[0] for requirement in wanted}  # type: ignore[index]
        assert written == names - {"maskproof"}


@pytest.mark.parametrize("project", NPM_PROJECTS)
def test_every_npm_package_is_described(project: str) -> None:
    """The section of a project names each package of its package.json."""
    data = json.loads(text_of(ROOT / project / "package.json"))
    (heading,) = re.findall(rf"^## .*`{project}`$", page(PAGE), re.MULTILINE)
    written = quoted(section(PAGE, heading))
    assert {*data.get("dependencies", {}), *data.get("devDependencies", {})} <= written
