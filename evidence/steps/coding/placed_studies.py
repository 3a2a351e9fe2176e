"""Which study of a review each coded reference of a file belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from evidence.citations.text import visible
from evidence.coding.answer_rows import AnswerRow
from evidence.coding.coding_tables.exported import ExportedArm, ExportedTimePoint
from evidence.eppi.account import Ledger, Repair
from evidence.eppi.coded_review import CodedReview, CodedStudy, StudyCoding, TypedFinding
from evidence.errors import Invalid
from evidence.store import Connection, Write
from evidence.store.coding import brought_codings
from evidence.store.coding.brought_rows import PlacedStudy
from evidence.store.records import coded_files
from evidence.store.records.coded_files import CodedFile

FLAGS_OUT = frozenset("ED")  # excluded, deleted
LONGEST_LABEL = 200  # characters
STILL_CODED = (
    "These studies are still being coded here: {names}. What was agreed would show to others what "
    "their coders said, so nothing was brought in. Wait until all who are asked have completed "
    "them, or bring the file in as the coding of one person."
)
MOST_NAMED = 5  # studies in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where what is coded goes.

    Attributes:
        placed: each study once.
        missing: coded references whose record is not in the review.
        flagged: works of which all references have a flag that they are excluded or deleted.
        repairs: what was put together or shortened on the way.
    """

    placed: tuple[PlacedStudy, ...]
    missing: int
    flagged: frozenset[int]
    repairs: tuple[Repair, ...]


def place(connection: Connection, review_id: int, file: CodedFile, review: CodedReview) -> Placing:
    """Where the coded references of a file go: each to the study that its work reports, else to one
    of its own. Several references that are one work go together.
    """
    works = coded_files.works_by_line(connection, file.file_id)
    studies = brought_codings.studies_of_works(connection, review_id)
    ledger = Ledger()
    groups: dict[tuple[int | None, int], list[CodedStudy]] = {}
    missing = 0
    for coded in review.studies:
        if not coded.is_coded:
            continue
        work_id = works.get(coded.record.line)
        if work_id is None:
            missing += 1
            sentence = "Its record is not in the review, so its coding is left out."
            ledger.repair(f"reference {coded.record.line}", sentence)
            continue
        study_id = studies.get(work_id)
        key = (study_id, 0) if study_id is not None else (None, work_id)
        groups.setdefault(key, []).append(coded)
    placed = tuple(
        PlacedStudy(
            work_id=works[group[0].record.line],
            study_id=study_id,
            coded=_clean(_together(group, ledger)),
        )
        for (study_id, _), group in groups.items()
    )
    flagged = frozenset(_flagged(review, works))
    return Placing(placed=placed, missing=missing, flagged=flagged, repairs=ledger.repairs)


def _flagged(review: CodedReview, works: Mapping[int, int]) -> set[int]:
    out: set[int] = set()
    stays: set[int] = set()
    for each in review.studies:
        work_id = works.get(each.record.line)
        if work_id is not None:
            (out if each.status.strip().upper() in FLAGS_OUT else stays).add(work_id)
    return out - stays


def _clean(coded: CodedStudy) -> CodedStudy:
    """Names in one line, without characters that show nothing or turn the line around."""
    label = visible(coded.label)[:LONGEST_LABEL] or visible(coded.record.reference.title)
    return replace(
        coded,
        label=label[:LONGEST_LABEL] or f"Reference {coded.record.line}",
        arms=tuple(replace(each, label=visible(each.label)) for each in coded.arms),
        time_points=tuple(replace(each, label=visible(each.label)) for each in coded.time_points),
    )


def _together(group: Sequence[CodedStudy], ledger: Ledger) -> CodedStudy:
    """Several references that are one work, or report one study; what the first says stays."""
    first, *others = group
    if not others:
        return first
    place = f"reference {first.record.line}"
    sentence = "Several references are reports of one study; their codings were put together."
    ledger.repair(place, sentence, len(others))
    arms: dict[str, ExportedArm] = {}
    points: dict[str, ExportedTimePoint] = {}
    codings: dict[str, list[StudyCoding]] = {}
    for each in group:
        arms = {arm.uid: arm for arm in each.arms} | arms
        points = {point.uid: point for point in each.time_points} | points
        for coding in each.codings:
            codings.setdefault(coding.scheme, []).append(coding)
    return replace(
        first,
        arms=tuple(arms.values()),
        time_points=tuple(points.values()),
        codings=tuple(_one_coding(some, place, ledger) for some in codings.values()),
    )


def _one_coding(codings: Sequence[StudyCoding], place: str, ledger: Ledger) -> StudyCoding:
    rows: dict[tuple[str, str, str], AnswerRow] = {}
    findings: dict[str, TypedFinding] = {}
    for coding in codings:
        for row in coding.rows:
            before = rows.setdefault((row.question, row.code, row.arm), row)
            if before.note != row.note and row.note not in before.note:
                note = "\n".join(filter(None, (before.note, row.note)))
                rows[row.question, row.code, row.arm] = replace(before, note=note)
        for finding in coding.findings:
            if findings.setdefault(finding.uid, finding) != finding:
                sentence = "Two findings have one number; the second is left out."
                ledger.repair(place, sentence)
    return StudyCoding(
        scheme=codings[0].scheme,
        rows=tuple(rows.values()),
        findings=tuple(findings.values()),
        quotations=tuple(dict.fromkeys(each for coding in codings for each in coding.quotations)),
    )


def refuse_unblinding(
    write: Write, placing: Placing, versions: Mapping[str, tuple[int, int]]
) -> None:
    """What was agreed is read by all who do not code a study themselves, with the codings that it
    rests on; so none comes in while people still code.

    Raises:
        Invalid: which studies these are.
    """
    schemes = {name: scheme_id for name, (scheme_id, _) in versions.items()}
    why = why_unblinding(write.connection, write.review_id, placing, schemes)
    if why:
        raise Invalid(why)


def why_unblinding(
    connection: Connection, review_id: int, placing: Placing, schemes: Mapping[str, int]
) -> str:
    """Why what was agreed cannot come in: of which studies it would tell what their coders said;
    "" where it can.

    Args:
        connection: to the database.
        review_id: of the review.
        placing: where what is coded goes.
        schemes: the ids of the schemes of the review, by name; with others nobody codes yet.
    """
    coded = {
        (each.study_id, schemes[one.scheme])
        for each in placing.placed
        for one in each.coded.codings
        if each.study_id is not None and one.scheme in schemes
    }
    waiting = brought_codings.still_coded(connection, review_id, coded)
    if waiting:
        names = ", ".join(
            f"“{shorten(label, 80, placeholder=' …')}”" for label in waiting[:MOST_NAMED]
        )
        more = f" and {len(waiting) - MOST_NAMED:,} more" if len(waiting) > MOST_NAMED else ""
        return STILL_CODED.format(names=f"{names}{more}")
    return ""
