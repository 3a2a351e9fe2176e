"""A coding scheme as a table for people: a row for each question, then one for each code."""

from collections.abc import Iterable, Iterator

from evidence.coding.scheme import Option, Question, Scheme

HEAD = ("section", "question id", "question", "kind", "required", "asked when", "code id", "code",
        "level", "can be chosen", "role", "help", "link")  # fmt: skip

Row = tuple[str | int | None, ...]


def rows(scheme: Scheme) -> Iterator[Row]:
    """The rows below HEAD; a level counts from 1, and a question itself has none."""
    for section in scheme.sections:
        for question in section.questions:
            start = (section.title, question.id)
            yield (
                *start, question.text, _kind(question, scheme),
                "yes" if question.required else "no",
                _asked_when(question, scheme), "", "", None, "", "", question.help, ""
            )  # fmt: skip
            yield from (
                (*start, question.text, "", "", "", option.id, option.label, level,
                 "yes" if option.selectable else "no", option.role.value if option.role else "",
                 option.help, option.link)
                for option, level in _levels(question.options)
            )  # fmt: skip


def _kind(question: Question, scheme: Scheme) -> str:
    """With what is said of a number, an arm or a finding, too."""
    limits = [
        f"{word} {limit:g}"
        for word, limit in (("from", question.minimum), ("to", question.maximum))
        if limit is not None
    ]
    each = "per judged finding" if scheme.judges_findings else "per arm"
    parts = [question.kind.value, question.unit, *limits, each * question.per_arm]
    return ", ".join(filter(None, [*parts, "of a finding" * (question.of.value == "finding")]))


def _asked_when(question: Question, scheme: Scheme) -> str:
    when = question.when
    if when is None:
        return ""
    earlier = scheme.question(when.question)
    asked = [earlier] if earlier else scheme.axis(when.axis) if when.axis else []
    labels = {option.id: option.label for each in asked for option in each.walk()}
    about = when.question or f"{when.axis} of the finding"
    return f"{about}: {'; '.join(labels.get(code, code) for code in when.any_of)}"


def _levels(options: Iterable[Option], level: int = 1) -> Iterator[tuple[Option, int]]:
    for option in options:
        yield option, level
        yield from _levels(option.options, level + 1)
