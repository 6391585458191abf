"""The target of a run, embedded or live: its addresses, and a client for each server."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from maskproof.environment import TOKENS_VARIABLE, WORKER_VARIABLE
from maskproof.errors import ConfigurationError, see_page
from maskproof.journey import Trackers
from maskproof.openreplay.client import POLL_S, OpenReplayClient
from maskproof.recording.addresses import AppAddresses, OpenReplayAddresses, StackAddresses, UmamiAddresses
from maskproof.settings import LiveAccount, Settings
from maskproof.umami.client import UmamiClient

# A real server takes 10 requests a second from an account, and stores a session after minutes.
LIVE_POLL_S = 5.0


@dataclass(frozen=True, slots=True)
class Target:
    """
    A running target.

    `work_dir` holds the raw wire of OpenReplay (`wire/<session>/`) and of Umami (`umami/wire.jsonl`); a live
    target has none, so only what was stored can be checked there. `accounts` has a client for each account of
    OpenReplay that the configuration names; `openreplay` is that of this worker.
    """

    app: AppAddresses
    project_id: str
    website_id: str
    openreplay: OpenReplayClient
    umami: UmamiClient
    work_dir: Path | None
    session_deadline_s: float
    poll_s: float = POLL_S
    ingest: str = ""
    project_key: str = field(default="", repr=False)
    umami_url: str = ""
    accounts: tuple[OpenReplayClient, ...] = ()

    @property
    def trackers(self) -> Trackers:
        """Which requests of a page are its trackers'."""
        return Trackers(self.ingest, self.umami_url, self.project_key, self.website_id)


def target_of(settings: Settings, addresses: StackAddresses | None) -> Target:
    """
    The target of a run.

    Args:
        settings: The configuration.
        addresses: Those of the embedded target; None for a live one.

    Raises:
        ConfigurationError: The live target is not configured.

    """
    if addresses is None:
        addresses = _live_addresses(settings)
    openreplay, umami = addresses.openreplay, addresses.umami
    accounts = _clients(settings, openreplay)
    return Target(
        app=addresses.app,
        project_id=openreplay.project_id,
        website_id=umami.website_id,
        openreplay=accounts[_worker() % len(accounts)],
        umami=UmamiClient(umami.server, user=umami.user, password=umami.password),
        work_dir=addresses.work_dir if settings.target == "embedded" else None,
        session_deadline_s=settings.run.session_deadline_s,
        poll_s=POLL_S if settings.target == "embedded" else LIVE_POLL_S,
        project_key=openreplay.project_key,
        ingest=openreplay.ingest,
        umami_url=umami.url,
        accounts=accounts,
    )


def _clients(settings: Settings, addresses: OpenReplayAddresses) -> tuple[OpenReplayClient, ...]:
    """A client for each account; workers with the same account share its log-in."""
    live = settings.live_openreplay
    accounts = live.accounts if live is not None else (LiveAccount(addresses.user, addresses.password),)
    return tuple(
        OpenReplayClient(
            addresses.api,
            user=account.user,
            password=account.password,
            api_key=addresses.api_key,
            token_file=_token_file(number),
        )
        for number, account in enumerate(accounts)
    )


def _worker() -> int:
    """The number of this worker; 0 outside workers."""
    return int("".join(filter(str.isdecimal, os.environ.get(WORKER_VARIABLE, ""))) or 0)


def _token_file(account: int) -> Path | None:
    """The file in which workers share the log-in of an account; not in the reports, which are passed on."""
    folder = os.environ.get(TOKENS_VARIABLE)
    return Path(folder) / f"openreplay-{account}" if folder else None


def confirm(target: Target) -> None:
    """
    Log in to both servers, find project and website, and ask the services that keep the sessions.

    A run asks it first, before it spends minutes on them.

    Raises:
        ConfigurationError: An account is not accepted, or there is no such website.
        Inconclusive: A server cannot be reached.

    """
    for account in target.accounts:
        account.login()
    target.openreplay.conditions(target.project_id)
    target.umami.website(target.website_id)


def live_openreplay_client(settings: Settings) -> tuple[OpenReplayClient, str, str]:
    """
    The client of the configured deployment, its project's id, and the project's key.

    Raises:
        ConfigurationError: `[live.openreplay]` is not configured.

    """
    live = settings.live_openreplay
    if live is None:
        raise ConfigurationError(f"{settings.file}: [live.openreplay] is not configured.")
    first = live.accounts[0]
    client = OpenReplayClient(live.api, user=first.user, password=first.password, api_key=live.api_key)
    return client, live.project_id, live.project_key


def _live_addresses(settings: Settings) -> StackAddresses:
    openreplay, umami, app = settings.live_openreplay, settings.live_umami, settings.app
    if openreplay is None or umami is None or not app.instrumented or not app.bare:
        raise ConfigurationError(
            f"{settings.file}: the live target needs [live.openreplay], [live.umami] and "
            "[app] instrumented and bare base URLs.",
            hint=see_page("A live target"),
        )
    return StackAddresses(
        app=AppAddresses(instrumented=app.instrumented, bare=app.bare),
        openreplay=OpenReplayAddresses(
            ingest=openreplay.ingest,
            api=openreplay.api,
            project_id=openreplay.project_id,
            project_key=openreplay.project_key,
            user=openreplay.accounts[0].user,
            password=openreplay.accounts[0].password,
            api_key=openreplay.api_key,
        ),
        umami=UmamiAddresses(
            url=umami.url,
            server=umami.url,
            script="",
            user=umami.user,
            password=umami.password,
            website_id=umami.website_id,
        ),
        work_dir=settings.paths.reports / "run",
    )
