"""A set of principles in its versions, such as the seven of 2004 and the eight of 2012."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

NOT_GRADED = "not graded by the source"
PARTING = frozenset("/;")  # between version and number, and between principles of a table


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PrincipleName:
    """By which a principle is named: its version, and its number there."""

    version: str
    number: str

    @property
    def line(self) -> str:
        """As it is typed, such as `2004/3`."""
        return f"{self.version}/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle:
    """A principle of one version.

    Attributes:
        number: within its version, unlike any other there.
        text: in the review's own words.
        grade: how strong the evidence is, in the words of the source; empty where it gives none.
    """

    number: str
    text: str
    grade: str = ""

    @property
    def grade_words(self) -> str:
        """The grade; that there is none is said, too."""
        return self.grade or NOT_GRADED


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipleVersion:
    """The principles as one source gives them.

    Attributes:
        name: such as `2004`.
        source: the document.
        place: where in it.
        grades: that the source gives, the strongest first; empty where it grades none.
        principles: in their order.
    """

    name: str
    source: str = ""
    place: str = ""
    grades: tuple[str, ...] = ()
    principles: tuple[Principle, ...] = ()

    @property
    def where(self) -> str:
        """Document and place."""
        return ", ".join(filter(None, (self.source, self.place)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipleSet:
    """A set of principles.

    Attributes:
        uid: by which it stays the same when its words change.
        versions: the oldest first.
        pairs: principles of two versions that correspond to each other.
    """

    uid: str
    title: str
    versions: tuple[PrincipleVersion, ...] = ()
    pairs: tuple[tuple[PrincipleName, PrincipleName], ...] = ()

    def walk(self) -> Iterator[tuple[PrincipleName, Principle]]:
        """All principles by name, version by version."""
        for version in self.versions:
            for principle in version.principles:
                yield PrincipleName(version=version.name, number=principle.number), principle

    def principle(self, name: PrincipleName) -> Principle | None:
        """A principle by its name; None where there is none."""
        return dict(self.walk()).get(name)

    def corresponding(self, name: PrincipleName) -> tuple[PrincipleName, ...]:
        """The principles of other versions that correspond to one, in their order."""
        with_it = {other for pair in self.pairs if name in pair for other in pair if other != name}
        return tuple(each for each, _ in self.walk() if each in with_it)

    def without_match(self) -> tuple[PrincipleName, ...]:
        """The principles that correspond to none of another version; none where there is one."""
        if len(self.versions) == 1:
            return ()
        return tuple(name for name, _ in self.walk() if not self.corresponding(name))


def faults_in(given: PrincipleSet) -> list[str]:
    """All that a set of principles lacks, in sentences; none where it can be kept."""
    faults = [] if given.title else ["A set of principles needs a title."]
    if not given.versions:
        faults.append("A set of principles needs at least one version.")
    names = Counter(version.name for version in given.versions)
    faults += [f"Two versions are called “{name}”." for name, times in names.items() if times > 1]
    for version in given.versions:
        faults += _version_faults(version)
    known = {name for name, _ in given.walk()}
    for first, second in given.pairs:
        faults += [
            f"“{name.line}” corresponds to something and is no principle of the set."
            for name in (first, second)
            if name not in known
        ]
        if first.version == second.version:
            faults.append(
                f"“{first.line}” and “{second.line}” are of the same version; principles "
                "correspond to those of another one."
            )
    return faults


def _version_faults(version: PrincipleVersion) -> Iterator[str]:
    if not version.name or set(version.name) & PARTING:
        yield (
            "A version needs a name without slash and semicolon, such as 2004; "
            f"“{version.name}” is none."
        )
    if not version.principles:
        yield f"Version “{version.name}” has no principles."
    numbers = Counter(each.number for each in version.principles)
    for number, times in numbers.items():
        if times > 1:
            yield f"Version “{version.name}” has {times:,} principles with the number “{number}”."
    for each in version.principles:
        if not each.number or set(each.number) & PARTING:
            yield (
                f"A principle of version “{version.name}” needs a number without slash and "
                f"semicolon; “{each.number}” is none."
            )
        if not each.text:
            yield f"Principle “{version.name}/{each.number}” has no words."
        if each.grade and each.grade not in version.grades:
            grades = ", ".join(version.grades) or "no grade"
            yield (
                f"Principle “{version.name}/{each.number}” is graded “{each.grade}”; the source "
                f"of this version gives {grades}."
            )
