"""Every check by name, and the owner's criteria that it speaks for."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from deploy.checks import edges, existing, limits, stores, tasks, watching
from deploy.checks.synthesis import Synthesis
from deploy.iam.proof import only_needed_rights

# Sizes are the criterion's in the production profile; docs/decisions/sizes.md says why the small one is below.
PRODUCTION_ONLY = frozenset({"sizes"})


class Check(NamedTuple):
    """A check, and the criteria for which it is evidence."""

    run: Callable[[Synthesis], Iterator[str]]
    criteria: tuple[str, ...] = ()


CHECKS = {
    "services": Check(tasks.services_are_there, ("4.1 AC3", "4.2 AC3")),
    "singletons": Check(tasks.singletons_are_single, ("4.2 AC3",)),
    "secrets": Check(tasks.secrets_are_secrets, ("4.1 AC4", "4.2 AC2")),
    "baked-defaults": Check(tasks.baked_defaults_are_replaced, ("4.2 AC2",)),
    "static-keys": Check(tasks.no_static_keys, ("4.2 AC4",)),
    "images": Check(tasks.images_are_pinned, ("4.1 AC2", "4.2 AC2")),
    "health": Check(tasks.health_uses_what_is_there, ("4.2 AC2",)),
    "shutdown": Check(tasks.workers_stop_cleanly, ("4.2 AC2",)),
    "streams": Check(tasks.streams_keep_unread_entries),
    "umami-migration": Check(tasks.umami_migrates_apart, ("4.1 AC4",)),
    "umami-privacy": Check(tasks.umami_is_private, ("4.1 AC4",)),
    "sizes": Check(tasks.sizes_are_the_criterions, ("4.1 AC2", "4.2 AC2")),
    "volume": Check(stores.volume_is_guarded, ("4.2 AC4",)),
    "volume-mounts": Check(stores.volume_is_mounted_right, ("4.2 AC4",)),
    "cleaner": Check(stores.cleaner_runs, ("4.2 AC4",)),
    "buckets": Check(stores.buckets_are_private, ("4.2 AC4",)),
    "expiry": Check(stores.objects_expire, ("4.2 AC4",)),
    "engines": Check(stores.engines_fit),
    "aurora": Check(stores.aurora_is_safe, ("4.1 IV1",)),
    "tls": Check(stores.connections_use_tls, ("4.1 AC4",)),
    "umami-connections": Check(stores.umami_cannot_crowd_aurora, ("4.1 IV1",)),
    "redis": Check(stores.redis_keeps_streams),
    "public-paths": Check(edges.only_public_paths_are_public, ("4.2 AC3",)),
    "balancer": Check(edges.balancer_is_internal, ("4.1 AC3", "4.2 AC3")),
    "red-button": Check(edges.red_button_is_ready),
    "ingest": Check(edges.ingest_passes_everything, ("4.2 AC3",)),
    "cors": Check(edges.cors_allows_uploads),
    "firewall": Check(edges.bodies_pass_the_firewall),
    "script-cache": Check(edges.script_is_cached_for_minutes),
    "account": Check(existing.account_is_left_alone, ("4.1 IV2",)),
    "existing-network": Check(existing.existing_network_is_unchanged, ("4.1 IV2",)),
    "application": Check(existing.application_is_not_named, ("4.1 IV2", "4.2 IV1")),
    "quotas": Check(limits.quotas_are_kept, ("4.2 IV2",)),
    "alarms": Check(watching.alarms_ring),
    "callers": Check(watching.somebody_is_called),
    "budget": Check(watching.budget_warns),
    "rights": Check(only_needed_rights, ("4.2 IV1",)),
}


def checks_of(profile: str) -> list[str]:
    """The names of the checks that a profile has to pass."""
    return [name for name in CHECKS if name not in PRODUCTION_ONLY or profile == "production"]
