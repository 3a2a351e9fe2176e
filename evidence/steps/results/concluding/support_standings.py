"""How the things stand on which statements rest."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from evidence.coding.scheme import Axis, Purpose
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import claims
from evidence.steps.practice.claims import ClaimLine
from evidence.steps.results import directions, schemes_of_map
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.schemes_of_map import UnheardByScheme
from evidence.store.coding import studies
from evidence.store.results import (
    certainty,
    conclusions,
    review_findings,
    study_marks,
    themes,
)
from evidence.store.results.certainty import CertaintyChange
from evidence.store.results.conclusions import ConclusionChange
from evidence.store.results.practice_pieces import NO_PRACTICE, practice_pieces
from evidence.store.results.review_findings import FindingChange
from evidence.synthesis.certainty.cerqual import confidence_of
from evidence.synthesis.certainty.grade import certainty_of
from evidence.synthesis.certainty.outcome_rows import SummaryKey
from evidence.synthesis.claims.claim import VERDICT_WORDS
from evidence.synthesis.conclusions.conclusion import Support, SupportKind
from evidence.synthesis.conclusions.flags import (
    NOT_JUDGED,
    Aspect,
    Standing,
    stands,
    studies_behind,
)
from evidence.synthesis.conclusions.studies_mark import studies_mark
from evidence.synthesis.direction_groups import own_columns
from evidence.synthesis.themes.theme_tree import ThemeTree
from evidence.synthesis.whole_crosstab import WholeCrosstab, whole_crosstab

SHORT = 90  # characters of a statement by which it is named
OF_CODES = frozenset({SupportKind.OUTCOME, SupportKind.CELL})


def everything(desk: Desk) -> UnheardByScheme:
    """Nothing is hidden: by this marks are the same, whoever looks; never to be shown as it is."""
    return tuple((taken.id, ()) for taken in schemes.of_map(desk))


def unheard(desk: Desk) -> frozenset[int]:
    """Studies of which the person at the desk may not hear yet what others say."""
    return frozenset(study for _, some in schemes_of_map.unheard(desk) for study in some)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """All that standings are told from, of one moment.

    Attributes:
        found: the coded studies; None where no outcome or cell is asked for, or no scheme is there.
        studies: those that are asked for, by id.
        included: ids of the studies of which a report still is.
        coded, appraised: when each study was so last.
    """

    found: DirectionStudies | None
    studies: Mapping[int, Standing]
    included: Collection[int]
    coded: Mapping[int, str]
    appraised: Mapping[int, str]
    judged: Mapping[SummaryKey, CertaintyChange]
    findings: Mapping[str, FindingChange]
    labels: Mapping[int, str]
    tree: ThemeTree
    themed_at: Mapping[str, datetime]
    claims: Mapping[str, ClaimLine]


def standings(desk: Desk, wanted: Collection[Support]) -> dict[Support, Standing]:
    """How each of these things stands now; what is gone has no entry.

    Statements rest on others; those below the wanted ones are told, too.

    Args:
        desk: of the person who asks; what they may not hear is told all the same, so that marks are
            the same for everybody.
        wanted: what is asked for.
    """
    statements = _statements_now(desk, wanted)
    everywhere = {*wanted, *_below(wanted, statements.now)}
    known = _known(desk, everywhere)
    found = {
        support: standing
        for support in everywhere
        if support.kind is not SupportKind.STATEMENT
        and (standing := _standing(support, known)) is not None
    }
    return found | dict(_statements(everywhere, found, statements))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statements:
    """The statements of a review by uid, with when each got its words."""

    now: Mapping[str, ConclusionChange]
    said_at: Mapping[str, datetime]


def _statements_now(desk: Desk, wanted: Iterable[Support]) -> _Statements:
    """All, where any is asked for."""
    if not any(each.kind is SupportKind.STATEMENT for each in wanted):
        return _Statements(now={}, said_at={})
    with desk.reading() as c:
        return _Statements(
            now=conclusions.current(c, desk.review_id),
            said_at=conclusions.said_at(c, desk.review_id),
        )


def _below(wanted: Iterable[Support], now: Mapping[str, ConclusionChange]) -> set[Support]:
    """Everything on which statements among these rest, down to the last."""
    found: set[Support] = set()
    ahead = [each for each in wanted if each.kind is SupportKind.STATEMENT]
    while ahead:
        change = now.get(ahead.pop().ids[0])
        if change is None:
            continue
        new = set(change.conclusion.supports) - found
        found |= new
        ahead += [each for each in new if each.kind is SupportKind.STATEMENT]
    return found


def _known(desk: Desk, wanted: Collection[Support]) -> _Known:
    found = None
    if any(each.kind in OF_CODES for each in wanted):
        found = directions.of_complete_codings(desk, everything(desk))
    taken = schemes.of_studies(desk)
    codings = [t.id for t in taken if t.scheme.purpose is Purpose.CODING]
    appraisals = [t.id for t in taken if t.scheme.purpose is Purpose.APPRAISAL]
    services = {t.id: t.scheme for t in schemes.of_services(desk)}
    has_claims = any(each.kind is SupportKind.CLAIM for each in wanted)
    register = claims.register(desk) if has_claims else ()
    ids = {int(s.ids[0]) for s in wanted if s.kind is SupportKind.STUDY and _is_id(s.ids[0])}
    with desk.reading() as c:
        coded = study_marks.coded_at(c, desk.review_id, codings)
        appraised = study_marks.coded_at(c, desk.review_id, appraisals)
        stand = study_marks.standings(c, desk.review_id, ids, coded=coded, appraised=appraised)
        themed = themes.acts(c, desk.review_id)
        pieces = themes.candidates(c, desk.review_id, codings) if themed else {}
        practice = practice_pieces(c, desk.review_id, services) if themed else NO_PRACTICE
        return _Known(
            found=found,
            studies=stand,
            included=studies.included_ids(c, desk.review_id),
            coded=coded,
            appraised=appraised,
            judged=certainty.current(c, desk.review_id),
            findings=review_findings.current(c, desk.review_id),
            labels=studies.labels(c, desk.review_id),
            tree=themes.tree_of(themed, pieces, practice),
            themed_at={state.theme.uid: act.at for act in themed for state in act.themes},
            claims={line.claim.uid: line for line in register},
        )


def _standing(support: Support, known: _Known) -> Standing | None:
    tell = _TOLD_BY.get(support.kind)
    return tell(support, known) if tell else None


def study_of(support: Support) -> int | None:
    """The id of the study that a support is; None where it is something else."""
    is_study = support.kind is SupportKind.STUDY and _is_id(support.ids[0])
    return int(support.ids[0]) if is_study else None


def _study(support: Support, known: _Known) -> Standing | None:
    number = study_of(support)
    return None if number is None else known.studies.get(number)


def _practice(support: Support, _known: _Known) -> Standing | None:
    return Standing(label=support.ids[0], marks={})


def _claim(support: Support, known: _Known) -> Standing | None:
    line = known.claims.get(support.ids[0])
    if line is None:
        return None
    verdict = line.judgement.verdict
    return Standing(
        label=f"{named(line.claim.text)} ({VERDICT_WORDS[verdict].lower()})",
        marks={Aspect.WORDS: line.words_digest, Aspect.VERDICT: verdict.value},
    )


def _outcome(support: Support, known: _Known) -> Standing | None:
    contrast, intervention, outcome = support.ids
    label = outcome_label(known.found, support)
    if known.found is None or label is None:
        return None
    interventions, outcomes = known.found.axis(Axis.INTERVENTION), known.found.axis(Axis.OUTCOME)
    if interventions is None or outcomes is None:
        return None
    above = next(h.covers for h in interventions.headings if h.id == intervention)
    own = next(h.covers for h in own_columns(outcomes).headings if h.id == outcome)
    behind = [
        study.id
        for study in known.found.studies
        if any(
            finding.contrast == contrast
            and finding.intervention in above
            and finding.outcome in own
            for finding in study.findings
        )
    ]
    key = SummaryKey(contrast=contrast, intervention=intervention, outcome=outcome)
    change = known.judged.get(key)
    level = certainty_of(change.judgement) if change else None
    standing = _of_studies(label, behind, known)
    judged = {
        Aspect.CERTAINTY: level or NOT_JUDGED,
        Aspect.JUDGEMENT: change.at.isoformat() if change else "",
    }
    return replace(standing, certainty=level, marks={**standing.marks, **judged})


def outcome_label(found: DirectionStudies | None, support: Support) -> str | None:
    """Contrast, intervention and outcome in words; None where the scheme has not all of them."""
    if found is None:
        return None
    axes = (Axis.CONTRAST, Axis.INTERVENTION, Axis.OUTCOME)
    told = []
    for axis, code in zip(axes, support.ids, strict=True):
        dimension = found.axis(axis)
        labels = dimension.labels() if dimension else {}
        if axis is Axis.CONTRAST:
            labels = directions.contrast_labels(found)
        if code not in labels:
            return None
        told.append(labels[code])
    contrast, intervention, outcome = told
    return f"{outcome}: {intervention} ({contrast.lower()})"


def _cell(support: Support, known: _Known) -> Standing | None:
    rows, row, columns, column = support.ids
    found = known.found
    crosstab = cells_of(found, rows, columns) if found else None
    if crosstab is None:
        return None
    row_labels, column_labels = crosstab.rows.labels(), crosstab.columns.labels()
    if row not in row_labels or column not in column_labels:
        return None
    label = f"Cell {row_labels[row]} × {column_labels[column]}"
    return _of_studies(label, sorted(crosstab.studies(row, column)), known)


def cells_of(found: DirectionStudies, rows: str, columns: str) -> WholeCrosstab | None:
    """The studies by two questions, as on the map; None where a question is gone.

    Args:
        found: the coded studies.
        rows: id of a dimension.
        columns: id of another one.
    """
    first, second = found.dimension(rows), found.dimension(columns)
    return whole_crosstab(found.studies, first, second) if first and second else None


def _finding(support: Support, known: _Known) -> Standing | None:
    change = known.findings.get(support.ids[0])
    if change is None:
        return None
    level = confidence_of(change.finding)
    behind = [study for study in change.finding.study_ids if study in known.included]
    standing = _of_studies(named(change.finding.statement), behind, known)
    marks = {Aspect.CERTAINTY: level or NOT_JUDGED, Aspect.WORDS: change.at.isoformat()}
    return replace(standing, certainty=level, marks={**standing.marks, **marks})


def _theme(support: Support, known: _Known) -> Standing | None:
    theme = known.tree.theme(support.ids[0])
    if theme is None:
        return None
    standing = _of_studies(f"Theme {named(theme.name)}", known.tree.studies(theme.uid), known)
    marks = {
        Aspect.WORDS: known.themed_at[theme.uid].isoformat(),
        Aspect.SERVICES: f"{len(known.tree.services(theme.uid)):,}",
    }
    return replace(standing, marks={**standing.marks, **marks})


def _of_studies(label: str, behind: Collection[int], known: _Known) -> Standing:
    """What stands on several studies: which these are, and when one of them changed last."""
    dated = {
        aspect: {known.labels[study]: at[study] for study in behind if study in at}
        for aspect, at in ((Aspect.CODING, known.coded), (Aspect.APPRAISAL, known.appraised))
    }
    return Standing(
        label=label,
        studies=tuple(behind),
        marks={
            Aspect.STUDIES: studies_mark(behind),
            **{aspect: max(times.values(), default="") for aspect, times in dated.items()},
        },
        dated=dated,
        names=known.labels,
    )


def _statements(
    wanted: Collection[Support], found: Mapping[Support, Standing], statements: _Statements
) -> Iterator[tuple[Support, Standing]]:
    """The statements among what is wanted; each has the studies of all below it."""
    now = statements.now
    for support in wanted:
        change = now.get(support.ids[0]) if support.kind is SupportKind.STATEMENT else None
        if change is None:
            continue
        below = _below([support], now)
        whole = replace(change.conclusion, supports=tuple(below))
        said_at = statements.said_at[change.conclusion.uid]
        yield (
            support,
            Standing(
                label=named(change.conclusion.text),
                marks={Aspect.WORDS: said_at.isoformat()},
                studies=studies_behind(whole, found),
                is_supported=any(stands(found.get(each)) for each in below),
            ),
        )


def named(text: str) -> str:
    """A statement in a line, in quotation marks."""
    return f"“{text[: SHORT - 1]}…”" if len(text) > SHORT else f"“{text}”"


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len(str(2**63))


_TOLD_BY: Mapping[SupportKind, Callable[[Support, _Known], Standing | None]] = {
    SupportKind.STUDY: _study,
    SupportKind.OUTCOME: _outcome,
    SupportKind.CELL: _cell,
    SupportKind.FINDING: _finding,
    SupportKind.THEME: _theme,
    SupportKind.PRACTICE: _practice,
    SupportKind.CLAIM: _claim,
}
