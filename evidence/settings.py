"""Every setting, from the environment, with its default.

Each is named WAYMARK_<FIELD>, for example WAYMARK_DATABASE=postgresql+psycopg://user@host/name.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from platformdirs import user_data_path

from evidence.errors import Invalid
from evidence.hosts import host_names

PACKAGE = Path(__file__).resolve().parent
INSTALLED = PACKAGE / "program"  # where a wheel has what stands beside the package in a checkout
MOST_SESSION_DAYS = 365
ROOT = INSTALLED if INSTALLED.is_dir() else PACKAGE.parent


class SignIn(StrEnum):
    """How people say who they are."""

    OWN_MACHINE = "own-machine"  # by a name, without proof: for the machine that it runs on
    OIDC = "oidc"  # at a provider, by Streamlit's st.login
    PROXY = "proxy"  # at a proxy in front, which tells in a header
    INVITATION = "invitation"  # at Waymark itself, with a password or a passkey


class LogForm(StrEnum):
    """How the log is written."""

    TEXT = "text"  # lines for people, with what errors say
    JSON = "json"  # JSON lines for programs, without content of reviews


class StoreTimes(StrEnum):
    """Whether it is kept how long people had a work on the screen."""

    YES = "yes"
    NO = "no"


class Metrics(StrEnum):
    """Whether Streamlit's figures of itself can be read."""

    CLOSED = "closed"
    OPEN = "open"


def data_folder() -> Path:
    """The folder of the database where no setting names one.

    A checkout keeps it in its own folder; an installed program among the person's data, where it
    stays when another version is installed.
    """
    return user_data_path("waymark", appauthor=False) if ROOT == INSTALLED else ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this installation runs.

    Attributes:
        database: an SQLAlchemy address of a SQLite file or a PostgreSQL database.
        max_upload_mb: the largest file that can be imported, in megabytes.
        schemes: the folder of coding schemes that are offered.
        workers: processes for heavy work; 0 means one per core.
        cluster: address of the scheduler of a Dask cluster that does the work in the background;
            empty for processes of this machine.
        hosts: names under which the pages may be asked for, with spaces or commas between; `*` for
            any, empty for this machine's own names (see evidence/hosts.py).
        sign_in: how people say who they are; anything but own-machine makes reviews private.
        admits: who gets an account without an invitation, for oidc and proxy: `invited` for nobody,
            `everybody`, or domains of e-mail addresses with commas between.
        session_days: after how many days people must sign in again.
        proxy_addresses: of the machines whose header is believed, with commas between.
        proxy_header: in which a proxy tells who somebody is, for good.
        proxy_name_header: in which it tells their name; empty for none.
        proxy_email_header: in which it tells their e-mail address; empty for none.
        public_address: where readers open what is published, such as https://maps.example; empty
            for the address at which the app itself is open.
        backup_folder: where backups of a SQLite file are made by the server itself; empty for none.
        backup_hours: how many hours lie between two of them.
        backups_kept: how many of them are kept.
        log: `text`, or `json` for lines without content of reviews.
        metrics: `open` where Streamlit's figures of itself (memory, sessions) may be read.
        most_sessions: in so many browsers somebody is signed in at once; with one more the oldest
            ends. This and the next bounds hold where people sign in; 0 is no bound.
        most_reviews: so many reviews somebody may own.
        most_uploads: so many files that somebody read in and did not import are kept.
        full_texts_mb: so much room the full texts of a review may take, in megabytes.
        store_times: `no` where it is not kept how many seconds a work was on somebody's screen.
        free_mb: less room than this in a folder that grows is told, in megabytes.
    """

    database: str = f"sqlite:///{data_folder() / 'waymark.db'}"
    max_upload_mb: int = 200
    schemes: str = str(ROOT / "coding_schemes")
    workers: int = 0
    cluster: str = ""
    hosts: str = ""
    public_address: str = ""
    sign_in: str = SignIn.OWN_MACHINE.value
    admits: str = "invited"
    session_days: int = 30
    proxy_addresses: str = "127.0.0.1,::1"
    proxy_header: str = "X-Forwarded-User"
    proxy_name_header: str = ""
    proxy_email_header: str = ""
    backup_folder: str = ""
    backup_hours: int = 24
    backups_kept: int = 7
    free_mb: int = 1000
    store_times: str = StoreTimes.YES.value
    most_sessions: int = 20
    most_reviews: int = 100
    most_uploads: int = 200
    full_texts_mb: int = 20_000
    log: str = LogForm.TEXT.value
    metrics: str = Metrics.CLOSED.value

    @property
    def is_private(self) -> bool:
        """Whether people sign in, so that reviews are for their teams only."""
        return self.sign_in != SignIn.OWN_MACHINE

    @property
    def session_lasts(self) -> timedelta:
        """After what time people must sign in again."""
        return timedelta(days=self.session_days)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; raises Invalid when a number or a host is none."""
        values: dict[str, str | int] = {}
        for field in fields(cls):
            name = f"WAYMARK_{field.name.upper()}"
            if name not in environment:
                continue
            value = environment[name]
            if field.type is int and not value.isdecimal():
                raise Invalid(f"{name} must be a whole number, not {value!r}.")
            values[field.name] = int(value) if field.type is int else value
        host_names(str(values.get("hosts", "")))
        _check_sign_in(values)
        _check_choices(values)
        for name in ("backup_hours", "backups_kept"):
            if values.get(name) == 0:
                raise Invalid(f"WAYMARK_{name.upper()} must be 1 at least.")
        if ROOT == INSTALLED and "database" not in values:
            _make(data_folder())
        return cls(**values)  # type: ignore[arg-type]  # the loop above gives each field its type


def keeps_times(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether it is kept how many seconds a work was on somebody's screen; asked at every decision.

    Anything but yes keeps none: what was typed wrong must not store what somebody forbade.
    """
    return environment.get("WAYMARK_STORE_TIMES", StoreTimes.YES) == StoreTimes.YES


def _check_choices(values: Mapping[str, str | int]) -> None:
    for name, choices in (("log", LogForm), ("metrics", Metrics), ("store_times", StoreTimes)):
        allowed = [each.value for each in choices]
        if values.get(name, allowed[0]) not in allowed:
            raise Invalid(
                f"WAYMARK_{name.upper()} must be {' or '.join(allowed)}, not {values[name]!r}."
            )


def _check_sign_in(values: Mapping[str, str | int]) -> None:
    ways = [way.value for way in SignIn]
    if values.get("sign_in", SignIn.OWN_MACHINE.value) not in ways:
        raise Invalid(
            f"WAYMARK_SIGN_IN must be one of {', '.join(ways)}, not {values['sign_in']!r}."
        )
    if not 1 <= int(values.get("session_days", 1)) <= MOST_SESSION_DAYS:
        raise Invalid(f"WAYMARK_SESSION_DAYS must be from 1 to {MOST_SESSION_DAYS}.")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Invalid(
            f"The folder of the reviews, {folder}, cannot be made ({error.strerror}). "
            "Name another place for them with WAYMARK_DATABASE."
        ) from error
