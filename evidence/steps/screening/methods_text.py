"""What a report says of how a stage was screened: how it is done now, and what happened before."""

from evidence.screening import methods_text
from evidence.screening.team import StageSettings
from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.store.screening import consensus, pilots, stage_settings

MOST_CHANGES = 50  # the newest; more would be no text for a report


def happened(desk: Desk, stage: Stage) -> str:
    """One sentence for each pilot that is over, and for each change of settings after
    somebody had decided; "" where there was neither.
    """
    with desk.reading() as c:
        past = list(reversed(stage_settings.history(c, desk.review_id, stage)))
        before = [StageSettings(), *(one.settings for one in past)]
        other = [one.at for one, was in zip(past, before, strict=False) if one.settings != was]
        other = other[-MOST_CHANGES:]
        decided = consensus.count_decided_by(c, desk.review_id, stage, other)
        held = [_held(one) for one in reversed(pilots.listing(c, desk.review_id, stage))]
    made = [(at.date(), many) for at, many in zip(other, decided, strict=True) if many]
    over = [one for one in held if one]
    return " ".join(
        text for text in (methods_text.pilots(over), methods_text.settings_changes(made)) if text
    )


def _held(one: pilots.Pilot) -> tuple[int, int, bool] | None:
    """How many works, how many people, and whether all read all; None while it is under way, and
    where it was ended before anybody had decided.
    """
    done = [reader.done for reader in one.readers if reader.done]
    if not one.over or not done:
        return None
    return one.works, len(done), all(many == one.works for many in done)
