"""Two people's codings out of exports of EPPI-Reviewer, which has one coding in each file.

The files come in pairs: of the same references, one file for each person. References of a pair are
told apart by ItemId, and by title where that is missing; nothing else of their text matters.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence.coding.agreement.compared import TWO_CODERS, ComparedStudy, DoubleCoding
from evidence.coding.answer_rows import AnswerRow
from evidence.eppi.account import Part
from evidence.eppi.export import CodedReference, Export
from evidence.eppi.laid_over import LaidOver, Trail, Trails, option_id, shortened
from evidence.errors import Invalid

_NAMED = 3  # codes that one sentence names

References = dict[str, list[CodedReference]]
"""By what names them; one that stands twice in a file is one with the codes of both."""


@dataclass(frozen=True, slots=True)
class _File:
    export: Export
    trails: Trails
    references: References

    @property
    def name(self) -> str:
        return self.export.file

    @property
    def codes(self) -> frozenset[Trail]:
        return frozenset(self.trails.values())

    def rows(self, key: str) -> tuple[AnswerRow, ...]:
        """The codes of a reference as ticks."""
        ticked = (
            (self.trails[applied.code], applied.arm)
            for reference in self.references[key]
            for applied in reference.applied
        )
        return tuple(
            AnswerRow(question=trail[0], code=option_id(trail), arm=arm, chosen=True)
            for trail, arm in ticked
        )

    def without(self, other: "_File") -> list[CodedReference]:
        """The references that the other file has not."""
        return [each[0] for key, each in self.references.items() if key not in other.references]


def double_coding(pairs: Sequence[tuple[Export, Export]]) -> DoubleCoding:
    """The codings of two people from pairs of exports, the first person's file first.

    Raises:
        Invalid: a file has no codes or no references, or two of a pair have none in common.
    """
    laid_over = LaidOver()
    read: list[tuple[_File, _File]] = []
    for of_first, of_second in pairs:
        for export in (of_first, of_second):
            _check(export)
        trails = laid_over.add(of_first.sets)
        first = _File(of_first, trails, _by_key(of_first))
        second = _File(of_second, laid_over.add(of_second.sets, trails), _by_key(of_second))
        if first.references.keys().isdisjoint(second.references):
            raise Invalid(
                f"{first.name} and {second.name} have no reference in common. Name the files of "
                "the second coder in the same order as those of the first."
            )
        read.append((first, second))
    codes = laid_over.trails.keys()
    return DoubleCoding(
        scheme=laid_over.scheme(),
        studies=tuple(
            study for number, pair in enumerate(read, 1) for study in _studies(number, *pair)
        ),
        remarks=tuple(dict.fromkeys(each for pair in read for each in _remarks(*pair, codes))),
        left_out=tuple(dict.fromkeys(each for pair in read for each in _left_out(*pair))),
    )


def _check(export: Export) -> None:
    if not any(each.codes for each in export.sets):
        raise Invalid(f"{export.file} holds no codes, so there is nothing to compare.")
    if not export.references:
        raise Invalid(
            f"{export.file} holds code sets and no references; export a coding report of the "
            "references from EPPI-Reviewer, as JSON."
        )


def _by_key(export: Export) -> References:
    by_key: References = {}
    for each in export.references:
        if key := _key(each):
            by_key.setdefault(key, []).append(each)
    return by_key


def _key(reference: CodedReference) -> str:
    if reference.item_id is not None:
        return str(reference.item_id)
    return " ".join(reference.record.reference.title.casefold().split())


def _studies(number: int, first: _File, second: _File) -> Iterator[ComparedStudy]:
    """The references of a pair that both files have; the pair's number keeps pairs apart."""
    not_common = frozenset((trail[0], option_id(trail)) for trail in first.codes ^ second.codes)
    for key in first.references:
        if key in second.references:
            rows = dict(zip(TWO_CODERS, (first.rows(key), second.rows(key)), strict=True))
            coded = (*first.references[key], *second.references[key])
            yield ComparedStudy(
                id=f"{number}:{key}",
                label=_label(coded[0]),
                rows=rows,
                arms={arm.key: arm.title for reference in coded for arm in reference.arms},
                not_common=not_common,
            )


def _label(reference: CodedReference) -> str:
    return reference.label or reference.record.reference.title


def _remarks(first: _File, second: _File, codes: Iterable[Trail]) -> Iterator[str]:
    for file in (first, second):
        repeated = len(file.trails) - len(file.codes)
        if repeated:
            codes_are = "1 code has" if repeated == 1 else f"{repeated:,} codes have"
            yield (
                f"{file.name}: {codes_are} the name of another at the same place of the tree; they "
                "are compared as one."
            )
    alone = [trail for trail in codes if trail in first.codes ^ second.codes]
    if alone:
        yield (
            f"{_named(alone)} in only one of {first.name} and {second.name}, so not compared in "
            "these."
        )
    missing = [trail for trail in codes if trail not in first.codes | second.codes]
    if missing:
        yield (
            f"{_named(missing)} neither in {first.name} nor in {second.name}; counted there as "
            "ticked by nobody."
        )


def _named(trails: Collection[Trail]) -> str:
    names = ", ".join(f"“{shortened(trail[-1])}”" for trail in list(trails)[:_NAMED])
    if len(trails) <= _NAMED:
        return f"{names} {'is' if len(trails) == 1 else 'are'}"
    return f"{names} and {len(trails) - _NAMED:,} more codes are"


def _left_out(first: _File, second: _File) -> Iterator[str]:
    for file, pair in ((first, second), (second, first)):
        unread = file.export.account.told[Part.APPLIED]
        if unread:
            codes = "1 applied code" if unread == 1 else f"{unread:,} applied codes"
            yield (
                f"{file.name}: {codes} could not be read; `python -m evidence read {file.name}` "
                "says which and why."
            )
        nameless = sum(1 for each in file.export.references if not _key(each))
        if nameless:
            which = "1 reference has" if nameless == 1 else f"{nameless:,} references have"
            yield f"{file.name}: {which} neither an ItemId nor a title and cannot be compared."
        alone = file.without(pair)
        if alone:
            which = "1 reference is" if len(alone) == 1 else f"{len(alone):,} references are"
            yield (
                f"{which} in {file.name} and not in {pair.name}, so not compared; the first is "
                f"“{shortened(_label(alone[0]))}”."
            )
