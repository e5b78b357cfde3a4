"""Who is let in, and how. Meanings and reasons stand in config.toml."""

import dataclasses

from ingest.errors import SettingsInvalid

_OFFICIALS = ("open", "login")
_STAFF = ("password", "login", "open", "off")


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class AccessSettings:
    """The [access] table of config.toml."""

    officials: str = "open"
    staff: str = "password"
    password_file: str = "var/access/staff.json"  # noqa: S105  # where its hash lies
    staff_claim: str = "groups"
    staff_group: str = "shared-safety-staff"
    login_hours: int = 12  # after which those who logged in at the provider do so again
    staff_minutes: int = 60  # without a click, after which staff log in again

    def __post_init__(self) -> None:
        """Refuse what would leave it open who is let in."""
        for name, allowed in (("officials", _OFFICIALS), ("staff", _STAFF)):
            value = getattr(self, name)
            if value not in allowed:
                message = (
                    f'config.toml: [access] {name} is "{value}"; use one of {", ".join(allowed)}'
                )
                raise SettingsInvalid(message)
        if self.staff == "login" and not (self.staff_claim and self.staff_group):
            message = (
                "config.toml: [access] staff_claim and staff_group say who is staff; give both"
            )
            raise SettingsInvalid(message)
        for name in ("login_hours", "staff_minutes"):
            if getattr(self, name) < 1:
                message = f"config.toml: [access] {name} must be at least 1; correct it"
                raise SettingsInvalid(message)
