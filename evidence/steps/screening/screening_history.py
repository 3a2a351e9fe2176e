"""What a report says of how a stage was screened: how it is done now, and what happened before."""

from evidence.screening import methods_text
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.store.area_versions import Area, made_from
from evidence.store.screening import pilots, stage_settings, work_states

MOST_CHANGES = 50  # the newest; more would be no text for a report


@made_from(Area.RECORDS | Area.SCREENING)
def happened(desk: Desk, stage: Stage) -> str:
    """One sentence for each pilot that is over, and for each change of settings after somebody
    had decided; "" where there was neither.
    """
    with desk.reading() as c:
        changes = list(reversed(stage_settings.history(c, desk.review_id, stage)))
        before = [StageSettings(), *(change.settings for change in changes)]
        moments = [
            change.at
            for change, former in zip(changes, before, strict=False)
            if change.settings != former
        ][-MOST_CHANGES:]
        decided = work_states.count_decided_by(c, desk.review_id, stage, moments)
        figures = [_figures(p) for p in reversed(pilots.listing(c, desk.review_id, stage))]
    dated = [(at.date(), count) for at, count in zip(moments, decided, strict=True) if count]
    sentences = (
        methods_text.pilots([pilot for pilot in figures if pilot]),
        methods_text.settings_changes(dated),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _figures(pilot: pilots.Pilot) -> tuple[int, int, bool] | None:
    """How many works, how many people, and whether all read all; None while it is under way, and
    where it was ended before anybody had decided.
    """
    counts = [reader.done for reader in pilot.readers if reader.done]
    if not pilot.over or not counts:
        return None
    return pilot.works, len(counts), all(count == pilot.works for count in counts)
