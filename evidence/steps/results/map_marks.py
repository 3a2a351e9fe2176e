"""Messages of the map: which cells somebody marked as not applicable, or no longer.

Each is accepted or refused by itself, and taken once, however often its page sends it. Nothing in
the messages is trusted.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from evidence.coding.scheme_acts import UNREADABLE
from evidence.errors import Invalid, Unavailable, WaymarkError
from evidence.steps.coding.desk_messages import MOST_AT_ONCE, TOO_MANY, Outcome
from evidence.steps.coding.sent_fields import check_id, id_of
from evidence.steps.desk import Desk
from evidence.steps.results import map_settings
from evidence.synthesis.map_settings import MapCell

PLACES = ("rows", "row", "columns", "column")


def apply(desk: Desk, messages: Sequence[Mapping[str, Any]]) -> Outcome:
    """Mark the cells, in their order; who may not is refused in words."""
    outcome = Outcome()
    outcome.refused.update((id_of(left), TOO_MANY) for left in messages[MOST_AT_ONCE:])
    for message in messages[:MOST_AT_ONCE]:
        try:
            _mark(desk, message)
        except Unavailable as error:  # no fault of the messages, which are sent again
            outcome.trouble = str(error)
            break
        except WaymarkError as error:
            outcome.refused[id_of(message)] = str(error)
        else:
            outcome.accepted.append(id_of(message))
    return outcome


def _mark(desk: Desk, message: Mapping[str, Any]) -> None:
    check_id(message)
    place = [message.get(name) for name in PLACES]
    is_marked = message.get("not_applicable")
    if not isinstance(is_marked, bool) or not all(isinstance(each, str) for each in place):
        raise Invalid(UNREADABLE)
    cell = MapCell.where(*map(str, place))
    map_settings.mark_cell(desk, cell, not_applicable=is_marked, client_id=id_of(message))
