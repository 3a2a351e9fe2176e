"""Read an export of EPPI-Reviewer, a code set alone, or a page of EPPI-Mapper, as it stands.

Nothing is trusted and nothing is lost in silence: what the file holds, counted straight from its
JSON, is what is read and what is told as left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence.eppi.account import Account, Counts, Ledger, Part
from evidence.eppi.applied_codes import AppliedCodes
from evidence.eppi.arms import ArmsSeen, TimesSeen
from evidence.eppi.code_sets import read_sets
from evidence.eppi.export import CodedReference, CodeSet, Export
from evidence.eppi.generations import DayStyle, day, day_style, generation_of
from evidence.eppi.held import held_in_page, held_in_report
from evidence.eppi.json_text import Broken, Json, parse
from evidence.eppi.mapper_page import read_page_sets
from evidence.eppi.outcomes import read_outcomes
from evidence.eppi.references import record_of
from evidence.eppi.values import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that cannot be read, and why."""

    file: str
    reason: str


def read_export(content: bytes, file: str) -> Export | Unreadable:
    """What a file of EPPI-Reviewer holds, with an account of it.

    Args:
        content: the bytes of the file.
        file: its name, as people know it.
    """
    ledger = Ledger()
    try:
        parsed = parse(content, ledger)
        root = parsed.root
        sets = (read_page_sets if parsed.is_page else read_sets)(root, ledger)
        listed = root.get("referenceData" if parsed.is_page else "References")
        references = tuple(_references({"References": listed}, sets, ledger))
        held = held_in_page(root) if parsed.is_page else held_in_report(root)
    except Broken as error:
        return Unreadable(file=file, reason=str(error))
    except RecursionError:
        return Unreadable(file=file, reason="its lists are nested too deep")
    return Export(
        file=file,
        encoding=parsed.encoding,
        generation=None if parsed.is_page else generation_of(root),
        is_page=parsed.is_page,
        sets=sets,
        references=references,
        account=Account(
            held=held,
            kept=_kept(sets, references),
            left_out=ledger.left_out,
            repairs=ledger.repairs,
        ),
    )


def _references(root: Json, sets: tuple[CodeSet, ...], ledger: Ledger) -> Iterator[CodedReference]:
    known = {code.id for each in sets for code in each.walk() if code.id is not None}
    numbers: set[int] = set()
    reading = AppliedCodes(known, ledger)
    style = day_style(root["References"])
    has_sets = bool(sets)
    for each, number in Entry(root, "the file", ledger).objects("References"):
        place = f"reference {number}"
        if each is None:
            sentence = "It is no reference; nothing in it to read."
            ledger.leave_out(Part.REFERENCES, place, sentence)
        else:
            read = _reference(Entry(each, place, ledger), number, reading, style)
            if read.item_id in numbers:
                sentence = "A reference before it has the same ItemId; each is a record of its own."
                ledger.repair(place, sentence)
            if read.item_id is not None:
                numbers.add(read.item_id)
            if has_sets:
                yield read
                continue
            sentence = "The file has no code set, and an outcome belongs to one."
            ledger.leave_out(Part.OUTCOMES, place, sentence, len(read.outcomes))
            yield replace(read, outcomes=())


def _reference(entry: Entry, number: int, codes: AppliedCodes, style: DayStyle) -> CodedReference:
    arms, times = ArmsSeen(), TimesSeen()
    arms.listed(entry)
    times.listed(entry)
    applied = tuple(codes.of(entry, arms))
    outcomes = tuple(read_outcomes(entry, arms, times, codes.ledger))
    return CodedReference(
        item_id=entry.identifier("ItemId"),
        record=record_of(entry, number),
        label=entry.text("ShortTitle"),
        status=entry.text("ItemStatus"),
        created=day(entry.text("DateCreated"), style),
        applied=applied,
        arms=arms.arms,
        time_points=times.points,
        outcomes=outcomes,
    )


def _kept(sets: tuple[CodeSet, ...], references: tuple[CodedReference, ...]) -> Counts:
    applied = [code for each in references for code in each.applied]
    return {
        Part.REFERENCES: len(references),
        Part.SETS: len(sets),
        Part.CODES: sum(1 for each in sets for _ in each.walk()),
        Part.APPLIED: len(applied),
        Part.NOTES: sum(bool(code.note) for code in applied),
        Part.QUOTATIONS: sum(len(code.highlights) for code in applied),
        Part.ARMS: sum(len(each.arms) for each in references),
        Part.OUTCOMES: sum(len(each.outcomes) for each in references),
    }
