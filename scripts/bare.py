"""
Runs README's two commands on machines with nothing installed: bare Debian roots, as root and as a user.

Each case gets a new root made by debootstrap, with Python, make and little else. It runs in namespaces of its own, so
mounts and processes end with it. The working tree is copied into a folder that other users cannot read. The script
needs Linux, root, and debootstrap, or apt-get to install it. Otherwise it prints what is missing and ends with 3. It
prints the figures on standard output as one JSON object. `make bare` calls it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASES = ("bookworm", "trixie")
COMMANDS = ("verify", "test")
EXIT_PASS, EXIT_FAIL, EXIT_INCONCLUSIVE = 0, 1, 3
DEADLINE_S = 1800.0
NEEDED = ("python3", "make", "ca-certificates")
# Only these variables are passed into a root: the configuration of package registries, proxies and certificates.
HANDED = (
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
    *("PIP_INDEX_URL", "PIP_CERT", "UV_DEFAULT_INDEX", "npm_config_registry"),
    *("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"),
)
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
CERTIFICATES = Path("/usr/local/share/ca-certificates")
# Lists the processes that still run besides process 1, from the `proc` of a root.
LIST_PROCESSES = """
left=
for entry in "$root"/proc/[0-9]*; do
  if [ "${entry##*/}" = 1 ] || ! [ -r "$entry/status" ]; then continue; fi
  name= state=
  while read -r key value _; do
    case $key in Name:) name=$value ;; State:) state=$value ;; esac
  done <"$entry/status"
  if [ "$state" != Z ]; then left="$left $name"; fi
done
"""
# Process 1 of the namespaces. A command that leaves processes behind has failed.
INSIDE = f"""
set -eu
root=$1; shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
status=0
"$@" </dev/null || status=$?
tries=30  # of a tenth of a second: what ends because its parent did takes a moment
while :; do
{LIST_PROCESSES}
  if [ -z "$left" ] || [ "$tries" = 0 ]; then break; fi
  tries=$((tries - 1)); sleep 0.1
done
if [ -n "$left" ]; then echo "processes left behind:$left"; exit 99; fi
exit $status
"""


@dataclass(frozen=True, slots=True)
class User:
    """A user who runs the commands: the folder of the checkout, installed packages, and whether sudo is allowed."""

    name: str
    checkout: str
    packages: tuple[str, ...] = ()
    sudo: bool = False


USERS = {
    user.name: user
    for user in (
        User("root", "/root/maskproof"),
        # The path breaks commands with missing quotes. Chromium is installed, and this user can install nothing.
        User("user", "/home/user/Übung, 2 wörds/mask proof", ("python3-venv", "chromium")),
        User("sudoer", "/home/sudoer/maskproof", ("sudo",), sudo=True),
    )
}


@dataclass(frozen=True, slots=True)
class Case:
    """One bare root: a release, a user, and the commands in their order. The first finds nothing installed."""

    release: str
    user: User
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """The result of one command: its status and how many seconds it took."""

    release: str
    user: str
    command: str
    first: bool
    status: int
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the cases and print the figures."""
    parser = argparse.ArgumentParser(prog="bare.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--releases", default=",".join(RELEASES), help="Debian releases, comma-separated")
    parser.add_argument("--users", default="root,user", help=f"some of {', '.join(USERS)}, comma-separated")
    parser.add_argument("--commands", default=",".join(COMMANDS), help="targets of make, comma-separated")
    parser.add_argument("--run", help="a command line for bash instead of make, e.g. to look around")
    parser.add_argument(
        "--work", type=Path, default=default_work(), help="folder for roots and logs (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    missing = what_is_missing()
    if missing:
        print(f"bare: cannot be run here: {missing}", file=sys.stderr)
        return EXIT_INCONCLUSIVE
    commands = (options.run,) if options.run else tuple(options.commands.split(","))
    users = [USERS[name] for name in options.users.split(",")]
    cases = cases_of(options.releases.split(","), users, commands)
    figures = [figure for case in cases for figure in run_case(case, options.work, by_make=not options.run)]
    failed = [figure for figure in figures if figure.status]
    print(json.dumps({"verdict": "fail" if failed else "pass", "figures": [asdict(figure) for figure in figures]}))
    return EXIT_FAIL if failed else EXIT_PASS


def default_work() -> Path:
    """The folder for roots and logs; a base root takes 400 MB and is made once."""
    given = os.environ.get("MASKPROOF_CACHE")
    cache = Path(given) if given else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "maskproof"
    return cache / "bare"


def what_is_missing() -> str:
    """The reason why this machine cannot make bare roots; empty if it can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "it needs Linux, and root"
    if shutil.which("debootstrap") is None:
        if shutil.which("apt-get") is None:
            return "debootstrap is not installed, and there is no apt-get"
        say("install debootstrap")
        for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "debootstrap"]):
            subprocess.run(["apt-get", *command], stdout=sys.stderr, check=False)
        if shutil.which("debootstrap") is None:
            return "debootstrap cannot be installed (see above)"
    if subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], capture_output=True, check=False).returncode:
        return "namespaces cannot be made"
    return ""


def cases_of(releases: Iterable[str], users: Sequence[User], commands: tuple[str, ...]) -> list[Case]:
    """
    One case for each release and user. The order of the commands alternates, so that each command is first once.

    Args:
        releases: Names of Debian releases.
        users: The users who run the commands.
        commands: Targets of make, or command lines.

    """
    turned = tuple(reversed(commands))
    return [
        Case(release, user, turned if (row + column) % 2 else commands)
        for row, release in enumerate(releases)
        for column, user in enumerate(users)
    ]


def run_case(case: Case, work: Path, *, by_make: bool) -> list[Figure]:
    """
    Run the commands of one case in a new root, and remove the root afterwards.

    Args:
        case: The case to run.
        work: Folder for roots and logs.
        by_make: Whether the commands are targets of make.

    """
    base = base_root(case.release, work)
    place = Path(tempfile.mkdtemp(prefix="root-", dir=work))
    root = place / base.name
    figures = []
    try:
        subprocess.run(["cp", "-a", "--reflink=auto", base, root], check=True)
        prepare_root(root, case.user, work)
        for number, command in enumerate(case.commands):
            shown = f"make {command}" if by_make else command
            log = work / "logs" / f"{case.release}-{case.user.name}-{number}-{command.split()[0].replace('/', '_')}.log"
            title = f"{case.release}, as {case.user.name}: {shown}"
            say(f"{title} ...")
            begin = time.monotonic()
            status = run_as(root, case.user, shown, log)
            seconds = round(time.monotonic() - begin, 1)
            say(f"{title}: status {status}, {seconds:.0f} s; log: {log}")
            figures.append(Figure(case.release, case.user.name, command, number == 0, status, seconds))
    finally:
        remove(place)
    return figures


def base_root(release: str, work: Path) -> Path:
    """
    The root that all cases of a release copy, made once.

    Args:
        release: Name of the Debian release.
        work: Folder for roots and logs.

    """
    base = work / f"base-{release}"
    if not base.is_dir():
        say(f"{release}: debootstrap ...")
        making = work / f".making-{release}"
        remove(making)
        making.mkdir(parents=True)
        log = work / "logs" / f"debootstrap-{release}.log"
        run_logged(["debootstrap", "--variant=minbase", f"--include={','.join(NEEDED)}", release, making], log)
        making.rename(base)
    return base


def prepare_root(root: Path, user: User, work: Path) -> None:
    """
    Give a root its network configuration, certificates, packages, user and checkout.

    Args:
        root: The folder of the root.
        user: The user who will run the commands.
        work: Folder for roots and logs.

    """
    for name in ("resolv.conf", "hosts"):
        shutil.copy(Path("/etc") / name, root / "etc" / name)
    log = work / "logs" / "prepare.log"
    if CERTIFICATES.is_dir():
        shutil.copytree(CERTIFICATES, root / CERTIFICATES.relative_to("/"), dirs_exist_ok=True)
        inside(root, ["update-ca-certificates"], log)
    if user.packages:
        apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        inside(root, [*apt, "update", "-q"], log)
        inside(root, [*apt, "install", "-y", "-q", "--no-install-recommends", *user.packages], log)
    if user.name != "root":
        inside(root, ["useradd", "--create-home", "--shell", "/bin/bash", user.name], log)
    if user.sudo:
        (root / "etc/sudoers.d/user").write_text(f"{user.name} ALL=(ALL) NOPASSWD: ALL\n")
    copy_files(files_of_tree(), root / user.checkout.lstrip("/"))
    home = f"/home/{user.name}" if user.name != "root" else "/root"
    inside(root, ["chown", "-R", f"{user.name}:", home], log)
    inside(root, ["chmod", "700", home], log)


def files_of_tree() -> list[str]:
    """The files of the working tree that git tracks, and new ones that it does not ignore."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout
    return [name for name in listed.decode().split("\0") if name]


def copy_files(names: Iterable[str], place: Path) -> None:
    """
    Copy files of the working tree; skip those that git tracks and that are removed.

    Args:
        names: Paths relative to the repository.
        place: Folder to copy them to.

    """
    for name in names:
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, place / name)


def run_as(root: Path, user: User, command: str, log: Path) -> int:
    """
    Run a command line as a user in the checkout.

    Args:
        root: The folder of the root.
        user: Who runs it.
        command: The command line, for bash.
        log: File for its output.

    Returns:
        Its exit status, or 99 if it left processes behind.

    """
    home = f"/home/{user.name}" if user.name != "root" else "/root"
    handed = [f"{name}={os.environ[name]}" for name in HANDED if os.environ.get(name)]
    become = ["setpriv", "--reuid", user.name, "--regid", user.name, "--init-groups"] if user.name != "root" else []
    environment = ["env", "-i", f"HOME={home}", f"USER={user.name}", f"PATH={PATH}", *handed]
    script = 'cd "$1" && eval "$2"'
    shell = ["bash", "-c", script, "bash", user.checkout, command]
    return inside(root, [*become, *environment, *shell], log, check=False)


def inside(root: Path, command: Sequence[str], log: Path, *, check: bool = True) -> int:
    """
    Run a command in a root, in mount and process namespaces that end with it.

    Args:
        root: The folder of the root.
        command: Program and arguments.
        log: File for its output.
        check: Whether a failure ends the script.

    Raises:
        SystemExit: It failed, and `check` is set.

    """
    unshare = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"]
    return run_logged([*unshare, "sh", "-c", INSIDE, "sh", str(root), "chroot", str(root), *command], log, check=check)


def run_logged(command: Sequence[str | Path], log: Path, *, check: bool = True) -> int:
    """
    Run a command with its output in a log.

    Args:
        command: Program and arguments.
        log: File for its output.
        check: Whether a failure ends the script.

    Returns:
        Its exit status, or 124 if it took too long.

    Raises:
        SystemExit: It failed, and `check` is set.

    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=DEADLINE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return 124
    if check and done.returncode:
        say(f"{command[-1]}: status {done.returncode}; log: {log}")
        raise SystemExit(EXIT_INCONCLUSIVE)
    return done.returncode


def remove(folder: Path) -> None:
    """Remove a root; outside of its namespaces nothing is mounted in it."""
    if folder.exists():
        subprocess.run(["rm", "-rf", "--one-file-system", folder], check=True)


def say(text: str) -> None:
    """Print one line of progress."""
    print(f"bare: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
