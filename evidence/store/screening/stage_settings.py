"""How each stage is screened; earlier settings stay in the table."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from evidence.screening.stage_settings import Maybe, Order, Rule, StageSettings
from evidence.screening.verdicts import Stage
from evidence.store.engine import Write
from evidence.store.schema import person, stage_setting


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChange:
    """Settings of a stage, with who set them and when."""

    person: str
    at: datetime
    settings: StageSettings


def current(connection: Connection, review_id: int, stage: Stage) -> StageSettings:
    """How a stage is screened now."""
    query = (
        select(stage_setting.c.settings)
        .where(stage_setting.c.review_id == review_id, stage_setting.c.stage == stage.value)
        .order_by(stage_setting.c.id.desc())
        .limit(1)
    )
    stored = connection.execute(query).scalar_one_or_none()
    return StageSettings() if stored is None else _from_json(stored)


def history(connection: Connection, review_id: int, stage: Stage) -> list[SettingsChange]:
    """All changes of a stage's settings, newest first; empty where it was never changed."""
    query = (
        select(person.c.name, stage_setting.c.at, stage_setting.c.settings)
        .join(person, person.c.id == stage_setting.c.person_id)
        .where(stage_setting.c.review_id == review_id, stage_setting.c.stage == stage.value)
        .order_by(stage_setting.c.id.desc())
    )
    return [
        SettingsChange(person=row.name, at=row.at, settings=_from_json(row.settings))
        for row in connection.execute(query)
    ]


def change(write: Write, stage: Stage, settings: StageSettings) -> None:
    """Screen the stage with these settings from now on."""
    values = write.for_review(stage=stage.value, settings=asdict(settings), **write.by_and_at)
    write.connection.execute(insert(stage_setting).values(**values))


def _from_json(stored: dict[str, Any]) -> StageSettings:
    enums = {
        "rule": Rule(stored["rule"]),
        "maybe": Maybe(stored["maybe"]),
        "order": Order(stored["order"]),
    }
    return StageSettings(**{**stored, **enums})
