"""A first coding scheme, made from what people say of their topic.

It asks what all maps and reviews need: kind of study, design, place, who or what was studied,
interventions, comparators, outcomes; findings and how it works where that is wished. Nothing in it
belongs to one field. What was typed becomes labels as it is; ids are made of it once.
"""

from collections.abc import Collection, Iterator

from evidence.coding.first_scheme import sections
from evidence.coding.first_scheme.topic import Topic
from evidence.coding.first_scheme.typed_lists import NameGroup, TypedList
from evidence.coding.scheme import Axis, Judges, Option, Purpose, Question, QuestionKind, Scheme
from evidence.coding.scheme_parts import make_id, readable

VERSION = "1"
READABLE = 30  # so many rows or columns a map still shows well


def first_scheme(topic: Topic, taken: Collection[str] = ()) -> Scheme:
    """The scheme; it is read back as it will be stored.

    Args:
        topic: what it is about.
        taken: ids of schemes that are there already.
    """
    whole = (
        sections.kind_of_study(has_process=topic.has_process),
        sections.where(topic.countries),
        sections.what_was_studied(_populations(topic), topic.counted),
        sections.what_was_done(_interventions(topic)),
        sections.outcomes(_outcomes(topic), has_findings=topic.has_findings),
        *([sections.how_it_works()] if topic.has_process else []),
        *([sections.findings()] if topic.has_findings else []),
    )
    scheme = Scheme(
        id=make_id(topic.title, taken, "scheme"),
        title=topic.title,
        version=VERSION,
        purpose=Purpose.CODING,
        judges=Judges.STUDY,
        description=(
            f"A first scheme for studies on {topic.title}, made from what was typed of this topic "
            "and questions that most reviews ask. One coding describes one study, however many "
            "publications report it. Say in the help of each code when to choose it."
        ),
        sections=whole,
    )
    return readable(scheme)


def remarks(topic: Topic) -> tuple[str, ...]:
    """What to know of the lists before the scheme is used, in sentences."""
    return tuple(_remarks(topic))


def _remarks(topic: Topic) -> Iterator[str]:
    lists = {"interventions": topic.interventions, "outcomes": topic.outcomes,
             "populations": topic.populations}  # fmt: skip
    for what, typed in lists.items():
        if typed.repeated:
            named = ", ".join(f"“{name}”" for name in dict.fromkeys(typed.repeated))
            yield f"Among the {what} these stood twice and are taken once: {named}."
        if len(typed.groups) < READABLE < len(typed.names) and not _has_headings(typed):
            yield (
                f"{len(typed.names):,} {what} make a map that is hard to read; put them into "
                "groups, each under a line that ends with a colon."
            )
    for what, typed in lists.items():
        if not typed.names and what != "populations":
            yield f"There are no {what} yet, so the scheme asks for them in words only."


def _has_headings(typed: TypedList) -> bool:
    return any(group.title for group in typed.groups)


def _populations(topic: Topic) -> Question:
    return _listed(
        Question(
            id="population", text="Who or what is studied?", short="Population",
            kind=QuestionKind.MANY),
        topic.populations,
        Option(id="other-population", label="Others", help=sections.IN_THE_NOTE),
    )  # fmt: skip


def _interventions(topic: Topic) -> Question:
    return _listed(
        Question(
            id="intervention", text="What is done?", short="Intervention",
            help="Tick every kind that the study is about; a comparison belongs below.",
            kind=QuestionKind.MANY,
            axis=Axis.INTERVENTION if topic.has_findings else None),
        topic.interventions,
        Option(id="other-intervention", label="Another kind", help=sections.IN_THE_NOTE),
    )  # fmt: skip


def _outcomes(topic: Topic) -> Question:
    return _listed(
        Question(
            id="outcome", text="Which outcomes are measured?", short="Outcome",
            help="Tick what was measured, whatever the result.",
            kind=QuestionKind.MANY, axis=Axis.OUTCOME if topic.has_findings else None),
        topic.outcomes,
        Option(id="other-outcome", label="Another outcome", help=sections.IN_THE_NOTE),
    )  # fmt: skip


def _listed(question: Question, typed: TypedList, other: Option) -> Question:
    """The question with what was typed as its options, groups as headings; in words without any."""
    if not typed.names:
        return sections.in_words(question)
    taken = {other.id}
    options: list[Option] = []
    for group in typed.groups:
        options += _of_group(group, taken)
    kind = QuestionKind.TREE if _has_headings(typed) else question.kind
    return sections.with_options(question, kind, (*options, other))


def _of_group(group: NameGroup, taken: set[str]) -> Iterator[Option]:
    heading = _option(group.title, taken) if group.title else None
    below = tuple(_option(name, taken) for name in group.names)
    if heading is None:
        yield from below
    else:
        yield Option(id=heading.id, label=heading.label, selectable=False, options=below)


def _option(label: str, taken: set[str]) -> Option:
    option_id = make_id(label, taken, "option")
    taken.add(option_id)
    return Option(id=option_id, label=label)
