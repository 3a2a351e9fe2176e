"""The tables of a report."""

from collections.abc import Iterator, Sequence

from evidence.citations.citing import dated_reference_text
from evidence.coding.scheme import Of, Question
from evidence.report.facts import LeftOutReport, ReviewFacts, SchemeUse
from evidence.report.live_content import ReportRow, ReportTable
from evidence.report.statements import StudyGroup
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.study_counts import Counts

NOT_CODED = "–"
_BETWEEN = "; "


def characteristics(
    facts: ReviewFacts, group: StudyGroup, dimensions: Sequence[Dimension]
) -> ReportTable:
    """The studies with what is coded of them, a row each."""
    people = bool(facts.people)
    head = ("Study", "Year", *(each.title for each in dimensions), *(("People",) * people))
    rows = tuple(
        ReportRow(
            cells=(
                study.label,
                str(study.year or NOT_CODED),
                *(_labels(study, dimension) for dimension in dimensions),
                *((_number(facts.people.get(study.id)),) * people),
            ),
            studies=(study.id,),
        )
        for study in group.studies
    )
    return ReportTable(
        caption=f"Characteristics of {group.total:,} {group.named(group.total)}",
        head=head,
        rows=rows,
        note=f"{NOT_CODED}: not coded." if _has_gap(rows) else "",
        numbers=frozenset({1} | ({len(head) - 1} if people else set())),
    )


def counted(group: StudyGroup, counts: Counts) -> ReportTable:
    """Studies by the headings of a question, with shares."""
    rows = [
        ReportRow(
            cells=(
                "\u2003" * line.depth + line.label,
                f"{len(line.studies):,}",
                _share(len(line.studies), counts.total),
            ),
            studies=tuple(study for study in group.ids if study in line.studies),
        )
        for line in counts.lines
        if line.studies
    ]
    if counts.without:
        ids = tuple(study for study in group.ids if study in counts.without)
        cells = ("Not coded", f"{len(ids):,}", _share(len(ids), counts.total))
        rows.append(ReportRow(cells=cells, studies=ids))
    empty = sum(not line.studies for line in counts.lines)
    notes = [f"Shares are of {counts.total:,} {group.named(counts.total)}."]
    if sum(len(line.studies) for line in counts.lines if line.depth == 0) > counts.total:
        notes.append("A study can have several codes.")
    if empty:
        notes.append(f"Without a study: {empty:,} more {'code' if empty == 1 else 'codes'}.")
    return ReportTable(
        caption=f"{group.noun[0].upper()}{group.noun[1:]} by “{counts.title}”",
        head=(counts.title, "Studies", "Share"),
        rows=tuple(rows),
        note=" ".join(notes),
        numbers=frozenset({1, 2}),
    )


def searches(facts: ReviewFacts) -> ReportTable:
    """What was searched, when, and what it gave."""
    has_updates = any(search.update_of for search in facts.searches)
    return ReportTable(
        caption="Searches",
        head=(
            "Source",
            "Kind",
            "Platform",
            "Searched on",
            "Records",
            *(("Brings up to date",) * has_updates),
        ),
        rows=tuple(
            ReportRow(
                cells=(
                    search.name,
                    search.kind or NOT_CODED,
                    search.platform or NOT_CODED,
                    search.searched or NOT_CODED,
                    _number(search.records),
                    *((search.update_of or NOT_CODED,) * has_updates),
                )
            )
            for search in facts.searches
        ),
        note=f"{NOT_CODED}: not recorded.",
        numbers=frozenset({4}),
    )


def strategies(facts: ReviewFacts) -> ReportTable:
    """Each search as it was typed, line for line (PRISMA-S item 8)."""
    return ReportTable(
        caption="Search strategies, as they were typed",
        head=("Source", "Strategy", "Notes"),
        rows=tuple(
            ReportRow(
                cells=(search.name, search.strategy or "not recorded", search.notes or NOT_CODED)
            )
            for search in facts.searches
        ),
    )


def left_out(caption: str, reports: Sequence[LeftOutReport], *, reasons: bool) -> ReportTable:
    """Reports that were excluded in full text, or could not be retrieved."""
    return ReportTable(
        caption=caption,
        head=("Report", *(("Reason",) * reasons)),
        rows=tuple(
            ReportRow(
                cells=(
                    dated_reference_text(each.reference),
                    *((each.reason or "no reason given",) * reasons),
                )
            )
            for each in reports
        ),
    )


def comments(facts: ReviewFacts) -> ReportTable:
    """What readers said of the published framework, when, and what changed because of it."""
    return ReportTable(
        caption="Comments of readers, and what changed because of them",
        head=("Date", "About", "Reader", "Comment", "Answer", "What changed"),
        rows=tuple(
            ReportRow(
                cells=(
                    each.date,
                    each.about,
                    each.name,
                    each.comment,
                    each.answer or "–",
                    each.changed or "–",
                )
            )
            for each in facts.comments
        ),
    )


def schemes(facts: ReviewFacts) -> ReportTable:
    """The coding schemes, and of how many studies they say something."""
    return ReportTable(
        caption="Coding schemes",
        head=("Scheme", "Version", "For", "Questions", "Studies", "Agreed by several people"),
        rows=tuple(
            ReportRow(
                cells=(
                    use.scheme.title,
                    use.scheme.version,
                    f"{use.scheme.purpose} of each {use.scheme.judges}",
                    f"{len(use.scheme.questions):,}",
                    f"{use.studies:,}",
                    f"{use.agreed:,}",
                )
            )
            for use in facts.schemes
        ),
        numbers=frozenset({3, 4, 5}),
    )


def data_dictionary(facts: ReviewFacts) -> ReportTable:
    """Every question of every scheme, with its codes; a single scheme is named above, several each
    in a row before its questions.
    """
    several = len(facts.schemes) > 1
    of_scheme = "" if several or not facts.schemes else f" of “{facts.schemes[0].scheme.title}”"
    return ReportTable(
        caption=f"Data dictionary: the questions{of_scheme} and their codes",
        head=("Question", "Answered as", "Codes"),
        rows=tuple(row for use in facts.schemes for row in _dictionary(use, is_named=several)),
    )


def _dictionary(use: SchemeUse, *, is_named: bool) -> Iterator[ReportRow]:
    if is_named:
        yield ReportRow(cells=(f"“{use.scheme.title}”, version {use.scheme.version}", "", ""))
    for question in use.scheme.questions:
        codes = _BETWEEN.join(option.label for option in question.walk()) or NOT_CODED
        asked = f"{question.text} ({question.id})"
        yield ReportRow(cells=(asked, _answered_as(question), codes))


def _labels(study: CodedStudy, dimension: Dimension) -> str:
    """What is coded of a study; of findings, all that any of them has."""
    codes = set(dimension.codes(study))
    for finding in study.findings:
        codes |= dimension.codes(study, finding)
    labels = [heading.label for heading in dimension.headings if heading.id in codes]
    return _BETWEEN.join(labels) or NOT_CODED


def _number(number: int | None) -> str:
    return NOT_CODED if number is None else f"{number:,}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else NOT_CODED


def _has_gap(rows: Sequence[ReportRow]) -> bool:
    return any(NOT_CODED in row.cells for row in rows)


def _answered_as(question: Question) -> str:
    unit = f" ({question.unit})" if question.unit else ""
    return f"{question.kind}{unit}{', of each finding' * (question.of is Of.FINDING)}"
