"""The tables of what the studies found."""

from collections.abc import Iterable, Mapping, Sequence

from evidence.report.finding_results import FindingChoice, FindingResults
from evidence.report.live_content import ReportRow, ReportTable
from evidence.report.map_gaps import MapGaps
from evidence.report.numerals import within_a_sentence
from evidence.report.statements import StudyGroup
from evidence.synthesis.appraisal.judgements import JudgementTable, domain_shares
from evidence.synthesis.certainty.cerqual import (
    ReviewFinding,
    confidence_words,
    named_studies,
    why_of,
)
from evidence.synthesis.certainty.whole_summary import SummaryPart
from evidence.synthesis.counts.code_matrix import CodeMatrix
from evidence.synthesis.direction_rules import DirectionRules
from evidence.synthesis.direction_words import DirectionWord
from evidence.synthesis.map_cells import CellKind
from evidence.synthesis.map_view import NONE_OF_THESE
from evidence.synthesis.pooling.forest import Forest
from evidence.synthesis.pooling.measures import effect_text
from evidence.synthesis.pooling.results import Limits
from evidence.synthesis.whole_crosstab import WholeCrosstab
from evidence.synthesis.within_study import EffectDirection

NOT_THERE = "–"
_COLUMNS = (
    EffectDirection.FAVOURABLE,
    EffectDirection.UNFAVOURABLE,
    EffectDirection.NO_CHANGE,
    EffectDirection.CONFLICTING,
    EffectDirection.NOT_STATED,
)


def directions(
    words: Sequence[DirectionWord],
    interventions: Mapping[str, str],
    outcomes: Mapping[str, str],
    contrast: str,
    rules: DirectionRules,
) -> ReportTable:
    """Each intervention and outcome in a word; directions that no study has get no column."""
    shown = [each for each in _COLUMNS if any(word.studies.get(each) for word in words)]
    return ReportTable(
        caption=f"Directions of effects: {within_a_sentence(contrast)}",
        head=(
            "Intervention",
            "Outcome",
            "In a word",
            "Studies",
            *(each.capitalize() for each in shown),
            "Favourable of clear (95% interval)",
        ),
        rows=tuple(
            ReportRow(
                cells=(
                    interventions.get(word.intervention, word.intervention),
                    outcomes.get(word.outcome, word.outcome),
                    word.text.capitalize(),
                    f"{word.total:,}",
                    *(f"{len(word.studies.get(each, ())):,}" for each in shown),
                    _share(word),
                ),
                studies=tuple(study for ids in word.studies.values() for study in ids),
            )
            for word in words
        ),
        note=f"{rules.of_words} An intervention counts what lies below it, too.",
        numbers=frozenset(range(3, 4 + len(shown))),
    )


def pooled(results: FindingResults, contrast: str, label: str) -> ReportTable:
    """The pooled effect on each outcome of which findings have numbers.

    Args:
        results: of the review.
        contrast: its id.
        label: of the contrast.
    """
    rows = []
    for intervention, outcome in results.poolable(contrast):
        found = results.pooled(
            FindingChoice(contrast=contrast, intervention=intervention, outcome=outcome)
        )
        named = (results.interventions[intervention], results.outcomes[outcome])
        if found.forest is None:
            cells = (*named, NOT_THERE, found.why_not, *[NOT_THERE] * 3)
            rows.append(ReportRow(cells=cells))
        else:
            cells = (*named, *_effect(found.forest))
            rows.append(ReportRow(cells=cells, studies=found.forest.study_ids))
    return ReportTable(
        caption=f"Pooled effects: {within_a_sentence(label)}",
        head=(
            "Intervention",
            "Outcome",
            "Studies",
            "Effect (95% interval)",
            "tau²",
            "I²",
            "Prediction interval",
        ),
        rows=tuple(rows),
        note="Random effects (REML), with the interval of Knapp and Hartung from 3 studies on; "
        "where one study alone has numbers, nothing is pooled. I² is by the estimator of tau².",
        numbers=frozenset({2, 4, 5}),
    )


def summary_of_findings(parts: Sequence[SummaryPart], notes: Sequence[str]) -> ReportTable:
    """What studies say of each outcome, and how certain people are of it."""
    several = len(parts) > 1
    rows = [
        ReportRow(
            cells=(
                *((_about(part),) * several),
                row.outcome,
                f"{row.word.total:,}",
                row.people_words,
                row.directions,
                " ".join(row.effect_words),
                row.certainty_words,
                "; ".join(row.why) or NOT_THERE,
            ),
            studies=tuple(study for ids in row.word.studies.values() for study in ids),
        )
        for part in parts
        for row in part.rows
    ]
    head = ("Outcome", "Studies", "People", "Directions", "Effect", "Certainty", "Why")
    about = "" if several or not parts else f": {_about(parts[0])}"
    return ReportTable(
        caption=f"Summary of findings{about}",
        head=(*(("Intervention",) * several), *head),
        rows=tuple(rows),
        note=" ".join(notes),
        numbers=frozenset({1 + several}),
    )


def _about(part: SummaryPart) -> str:
    return f"{part.intervention} ({within_a_sentence(part.contrast)})"


def review_findings(findings: Iterable[ReviewFinding], labels: Mapping[int, str]) -> ReportTable:
    """What was found of views and process, and how far people rely on it."""
    return ReportTable(
        caption="Findings of views and process studies",
        head=("Finding", "Studies", "Confidence", "Why"),
        rows=tuple(
            ReportRow(
                cells=(
                    finding.statement,
                    named_studies(finding, labels) or NOT_THERE,
                    confidence_words(finding),
                    " ".join(why_of(finding)) or NOT_THERE,
                ),
                studies=tuple(study for study in finding.study_ids if study in labels),
            )
            for finding in findings
        ),
        note="Confidence by GRADE-CERQual.",
    )


def judgements(table: JudgementTable) -> ReportTable:
    """How often each judgement was made, domain by domain; all shares have one base."""
    rows = tuple(
        ReportRow(
            cells=(
                each.domain.name,
                "; ".join(f"{s.words} {s.number:,} ({s.share:.0%})" for s in each.shares),
            )
        )
        for each in (domain_shares(table) if table.rows else ())
    )
    note = f"Shares are of {table.unit.counted(len(table.rows))}. {' '.join(table.notes)}"
    return ReportTable(
        caption=f"Judgements with “{table.title}”",
        head=("Domain", "Judged"),
        rows=rows,
        note=note.strip(),
    )


def codes(matrix: CodeMatrix, group: StudyGroup) -> ReportTable:
    """Codes by the questions that are asked of them."""
    rows = tuple(
        ReportRow(
            cells=(
                "\u2003" * heading.depth + heading.label,
                *(f"{matrix.of_heading(heading.id, at):,}" for at in range(len(matrix.questions))),
            ),
            studies=tuple(s.id for s in matrix.studies if (s.id, heading.id) in matrix.carried),
        )
        for heading in matrix.headings
    )
    return ReportTable(
        caption=f"Codes of “{'”, “'.join(matrix.questions)}”",
        head=("Code", *matrix.questions),
        rows=rows,
        note=f"Numbers are of {group.total:,} {group.named(group.total)}.",
        numbers=frozenset(range(1, 1 + len(matrix.questions))),
    )


def crosstab(tab: WholeCrosstab) -> ReportTable:
    """Studies by two questions, with totals; what has no study gets no row and no column."""
    rows = [*((h.id, h.label) for h in tab.rows.headings), (NONE_OF_THESE, "Not coded")]
    columns = [*((h.id, h.label) for h in tab.columns.headings), (NONE_OF_THESE, "Not coded")]
    rows = [each for each in rows if tab.studies(row=each[0])]
    columns = [each for each in columns if tab.studies(column=each[0])]
    lines = [
        ReportRow(
            cells=(
                label,
                *(f"{len(tab.studies(row, column)):,}" for column, _ in columns),
                f"{len(tab.studies(row)):,}",
            ),
            studies=tuple(sorted(tab.studies(row))),
        )
        for row, label in rows
    ]
    return ReportTable(
        caption=f"Studies by “{tab.rows.title}” and “{tab.columns.title}”",
        head=(tab.rows.title, *(label for _, label in columns), "All"),
        rows=tuple(lines),
        note=f"Of {len(tab.studies()):,} studies; one with several codes stands in several cells.",
        numbers=frozenset(range(1, 2 + len(columns))),
    )


def synthesis_gaps(gaps: MapGaps) -> ReportTable:
    """The cells in which a review is missed."""
    until = f"for searches to {gaps.searched_to}" if gaps.searched_to else "the last search is not "
    until += "recorded" * (not gaps.searched_to)
    return ReportTable(
        caption=f"Synthesis gaps ({until})",
        head=(gaps.rows, gaps.columns, "Studies"),
        rows=tuple(
            ReportRow(
                cells=(cell.row, cell.column, f"{len(cell.studies):,}"),
                studies=tuple(sorted(cell.studies)),
            )
            for cell in gaps.cells
            if cell.kind is CellKind.SYNTHESIS_GAP
        ),
        numbers=frozenset({2}),
    )


def _share(word: DirectionWord) -> str:
    test = word.test
    if test is None:
        return NOT_THERE
    return f"{test.favourable} of {test.clear} ({test.low:.0%} to {test.high:.0%})"


def _effect(forest: Forest) -> tuple[str, ...]:
    whole, measure = forest.pooled, forest.measure
    name = f"{measure} " if measure else ""

    def between(limits: Limits) -> str:
        return f"{effect_text(limits.low, measure)} to {effect_text(limits.high, measure)}"

    prediction = whole.printed_prediction
    several = whole.k > 1
    return (
        f"{whole.k:,}",
        f"{name}{effect_text(whole.estimate, measure)} ({between(whole.limits)})",
        f"{whole.heterogeneity.tau2:.3g}" if several else NOT_THERE,
        f"{whole.heterogeneity.i2:.0f}%" if several else NOT_THERE,
        between(prediction) if prediction else NOT_THERE,
    )
