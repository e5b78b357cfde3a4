"""The two roles, and which of them a person has."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from access.settings import AccessSettings

_HOUR_S = 3600


class Role(StrEnum):
    """What somebody may do."""

    NOBODY = "nobody"  # must log in first
    OFFICIAL = "official"  # may ask and read
    STAFF = "staff"  # may also change publications, publish, and see what is kept


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Who uses the pages now."""

    role: Role
    name: str = ""  # for the record of what staff do; "" where nobody logs in by name


def login_holds(claims: Mapping[str, Any], *, now: float, hours: int) -> bool:
    """Whether somebody logged in so recently that their claims still count.

    The cookie of a login lives for a month; a group that somebody has left must not.

    Args:
        claims: of the identity token; `iat` is when it was issued.
        now: seconds since the epoch.
        hours: after which people log in again.
    """
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return False
    return now - issued < hours * _HOUR_S


def role_of_claims(claims: Mapping[str, Any], settings: AccessSettings) -> Role:
    """The role of somebody who logged in at the organisation's provider.

    Args:
        claims: of the identity token (OpenID Connect Core 1.0, section 2).
        settings: the name of the claim that holds the groups, and the group of the staff.
    """
    held = claims.get(settings.staff_claim)
    groups = [held] if isinstance(held, str) else held if isinstance(held, list | tuple) else []
    return Role.STAFF if settings.staff_group in groups else Role.OFFICIAL
