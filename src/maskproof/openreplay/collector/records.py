"""Sessions and projects as JSON, in the form of OpenReplay's API (5.1, 5.2)."""

from maskproof.openreplay.collector.agents import Agent, parse_agent
from maskproof.openreplay.collector.database import DatabaseRecord
from maskproof.openreplay.collector.model import FULL_RATE, EmbeddedProject, JsonObject, Session

GDPR = {"maskEmails": True, "sampleRate": 33, "maskNumbers": False, "defaultInputMode": "obscured"}
NOBODY = Agent("", "", "", "", "other")


def session_record(session: Session, database: DatabaseRecord) -> JsonObject:
    """
    One row of the session search.

    Args:
        session: The session.
        database: What the database keeps of it.

    """
    agent = parse_agent(session.user_agent) or NOBODY
    return {
        "sessionId": session.key,
        "projectId": session.project_id,
        "startTs": session.started_ms,
        "duration": max(database.last_ms - session.started_ms, 0),
        "platform": "web",
        "eventsCount": database.event_count,
        "pagesCount": database.pages,
        "errorsCount": len(database.errors),
        "issueTypes": sorted({str(issue["issueType"]) for issue in database.issues}),
        "timezone": session.start.get("timezone", ""),
        "userId": database.user_id or session.start.get("userID"),
        "userAnonymousId": database.user_anonymous_id,
        "userUuid": session.user_uuid,
        "userBrowser": agent.browser,
        "userOs": agent.system,
        "userDevice": "",
        "userDeviceType": agent.device_type,
        "userCity": "",
        "userState": "",
        "userCountry": "UN",
        "screenWidth": session.start.get("width", 0),
        "screenHeight": session.start.get("height", 0),
        "viewed": False,
        "metadata": dict(database.metadata),
    }


def replay_record(
    session: Session, database: DatabaseRecord, *, dom: list[str], devtools: list[str], live: bool
) -> JsonObject:
    """
    The answer of `replay`: the session and the URLs of its files.

    Args:
        session: The session.
        database: What the database keeps of it.
        dom: Pre-signed URLs of the page recording.
        devtools: Pre-signed URLs of the devtools recording.
        live: Whether the session is not stored yet.

    """
    agent = parse_agent(session.user_agent) or NOBODY
    record = session_record(session, database)
    record.pop("errorsCount")
    return record | {
        "duration": None if live else record["duration"],
        "issueTypes": "{" + ",".join(record["issueTypes"]) + "}",
        "trackerVersion": session.start.get("trackerVersion", ""),
        "userOsVersion": agent.system_version,
        "userBrowserVersion": agent.browser_version,
        "userDeviceMemorySize": session.start.get("deviceMemory", 0),
        "userDeviceHeapSize": session.start.get("jsHeapSizeLimit", 0),
        "utmSource": None,
        "utmMedium": None,
        "utmCampaign": None,
        "referrer": None,
        "baseReferrer": None,
        "favorite": False,
        "domURL": dom,
        "devtoolsURL": devtools,
        "canvasURL": [],
        "canvasFrames": [],
        "videoURL": [],
        "mobileFrames": [],
        "live": live,
        "fileKey": None,
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
        "tenantId": 1,
        "maxSessionDuration": 7_200_000,
        "sampleRate": FULL_RATE if project.capture_all else project.rate,
        "saveRequestPayloads": False,
        "beaconSize": 1_000_000,
        "platform": "web",
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
