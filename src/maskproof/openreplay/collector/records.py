"""Sessions and projects as JSON, in the form of OpenReplay's API (5.1, 5.2)."""

from maskproof.openreplay.collector.agents import Agent, parse_agent
from maskproof.openreplay.collector.database import DatabaseRecord, seconds
from maskproof.openreplay.collector.model import (
    FULL_RATE,
    MAX_SESSION_DURATION_MS,
    EmbeddedProject,
    JsonObject,
    Session,
)

GDPR = {"maskEmails": True, "sampleRate": 33, "maskNumbers": False, "defaultInputMode": "obscured"}
NOBODY = Agent("", "", "", "", "other")
# Fields of a session's record that nothing fills here; the real server fills some of them elsewhere.
UNFILLED = (
    "userOsVersion",
    "userCity",
    "userState",
    "utmSource",
    "utmMedium",
    "utmCampaign",
    "videoURL",
    "mobileFrames",
    "fileKey",
)


NO_EVENTS: JsonObject = {"events": [], "userEvents": [], "issues": [], "incidents": [], "errors": []}


def search_record(session: Session, database: DatabaseRecord) -> JsonObject:
    """
    One row of the session search. Its time is cut to seconds, and pages are not counted.

    Args:
        session: The session.
        database: What the database keeps of it.

    """
    record = _shared(session, database)
    return record | {
        "startTs": seconds(session.started_ms),
        "duration": _duration(session, database),
        "pagesCount": 0,
        "errorsCount": len(database.errors),
        "issueTypes": None,
        "userId": record["userId"] or "",
        "userAnonymousId": database.user_anonymous_id,
        "userDevice": None,
        "userCity": "",
        "userState": "",
    }


def replay_record(session: Session, database: DatabaseRecord, urls: JsonObject, *, live: bool) -> JsonObject:
    """
    The answer of `replay`: the session and the URLs of its files.

    Args:
        session: The session.
        database: What the database keeps of it.
        urls: Pre-signed URLs of its files, by the name of the field.
        live: Whether the session is not stored yet.

    """
    agent = parse_agent(session.user_agent) or NOBODY
    issues = sorted({str(issue["issueType"]) for issue in database.issues})
    issues += ["js_exception"] if database.errors else []
    record = _shared(session, database) | dict.fromkeys(UNFILLED)
    record |= {
        "startTs": session.started_ms,
        "duration": None if live else _duration(session, database),
        "pagesCount": database.pages,
        "issueTypes": "{" + ",".join(issues) + "}",
        "trackerVersion": session.start.get("trackerVersion", ""),
        "userBrowserVersion": agent.browser_version,
        "userDevice": "",
        "userDeviceMemorySize": session.start.get("deviceMemory", 0),
        "userDeviceHeapSize": session.start.get("jsHeapSizeLimit", 0),
        "referrer": database.referrer or None,
        "baseReferrer": database.referrer.partition("?")[0] or None,
        "favorite": False,
        "live": live,
    }
    return record | urls


def _shared(session: Session, database: DatabaseRecord) -> JsonObject:
    """What search and replay say alike."""
    agent = parse_agent(session.user_agent) or NOBODY
    return {
        "sessionId": session.key,
        "projectId": session.project_id,
        "platform": "web",
        "eventsCount": database.event_count,
        "timezone": session.start.get("timezone", ""),
        "userId": database.user_id or session.start.get("userID"),
        "userUuid": session.user_uuid,
        "userBrowser": agent.browser,
        "userOs": agent.system,
        "userDeviceType": agent.device_type,
        "userCountry": "UN",
        "screenWidth": session.start.get("width", 0),
        "screenHeight": session.start.get("height", 0),
        "viewed": False,
        "metadata": dict(database.metadata),
    }


def _duration(session: Session, database: DatabaseRecord) -> int:
    return max(database.last_ms - session.started_ms, 0)


def event_lists(database: DatabaseRecord) -> JsonObject:
    """The answer of `events`."""
    return {
        "events": database.events,
        "userEvents": database.custom,
        "issues": database.issues,
        "incidents": database.incidents,
        "errors": database.errors,
    }


def project_record(project: EmbeddedProject, *, recorded: bool) -> JsonObject:
    """
    One row of the project list of the Python API.

    Args:
        project: The project.
        recorded: Whether it has stored sessions.

    """
    return {
        "projectId": project.project_id,
        "name": project.name,
        "projectKey": project.project_key,
        "saveRequestPayloads": False,
        "createdAt": project.created_ms,
        "sampleRate": FULL_RATE if project.capture_all else project.rate,
        "platform": "web",
        "conditionsCount": 0,
        "gdpr": GDPR,
        "recorded": recorded,
    }


def public_project_record(project: EmbeddedProject) -> JsonObject:
    """A project, in the form of the public API."""
    return {
        "projectId": project.project_id,
        "name": project.name,
        "projectKey": project.project_key,
        "tenantId": 0,
        "maxSessionDuration": MAX_SESSION_DURATION_MS,
        "sampleRate": FULL_RATE if project.capture_all else project.rate,
        "saveRequestPayloads": False,
        "beaconSize": 0,
        "platform": "web",
        **{f"metadata{number}": None for number in range(1, 11)},
    }


def account_record(project: EmbeddedProject) -> JsonObject:
    """The only user of the tenant."""
    return {
        "userId": 1,
        "email": project.user,
        "role": "owner",
        "name": "Maskproof",
        "superAdmin": True,
        "admin": False,
        "member": False,
        "hasPassword": True,
        "settings": {},
        "tenantId": 1,
        "apiKey": project.api_key,
        "createdAt": project.created_ms,
        "edition": "foss",
        "versionNumber": "v1.27.0",
        "optOut": True,
        "scopeState": 2,
        "tenantName": "Maskproof",
        "hasActivePlan": True,
        "expirationDate": -1,
        "smtp": False,
    }
