"""How a stage is screened, as sentences for the methods of a report.

A work that is screened by title and abstract is called a record here, as in PRISMA.
"""

from collections.abc import Iterable
from datetime import date

from evidence.screening.stage_settings import Maybe, Order, Rule, StageSettings
from evidence.screening.verdicts import Stage

COUNTS = ("no", "one person", "two people", "three people", "four people", "five people")
WHAT = {
    Stage.TITLE_ABSTRACT: "The title and abstract of each record",
    Stage.FULL_TEXT: "The full text of each record that was included by title and abstract",
}
RULES = {
    Rule.CONSENSUS: "Wherever they differed, the record was a conflict, which was resolved by "
    "discussion or by a third person.",
    Rule.MAJORITY: "What more than half of them said counted; without a majority the record was a "
    "conflict, which was resolved by discussion or by a third person.",
    Rule.SAFETY_FIRST: "One include was enough to include a record; other differences were "
    "conflicts, which were resolved by discussion or by a third person.",
}
MAYBES = {
    Maybe.OTHERS: "A “maybe” left the record to the other verdicts.",
    Maybe.INCLUDE: "A “maybe” counted as an include.",
    Maybe.CONFLICT: "A “maybe” counted as differing from every other verdict.",
}
ORDERS = {
    Order.IMPORTED: "Records were read in the order of their import.",
    Order.PRIORITY: "Records that were likely relevant, as learnt from the decisions so far, came "
    "first{chance}.",
    Order.SECOND: "Records that were likely relevant, as a second model learnt from the decisions "
    "so far, came first{chance}.",
}


def methods(stage: Stage, settings: StageSettings) -> str:
    """What a report says of how the stage was screened."""
    several = settings.voices > 1 and settings.share > 0
    parts = [_people(stage, settings)]
    if several:
        parts.append(RULES[settings.rule])
    parts.append(MAYBES[settings.maybe] if several else "A “maybe” was decided later.")
    chance = f"; {settings.chance:.0%} of the records were drawn at random" * bool(settings.chance)
    parts.append(ORDERS[settings.order].format(chance=chance))
    if not settings.pulls:
        parts.append("Each person read the records that were assigned to them.")
    return " ".join(parts)


def pilots(held: Iterable[tuple[int, int, bool]]) -> str:
    """What a report says of pilots: of each, how many records, how many people, and whether
    everybody read all of them.
    """
    sentences = []
    for works, people, whole in held:
        records = "1 record was" if works == 1 else f"{works:,} records were"
        read = "one person" if people == 1 else f"{people:,} people"
        some = "" if whole else ", though not all of them by everybody"
        sentences.append(f"In a pilot, {records} read by {read}{some}.")
    return " ".join(sentences)


def settings_changes(changes: Iterable[tuple[date, int]]) -> str:
    """What a report says of other settings in the middle: of each change, its day, and on how many
    records somebody had decided by then.
    """
    sentences = []
    for day, decided in changes:
        records = "1 record" if decided == 1 else f"{decided:,} records"
        sentences.append(
            f"How this stage was screened was changed on {day:%Y-%m-%d} (UTC), when decisions on "
            f"{records} had been made."
        )
    return " ".join(sentences)


def _people(stage: Stage, settings: StageSettings) -> str:
    many = COUNTS[settings.voices]
    blind = "who did not know each other's decisions"
    if settings.voices == 1 or not settings.share:
        return f"{WHAT[stage]} was read by one person."
    if settings.share >= 1:
        return f"{WHAT[stage]} was read by {many}, {blind}."
    return (
        f"{WHAT[stage]} was read by one person, and a random {settings.share:.0%} of them by "
        f"{many}, {blind}."
    )
