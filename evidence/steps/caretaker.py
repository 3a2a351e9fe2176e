"""What a running server does for itself: backups at an interval, and a look at free space.

What goes wrong stands in the log, and `waymark check` tells it, too.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from evidence.errors import Invalid, WaymarkError
from evidence.json_log import PLAIN
from evidence.settings import Settings
from evidence.store import addresses, backups
from evidence.store.installation import check as checking
from evidence.store.installation import timed_backups
from evidence.store.installation.check import Findings, free_space, too_little
from evidence.store.installation.timed_backups import Plan

LOOKS_EVERY = 60.0  # seconds
TRIES_AGAIN_AFTER = 15 * 60.0  # seconds after a backup that failed
SPACE_EVERY = 60 * 60.0  # seconds

log = logging.getLogger("waymark.caretaker")


def plan_of(settings: Settings) -> Plan | None:
    """When backups are to be made, and where to; None for never.

    Raises:
        Invalid: they cannot be made with these settings.
    """
    return timed_backups.plan_of(
        settings.backup_folder,
        settings.backup_hours,
        settings.backups_kept,
        address=settings.database,
    )


def growing(settings: Settings) -> list[Path]:
    """Folders on this machine that grow: of the database where it is a file, and of backups."""
    folders = []
    if not addresses.is_server(settings.database):
        folders.append(backups.database_file(settings.database).parent)
    if settings.backup_folder:
        folders.append(Path(settings.backup_folder))
    return folders


def check(settings: Settings) -> Findings:
    """Look through the database and, where the server makes backups, at whether they are made.

    Raises:
        WaymarkError: the database cannot be looked at.
    """
    backup_folder = Path(settings.backup_folder) if settings.backup_folder else None
    folders = [backup_folder] if backup_folder else []
    found = checking.check(settings.database, least_megabytes=settings.free_mb, folders=folders)
    if backup_folder is None or not backup_folder.is_dir():
        return found
    try:
        plan = plan_of(settings)
    except Invalid as error:
        return replace(found, faults=[*found.faults, str(error)])
    late = timed_backups.late(plan, datetime.now(UTC)) if plan else None
    return replace(found, faults=[*found.faults, late]) if late else found


class Caretaker:
    """A thread that looks every minute whether something is to be done."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._ends = Event()
        self._thread = Thread(target=self._run, name="caretaker", daemon=True)
        self._waits: dict[str, float] = {"backup": 0.0, "space": 0.0}

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Look no more; a backup that is on its way has some seconds to end."""
        self._ends.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._ends.is_set():
            self.look(datetime.now(UTC))
            self._ends.wait(LOOKS_EVERY)
            self._waits = {name: left - LOOKS_EVERY for name, left in self._waits.items()}

    def look(self, now: datetime) -> None:
        """Do what is due; nothing that goes wrong ends the thread."""
        for name, task, pause in (
            ("space", self._look_at_space, SPACE_EVERY),
            ("backup", lambda: self._back_up(now), 0.0),
        ):
            if self._waits[name] > 0:
                continue
            self._waits[name] = pause
            try:
                task()
            except WaymarkError as error:
                self._waits[name] = TRIES_AGAIN_AFTER
                told = "The server could not look after itself (%s): %s"
                log.error(told, name, error, extra=PLAIN)  # noqa: TRY400 - the sentence is enough
            except Exception:
                self._waits[name] = TRIES_AGAIN_AFTER
                log.exception("The server could not look after itself (%s)", name, extra=PLAIN)

    def _back_up(self, now: datetime) -> None:
        plan = plan_of(self.settings)
        if plan is None or not timed_backups.is_due(plan, now):
            return
        made = timed_backups.make(plan, backups.database_file(self.settings.database), now)
        told = "A backup was made: %s; removed: %d"
        log.info(told, made.file.name, len(made.removed), extra=PLAIN)

    def _look_at_space(self) -> None:
        for sentence in little_space(growing(self.settings), self.settings.free_mb):
            log.warning("%s", sentence, extra=PLAIN)


def little_space(folders: Sequence[Path], least_megabytes: int) -> list[str]:
    """Sentences on folders that have less room than they should."""
    spaces = (free_space(each) for each in folders if each.is_dir())
    return [told for each in spaces if (told := too_little(each, least_megabytes))]
