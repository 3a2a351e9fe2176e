"""Which flow diagram a review has, and the numbers in it that only people know."""

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.results.seen_settings import require_seen
from evidence.store import Role
from evidence.store.area_versions import Area
from evidence.store.results import flow_settings
from evidence.store.results.flow_settings import FlowSettingsChange
from evidence.synthesis.flow.flow_settings import FlowSettings, impossible

LONGEST_VERSION = 1000  # characters
AREAS = Area.RESULTS


def current(desk: Desk) -> FlowSettings:
    """The settings now."""
    with desk.reading() as c:
        return flow_settings.current(c, desk.review_id)


def history(desk: Desk) -> list[FlowSettingsChange]:
    """All changes of the settings, newest first."""
    with desk.reading() as c:
        return flow_settings.history(c, desk.review_id)


def change(desk: Desk, settings: FlowSettings, before: FlowSettings) -> None:
    """Draw the diagram by these settings from now on.

    Args:
        desk: of an editor.
        settings: the new ones.
        before: those that the person saw when they chose.

    Raises:
        Invalid: somebody else changed them meanwhile, or they cannot be.
    """
    faults = list(impossible(settings))
    if len(settings.previous_version) > LONGEST_VERSION:
        faults.append(f"The earlier version can have up to {LONGEST_VERSION:,} letters.")
    if faults:
        raise Invalid(" ".join(faults))
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        now = flow_settings.current(w.connection, desk.review_id)
        require_seen(now, before, "the settings")
        if settings != now:
            flow_settings.change(w, settings)
