"""Every setting, from the environment, with its default.

Each is named WAYMARK_<FIELD>, for example WAYMARK_DATABASE=postgresql+psycopg://user@host/name.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from platformdirs import user_data_path

from evidence.errors import Invalid
from evidence.hosts import host_names

PACKAGE = Path(__file__).resolve().parent
INSTALLED = PACKAGE / "program"  # where a wheel has what stands beside the package in a checkout
ROOT = INSTALLED if INSTALLED.is_dir() else PACKAGE.parent


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
        hosts: names under which the pages may be asked for, with spaces or commas between; `*` for
            any, empty for this machine's own names (see evidence/hosts.py).
        public_address: where readers open what is published, such as https://maps.example; empty
            for the address at which the app itself is open.
    """

    database: str = f"sqlite:///{data_folder() / 'waymark.db'}"
    max_upload_mb: int = 200
    schemes: str = str(ROOT / "coding_schemes")
    workers: int = 0
    hosts: str = ""
    public_address: str = ""

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
        if ROOT == INSTALLED and "database" not in values:
            _make(data_folder())
        return cls(**values)  # type: ignore[arg-type]  # the loop above gives each field its type


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Invalid(
            f"The folder of the reviews, {folder}, cannot be made ({error.strerror}). "
            "Name another place for them with WAYMARK_DATABASE."
        ) from error
