"""The sections of a report as people left them, over the usual ones.

What nobody wrote follows the usual section; what somebody wrote never changes by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evidence.report.part_values import PartValue
from evidence.report.usual_sections import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionEdit:
    """How somebody left a section.

    Attributes:
        key: of the section.
        title, text: None where they are the usual ones.
        position: sections stand in its order; None at the usual place.
        mark: of the act that wrote title and text; empty where they are the usual ones.
        values: what its live parts said when they were written or seen, by the id of their token.
    """

    key: str
    title: str | None = None
    text: str | None = None
    position: float | None = None
    is_removed: bool = False
    mark: str = ""
    values: Mapping[str, PartValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedSection:
    """A section as it stands.

    Attributes:
        section: with its text of now.
        usual: as it is without any edit; None for one that somebody added.
        edit: how it was left; without a change where nobody edited it.
        position: where it stands.
    """

    section: Section
    usual: Section | None
    edit: SectionEdit
    position: float


def edited_sections(
    usual: Sequence[Section], edits: Mapping[str, SectionEdit]
) -> tuple[EditedSection, ...]:
    """All sections in their order, also those that were taken out.

    Args:
        usual: the sections of a report that nobody edited.
        edits: how sections were left last, by their keys.
    """
    places = {section.key: float(place) for place, section in enumerate(usual, start=1)}
    by_key = {section.key: section for section in usual}
    keys = dict.fromkeys([*by_key, *edits])
    sections = [_edited(key, by_key.get(key), edits.get(key), places.get(key)) for key in keys]
    return tuple(sorted(sections, key=lambda each: each.position))


def _edited(
    key: str, usual: Section | None, edit: SectionEdit | None, place: float | None
) -> EditedSection:
    edit = edit or SectionEdit(key=key)
    section = usual or Section(key=key, title="")
    if edit.title is not None:
        section = replace(section, title=edit.title)
    if edit.text is not None:
        section = replace(section, text=edit.text)
    position = edit.position if edit.position is not None else place
    return EditedSection(
        section=section, usual=usual, edit=edit, position=0.0 if position is None else position
    )


def position_after(sections: Sequence[EditedSection], key: str, after: str) -> float | None:
    """Where a section stands that comes right after another one.

    Args:
        sections: all, in their order.
        key: of the section that is moved or added.
        after: key of the other one; empty for the first place. Gone, it is the last place.

    Returns:
        None where no number lies between the neighbours; then all are to be numbered anew.
    """
    others = [each for each in sections if each.section.key != key]
    keys = [each.section.key for each in others]
    place = 0 if not after else keys.index(after) + 1 if after in keys else len(keys)
    below = others[place - 1].position if place else None
    above = others[place].position if place < len(others) else None
    if below is None:
        return 1.0 if above is None else above - 1
    if above is None:
        return below + 1
    middle = (below + above) / 2
    return middle if below < middle < above else None


def renumbered(sections: Sequence[EditedSection]) -> list[SectionEdit]:
    """The same order with whole numbers."""
    return [
        replace(each.edit, position=float(place)) for place, each in enumerate(sections, start=1)
    ]
