"""How a stage is screened, as a sentence for the methods of a report."""

from evidence.screening.team import Maybe, Order, Rule, StageSettings
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
