"""What the placeholders of the service tables stand for in one deployment."""

from deploy.parameters import Profile
from deploy.stacks.common import bucket_name
from deploy.stacks.data import DataStack


def placeholders(profile: Profile, data: DataStack) -> dict[str, str]:
    """
    The values, by the names that stand in braces in `deploy/services/`.

    Args:
        profile: The deployment.
        data: Its stack of data.

    """
    clickhouse, edge = profile.clickhouse, profile.edge
    return {
        "region": profile.account.region,
        "recordings": bucket_name(profile, "recordings"),
        "assets": bucket_name(profile, "assets"),
        "sourcemaps": bucket_name(profile, "sourcemaps"),
        "postgres_host": data.database.cluster_endpoint.hostname,
        "postgres_reader": data.database.cluster_read_endpoint.hostname,
        "analytics_host": edge.analytics_host,
        "clickhouse_host": clickhouse.host,
        "clickhouse_user": clickhouse.user,
        "clickhouse_database": clickhouse.database,
        "clickhouse_native_port": str(clickhouse.native_port),
        "clickhouse_http_port": str(clickhouse.http_port),
        "collect_host": edge.collect_host,
        "replay_host": edge.replay_host,
        "ingest_prefix": edge.ingest_prefix,
        "script_name": edge.script_name,
        "openreplay_version": profile.openreplay.version,
        "volume_hours": str(profile.retention.volume_hours),
        "volume_minutes": str(60 * profile.retention.volume_hours),
        "umami_major": profile.umami.version.partition(".")[0],
        "umami_connections": str(profile.umami.connection_limit),
        "first_mail": profile.alarms.mails[0],
    }
