"""The JSON of sessions and projects as OpenReplay's API writes it (5.1, 5.2)."""

from typing import Any

from maskproof.openreplay.collector.agents import Agent, parse_agent
from maskproof.openreplay.collector.facts import Facts
from maskproof.openreplay.collector.model import FULL_RATE, Project, Session

Record = dict[str, Any]
GDPR = {"maskEmails": True, "sampleRate": 33, "maskNumbers": False, "defaultInputMode": "obscured"}
NOBODY = Agent("", "", "", "", "other")


def session_record(session: Session, facts: Facts) -> Record:
    """One row of the session search."""
    agent = parse_agent(session.user_agent) or NOBODY
    return {
        "sessionId": session.key,
        "projectId": session.project_id,
        "startTs": session.started_ms,
        "duration": max(facts.last_ms - session.started_ms, 0),
        "platform": "web",
        "eventsCount": facts.event_count,
        "pagesCount": facts.pages,
        "errorsCount": len(facts.errors),
        "issueTypes": sorted({str(issue["issueType"]) for issue in facts.issues}),
        "timezone": session.start.get("timezone", ""),
        "userId": facts.user_id or session.start.get("userID"),
        "userAnonymousId": facts.user_anonymous_id,
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
        "metadata": dict(facts.metadata),
    }


def replay_record(session: Session, facts: Facts, *, dom: list[str], devtools: list[str], live: bool) -> Record:
    """The answer of `replay`: the session and the addresses of its files."""
    agent = parse_agent(session.user_agent) or NOBODY
    record = session_record(session, facts)
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


def project_record(project: Project, *, recorded: bool) -> Record:
    """One row of the Python API's project list."""
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


def public_project_record(project: Project) -> Record:
    """A project as the public API writes it."""
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


def account_record(project: Project) -> Record:
    """The tenant's only user."""
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
