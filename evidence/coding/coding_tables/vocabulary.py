"""What the questions and codes of an export mean, over all versions of its schemes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from textwrap import shorten

from evidence.coding.coding_tables.exported import ExportedScheme
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Axis, Of, Option, Question, Scheme

_LONGEST_HEADING = 100  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCode:
    """A code with the labels above it; `retired` where the newest version no longer has it."""

    option: Option
    path: tuple[str, ...]
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownQuestion:
    """A question of a scheme in the words of the newest version that has it.

    Attributes:
        id: with the scheme's, since two schemes may both ask `country`.
        codes: by id, in reading order; those of the newest version first.
    """

    id: str
    scheme: str
    section: str
    question: Question
    retired: bool
    codes: dict[str, KnownCode] = field(default_factory=dict)

    def label(self, code: str) -> str:
        """The label of the code that this one counts as; its id where no version has it."""
        known = self.codes.get(self.question.code_now(code))
        return known.option.label if known else code


class Vocabulary:
    """All questions and codes, by ids that carry the scheme."""

    def __init__(self, versions: Sequence[ExportedScheme]) -> None:
        self.questions: dict[str, KnownQuestion] = {}
        self.newest: dict[str, Scheme] = {}
        self.versions = {(each.name, each.number): each.version for each in versions}
        self._axes: dict[tuple[str, Axis, str], str] = {}
        seen: set[str] = set()
        for version in sorted(versions, key=lambda each: -each.number):  # the newest has the word
            scheme = load(version.yaml, version.name)
            self.newest.setdefault(version.name, scheme)
            self._add(version.name, scheme, is_newest=version.name not in seen)
            seen.add(version.name)

    def _add(self, name: str, scheme: Scheme, *, is_newest: bool) -> None:
        for section in scheme.sections:
            for question in section.questions:
                key = qualified(name, question.id)
                known = self.questions.setdefault(
                    key,
                    KnownQuestion(
                        id=key,
                        scheme=name,
                        section=section.title,
                        question=question,
                        retired=not is_newest,
                    ),
                )
                for option, path in _walk(question.options):
                    code = KnownCode(option=option, path=path, retired=not is_newest)
                    known.codes.setdefault(option.id, code)
                    if question.axis is not None:
                        for each in (option.id, *option.replaces):
                            self._axes.setdefault((name, question.axis, each), option.label)

    def about(self, of: Of) -> list[KnownQuestion]:
        """The questions about studies, or about findings beside their axes; scheme by scheme."""
        found = [
            known
            for known in self.questions.values()
            if known.question.of is of
            if of is Of.STUDY or known.question.axis is None
        ]
        return sorted(found, key=lambda known: known.scheme)  # keeps the order within a scheme

    def headings(self, beside: Sequence[str]) -> dict[str, str]:
        """The questions about studies as heads of columns in words, with what each asks.

        Args:
            beside: the heads that stand there already.
        """
        asked = self.about(Of.STUDY)
        names = Counter(_heading(known.question.name) for known in asked)
        found: dict[str, str] = {}
        for known in asked:
            name = _heading(known.question.name)
            if names[name] > 1 or name in beside:
                name = f"{name} ({_heading(self.newest[known.scheme].title)})"
            if name in found or name in beside:
                name = f"{name} ({known.id})"
            found[name] = known.question.text
        return found

    def axis_label(self, scheme: str, axis: Axis, code: str) -> str:
        """The label of the code on an axis that this one counts as; its id where none is known."""
        return self._axes.get((scheme, axis, code), code)


def _heading(text: str) -> str:
    return shorten(text, _LONGEST_HEADING, placeholder=" …")


def qualified(scheme: str, question: str) -> str:
    """The id of a question with that of its scheme."""
    return f"{scheme}/{question}"


def _walk(
    options: Sequence[Option], above: tuple[str, ...] = ()
) -> Iterator[tuple[Option, tuple[str, ...]]]:
    for option in options:
        path = (*above, option.label)
        yield option, path
        yield from _walk(option.options, path)
