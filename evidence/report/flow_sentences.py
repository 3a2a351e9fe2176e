"""The sentences on the way from the searches to the included studies, one for each pattern.

As in sentences.py, each is a function of counts; here of those that the flow diagram is drawn from.
"""

from collections.abc import Sequence

from evidence.report.numerals import BOTH, beginning, counted, part_done, series, was, within
from evidence.report.shares import MOST_NAMED, quoted
from evidence.report.statements import Statement
from evidence.synthesis.flow.prisma_flow import SEARCHED, Arm, Flow, SourceKind, still_open
from evidence.synthesis.source_overlap import SourceOverlap

NOTHING = Statement(text="")


def searched(flow: Flow) -> Statement:
    """What the searches gave.

    `Three databases and two other sources gave 1,204 records.`
    """
    if not flow.sources:
        return Statement(text="No search is recorded yet.")
    kinds = [source.kind for source in flow.sources]
    databases, registers = (
        kinds.count(kind) for kind in (SourceKind.DATABASE, SourceKind.REGISTER)
    )
    others = len(kinds) - databases - registers
    nouns = (
        (databases, "database"),
        (registers, "register"),
        (others, "other source" if databases or registers else "source"),
    )
    parts = [counted(number, noun) for number, noun in nouns if number]
    records = sum(source.records for source in flow.sources)
    return Statement(text=f"Searches of {series(parts)} gave {counted(records, 'record')}.")


def removed(flow: Flow) -> Statement:
    """What was removed before screening.

    `Of 1,204 records from databases and registers, 204 were removed as duplicates before
    screening.`
    """
    found = flow.identified(*flow.stream)
    reasons = [
        (number, why)
        for number, why in (
            (flow.duplicates, "as duplicates"),
            (flow.automation, "by automation tools"),
            (flow.removed_otherwise, "for other reasons"),
        )
        if number
    ]
    if not found:
        return NOTHING
    total = sum(number for number, _ in reasons)
    done = "removed before screening"
    if len(reasons) == 1:
        why = "as a duplicate" if reasons[0] == (1, "as duplicates") else reasons[0][1]
        done = f"removed {why} before screening"
    text = part_done(found, ("record", _from(flow)), total, done)
    if len(reasons) > 1:
        text += f": {series([f'{within(number)} {why}' for number, why in reasons])}"
    return Statement(text=f"{text}.")


def _from(flow: Flow) -> str:
    """Whose records are screened in the first arm; ROSES has all sources in one."""
    everything = flow.stream > SEARCHED
    return "from all sources" if everything else "from databases and registers"


def screened(flow: Flow) -> Statement:
    """What was excluded by title and abstract; and of other sources, what was not sought.

    `Of 1,000 records screened by title and abstract, 900 were excluded.`
    """
    if not flow.screened:
        return Statement(text="No record was screened by title and abstract yet.")
    which = "screened by title and abstract"
    if flow.other is None:
        text = part_done(flow.screened, ("record", which), flow.excluded, "excluded")
        return Statement(text=f"{text}.")
    verb = "was" if flow.screened == 1 else "were"
    which = f"from databases and registers that {verb} {which}"
    text = part_done(flow.screened, ("record", which), flow.excluded, "excluded")
    others = flow.identified(*set(SourceKind) - SEARCHED)
    aside = flow.other.set_aside
    if aside:
        text += ". " + part_done(others, ("record", "from other sources"), aside, "set aside")
        text += ", for repeating others or by title and abstract, before reports were sought"
    return Statement(text=f"{text}.")


def not_finished(flow: Flow) -> Statement:
    """What still waits on the way from the searches to the studies.

    `Not finished: 7 records not yet screened.`
    """
    waiting = series(still_open(flow))
    return Statement(text=f"Not finished: {waiting}." if waiting else "")


def undecided(number: int, total: int) -> Statement:
    """How many records of a stage wait for a decision.

    `Five of 82 records are not decided on yet.`
    """
    if not number:
        return NOTHING
    verb = "is" if number == 1 else "are"
    text = f"{beginning(number)} of {counted(total, 'record')} {verb} not decided on yet."
    return Statement(text=text)


def retrieved(flow: Flow) -> Statement:
    """What could not be retrieved.

    `Of 100 reports sought, four were not retrieved.`
    """
    sought = sum(arm.sought for arm in flow.arms)
    missing = sum(arm.not_retrieved for arm in flow.arms)
    if not sought:
        return NOTHING
    what = ("report", "sought in full text")
    if missing in {0, sought}:  # all were retrieved, or the one was not
        text = part_done(sought, what, sought - missing, "retrieved")
    else:
        text = part_done(sought, what, missing, "not retrieved")
    return Statement(text=f"{text}.")


def assessed(flow: Flow) -> Statement:
    """What was excluded in full text, and why.

    `Of 96 reports assessed in full text, 66 were excluded: 61 for “Wrong outcome” and …`
    """
    total = sum(arm.assessed for arm in flow.arms)
    if not total:
        return NOTHING
    reasons = _reasons(flow.arms)
    excluded = sum(reasons.values())
    text = part_done(total, ("report", "assessed in full text"), excluded, "excluded")
    if len(reasons) == 1:
        text += f", for {quoted(next(iter(reasons)))}"
    elif reasons:
        named = list(reasons.items())[:MOST_NAMED]
        parts = [f"{within(number)} for {quoted(reason)}" for reason, number in named]
        rest = excluded - sum(number for _, number in named)
        parts += [f"{within(rest)} for other reasons"] * bool(rest)
        text += f": {series(parts)}"
    return Statement(text=f"{text}.")


def reports_of_studies(flow: Flow) -> Statement:
    """How many reports and studies are included.

    `Thirty reports of 21 studies were included.`
    """
    if not flow.included_reports:
        return Statement(text="No report is included yet.")
    reports, studies = flow.included_reports, flow.included_studies
    noun = "report" if reports == 1 else "reports"
    of = f" of {within(studies)} {'study' if studies == 1 else 'studies'}" * bool(studies)
    return Statement(text=f"{beginning(reports)} {noun}{of} {was(reports)} included.")


def found_alone(overlap: SourceOverlap) -> Statement:
    """How many included works one source alone found.

    `Nineteen of 26 included works were found by one source alone: ten by “PubMed” and nine by …`
    """
    if not overlap.works:
        return NOTHING
    alone = sorted((each for each in overlap.sources if each.alone), key=lambda each: -each.alone)
    if overlap.works == 1:
        by = f"by “{alone[0].source.name}” alone" if alone else "by several sources"
        return Statement(text=f"The one included work was found {by}.")
    if not alone:
        text = f"None of the {within(overlap.works)} included works was found by one source alone."
        return Statement(text=text)
    verb = "was" if overlap.alone == 1 else "were"
    named = [f"{within(each.alone)} by “{each.source.name}”" for each in alone[:MOST_NAMED]]
    more = sum(each.alone for each in alone[MOST_NAMED:])
    named += [f"{within(more)} by others"] * bool(more)
    who = f"{beginning(overlap.alone)} of {within(overlap.works)} included works {verb}"
    if overlap.alone == overlap.works:
        everything = "Both" if overlap.works == BOTH else f"All {within(overlap.works)}"
        who = f"{everything} included works were"
    return Statement(text=f"{who} found by one source alone: {series(named)}.")


def _reasons(arms: Sequence[Arm]) -> dict[str, int]:
    """Reports excluded in all arms by reason, the most frequent first."""
    found: dict[str, int] = {}
    for arm in arms:
        for reason, number in arm.excluded:
            found[reason] = found.get(reason, 0) + number
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
