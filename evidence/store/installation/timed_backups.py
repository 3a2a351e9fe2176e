"""Backups at an interval, of which so many are kept; files of other names are nobody's business."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evidence.errors import Invalid
from evidence.store import addresses, backups

FORM = "waymark-%Y-%m-%d-%H%M%S.db"
OURS = re.compile(r"waymark-\d{4}-\d\d-\d\d-\d{6}\.db")
UNFINISHED = re.compile(r"\.waymark-\d{4}-\d\d-\d\d-\d{6}\.db-\w+(-wal|-shm|-journal)?")
CUT_OFF_AFTER = 24 * 60 * 60  # seconds after which an unfinished file is nobody's work any more
SERVER = (
    "WAYMARK_BACKUP_FOLDER is for SQLite. PostgreSQL has backups of its own (pg_dump, see "
    "docs/deploy.md); leave the setting out."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where backups go, how often, and how many are kept."""

    folder: Path
    hours: int
    kept: int

    @property
    def interval(self) -> timedelta:
        """The time from one to the next."""
        return timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedBackup:
    """What was made, and what had to go for it."""

    file: Path
    removed: Sequence[Path]


def plan_of(folder: str, hours: int, kept: int, *, address: str) -> Plan | None:
    """The plan of settings; None where there is to be none.

    Raises:
        Invalid: the database is no SQLite file, or the folder cannot be used.
    """
    if not folder:
        return None
    if addresses.is_server(address):
        raise Invalid(SERVER)
    path = Path(folder)
    if not path.is_dir():
        raise Invalid(f"There is no folder {path} for backups (WAYMARK_BACKUP_FOLDER).")
    return Plan(folder=path, hours=hours, kept=kept)


def made(plan: Plan) -> list[Path]:
    """The backups that are there, the oldest first; their names tell when each was made."""
    return sorted(
        each for each in plan.folder.iterdir() if OURS.fullmatch(each.name) and each.is_file()
    )


def made_at(backup: Path) -> datetime:
    """When a backup was made, as its name tells."""
    return datetime.strptime(backup.name, FORM).replace(tzinfo=UTC)


def is_due(plan: Plan, now: datetime) -> bool:
    """Whether the newest one is as old as the interval; one from the future counts as none."""
    times = [at for each in made(plan) if (at := made_at(each)) <= now]
    return not times or now - max(times) >= plan.interval


def make(plan: Plan, database: Path, now: datetime) -> TimedBackup:
    """Make a checked backup, then remove the oldest ones of ours beyond the number that is kept.

    Raises:
        WaymarkError: it could not be made; then nothing is removed.
    """
    target = plan.folder / now.astimezone(UTC).strftime(FORM)
    backups.back_up(database, target)
    old = made(plan)[: -plan.kept]
    for each in [*old, *_cut_off(plan)]:
        each.unlink(missing_ok=True)
    return TimedBackup(file=target, removed=old)


def _cut_off(plan: Plan) -> list[Path]:
    """What a power cut left in the middle of a backup."""
    before = time.time() - CUT_OFF_AFTER
    found = (each for each in plan.folder.iterdir() if UNFINISHED.fullmatch(each.name))
    return [each for each in found if each.is_file() and each.stat().st_mtime < before]


def late(plan: Plan, now: datetime) -> str | None:
    """A sentence where the newest backup is older than two intervals, or there is none."""
    there = made(plan)
    if not there:
        return f"There is no backup in {plan.folder} yet."
    newest = made_at(there[-1])
    if now - newest <= 2 * plan.interval:
        return None
    return (
        f"The newest backup in {plan.folder} is of {newest:%Y-%m-%d %H:%M} UTC, though one is due "
        f"every {plan.hours:,} hours; the log of the server tells why."
    )
