"""What a team says of its flow diagram; what it said before stays in the table."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from evidence.store.engine import Write
from evidence.store.results import rules_of_results
from evidence.synthesis.flow.flow_settings import USUAL, FlowSettings, Template

KIND = "flow"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSettingsChange:
    """Settings, with who chose them and when."""

    person: str
    at: datetime
    settings: FlowSettings


def current(connection: Connection, review_id: int) -> FlowSettings:
    """The settings now; the usual ones where nobody chose others."""
    newest = next(iter(history(connection, review_id)), None)
    return newest.settings if newest else USUAL


def history(connection: Connection, review_id: int) -> list[FlowSettingsChange]:
    """All changes of the settings, newest first."""
    return [
        FlowSettingsChange(person=each.person, at=each.at, settings=_from_json(each.rules))
        for each in rules_of_results.history(connection, review_id, KIND)
    ]


def change(write: Write, settings: FlowSettings) -> None:
    """Draw the diagram by these settings from now on."""
    before = current(write.connection, write.review_id)
    rules_of_results.change(write, KIND, asdict(before), asdict(settings))


def _from_json(stored: dict[str, Any]) -> FlowSettings:
    settings = FlowSettings(**stored)
    return replace(settings, template=Template(settings.template) if settings.template else None)
