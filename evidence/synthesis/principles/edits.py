"""What somebody changes in a set of principles, one principle at a time."""

from collections.abc import Collection
from dataclasses import replace

from evidence.synthesis.principles.principle_set import (
    Principle,
    PrincipleName,
    PrincipleSet,
    PrincipleVersion,
)


def with_principle(
    given: PrincipleSet,
    version: PrincipleVersion,
    principle: Principle,
    corresponding: Collection[PrincipleName],
    before: PrincipleName | None = None,
) -> PrincipleSet:
    """The set with a principle changed, or with one more at the end of its version.

    Args:
        given: the set.
        version: of the principle, by its name, with source and place; one that is new is added.
        principle: as it is to be; a grade that its version lacks is added as the weakest.
        corresponding: the principles of other versions that correspond to it.
        before: its name until now; None for a new one.
    """
    name = PrincipleName(version=version.name, number=principle.number)
    versions = list(given.versions)
    if version.name not in {each.name for each in versions}:
        versions.append(PrincipleVersion(name=version.name))
    versions = [
        _changed(each, version, principle, before) if each.name == version.name else each
        for each in versions
    ]
    if before is not None and before.version != version.name:
        versions = [_left(each, before) for each in versions]
    others = [pair for pair in given.pairs if before not in pair and name not in pair]
    pairs = [_in_order(versions, name, other) for other in corresponding]
    return replace(
        given,
        versions=tuple(each for each in versions if each.principles),
        pairs=(*others, *pairs),
    )


def without_principle(given: PrincipleSet, name: PrincipleName) -> PrincipleSet:
    """The set without a principle; a version that had no other goes with it."""
    versions = (_left(each, name) for each in given.versions)
    return replace(
        given,
        versions=tuple(each for each in versions if each.principles),
        pairs=tuple(pair for pair in given.pairs if name not in pair),
    )


def _changed(
    now: PrincipleVersion,
    version: PrincipleVersion,
    principle: Principle,
    before: PrincipleName | None,
) -> PrincipleVersion:
    is_here = before is not None and before.version == now.name
    if is_here and before is not None:
        principles = tuple(
            principle if each.number == before.number else each for each in now.principles
        )
    else:
        principles = (*now.principles, principle)
    used = {each.grade for each in principles}
    grades = dict.fromkeys([*now.grades, *([principle.grade] if principle.grade else [])])
    return replace(
        now,
        source=version.source,
        place=version.place,
        grades=tuple(grade for grade in grades if grade in used),
        principles=principles,
    )


def _left(now: PrincipleVersion, name: PrincipleName) -> PrincipleVersion:
    if now.name != name.version:
        return now
    return replace(now, principles=tuple(p for p in now.principles if p.number != name.number))


def _in_order(
    versions: Collection[PrincipleVersion], first: PrincipleName, second: PrincipleName
) -> tuple[PrincipleName, PrincipleName]:
    """A pair with the principle of the earlier version first."""
    for version in versions:
        if version.name in (first.version, second.version):
            return (first, second) if version.name == first.version else (second, first)
    return first, second
