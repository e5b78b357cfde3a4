import pytest

from access.roles import Role, login_holds, role_of_claims
from access.settings import AccessSettings
from ingest.errors import SettingsInvalid

_SETTINGS = AccessSettings(staff="login", staff_claim="groups", staff_group="editors")


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"groups": ["editors", "all"]}, Role.STAFF),
        ({"groups": "editors"}, Role.STAFF),
        ({"groups": ["editors-in-training"]}, Role.OFFICIAL),
        ({"groups": "all editors"}, Role.OFFICIAL),
        ({"groups": {"editors": True}}, Role.OFFICIAL),
        ({"roles": ["editors"]}, Role.OFFICIAL),
        ({}, Role.OFFICIAL),
    ],
)
def test_staff_are_those_whose_group_the_provider_names(
    claims: dict[str, object], role: Role
) -> None:
    assert role_of_claims(claims, _SETTINGS) is role


@pytest.mark.parametrize(
    ("claims", "holds"),
    [
        ({"iat": 10_000}, True),
        ({"iat": 10_000 - 2 * 3600 + 1}, True),
        ({"iat": 10_000 - 2 * 3600}, False),
        ({"iat": "10000"}, False),
        ({"iat": True}, False),
        ({}, False),
    ],
)
def test_a_login_counts_for_some_hours(claims: dict[str, object], holds: bool) -> None:  # noqa: FBT001
    assert login_holds(claims, now=10_000, hours=2) is holds


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"staff": "everybody"}, r"\[access\] staff is \"everybody\"; use one of password"),
        ({"officials": "closed"}, r"\[access\] officials is \"closed\"; use one of open, login"),
        ({"staff": "login", "staff_group": ""}, "say who is staff; give both"),
        ({"staff_minutes": 0}, "staff_minutes must be at least 1"),
        ({"login_hours": 0}, "login_hours must be at least 1"),
    ],
)
def test_settings_that_leave_it_open_who_is_let_in_are_refused(
    settings: dict[str, object], message: str
) -> None:
    with pytest.raises(SettingsInvalid, match=message):
        AccessSettings(**settings)  # type: ignore[arg-type]  # wrong on purpose
