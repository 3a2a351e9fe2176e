"""The sections of a first scheme (first_scheme.py): questions that most reviews ask.

Designs, contrasts and streams are named so that they fit people and places, trials and rivers.
Context, carrying out and mechanism are told apart as in Moore and others (2015),
doi:10.1136/bmj.h1258.
"""

from collections.abc import Mapping
from dataclasses import replace

from evidence.coding.scheme import (
    Axis,
    Condition,
    Of,
    Option,
    OptionRole,
    Question,
    QuestionKind,
    Section,
)

IN_THE_NOTE = "Say which in the note."
PROCESS = "process-evaluation"
_PRIMARY, _REVIEW, _ONGOING = OptionRole.PRIMARY_STUDY, OptionRole.REVIEW, OptionRole.ONGOING


def in_words(question: Question) -> Question:
    """A question with options, asked in words as there are none."""
    return replace(question, kind=QuestionKind.TEXT, axis=None, options=())


def with_options(question: Question, kind: QuestionKind, options: tuple[Option, ...]) -> Question:
    """A question answered with these options."""
    return replace(question, kind=kind, options=options)


def kind_of_study(*, has_process: bool) -> Section:
    """Stream, design, and whether it is finished."""
    process = Option(
        id=PROCESS, label="Process evaluation", help="How it was carried out and experienced."
    )
    streams = (
        Option(id="outcome-evaluation", label="Outcome evaluation", help="Measures what changed."),
        *([process] if has_process else []),
        Option(id="views", label="Study of views", help="What people think, want or experience."),
        Option(id="description", label="Description", help="What there is, and how much of it."),
        Option(id="economic", label="Economic study", help="Costs, alone or with effects."),
        Option(id="review", label="Review of studies"),
        Option(id="policy", label="Policy or guidance"),
        Option(id="other-stream", label="Another kind", help=IN_THE_NOTE),
    )
    stream = Question(
        id="stream", text="What kind of study is it?", short="Stream",
        help="Tick two where a study is both.", kind=QuestionKind.MANY, required=True,
        options=streams)  # fmt: skip
    return Section(title="What kind of study", questions=(stream, _design(), _status()))


def _design() -> Question:
    options = (
        Option(id="randomised", label="Randomised trial or experiment", role=_PRIMARY,
               help="Groups or places were formed by chance."),
        Option(id="compared-not-randomised", label="Comparison, not randomised",
               role=_PRIMARY, help="With measurements before, or only after."),
        Option(id="before-after", label="Before and after, without comparison", role=_PRIMARY),
        Option(id="time-series", label="Time series", role=_PRIMARY),
        Option(id="cohort", label="Cohort", role=_PRIMARY),
        Option(id="one-time", label="Cross-sectional", role=_PRIMARY,
               help="Such as a survey or a comparison at one time."),
        Option(id="qualitative", label="Qualitative", role=_PRIMARY,
               help="Interviews, groups, observation or documents, analysed in words."),
        Option(id="mixed", label="Mixed methods", role=_PRIMARY),
        Option(id="case-study", label="Case study", role=_PRIMARY),
        Option(id="model", label="Model or simulation", role=_PRIMARY),
        Option(id="systematic-review", label="Systematic review", role=_REVIEW),
        Option(id="other-review", label="Other review", role=_REVIEW),
        Option(id="other-design", label="Another design", role=_PRIMARY, help=IN_THE_NOTE),
        Option(id="design-not-stated", label="Not stated"),
    )  # fmt: skip
    return Question(
        id="design", text="How was it done?", short="Study design",
        help="The design of the whole study; what a single result compares is another question.",
        kind=QuestionKind.ONE, required=True, options=options)  # fmt: skip


def _status() -> Question:
    options = (
        Option(id="finished", label="Finished, with results"),
        Option(id="ongoing", label="Ongoing", role=_ONGOING),
        Option(id="planned", label="Planned; only a protocol", role=_ONGOING),
        Option(id="status-not-stated", label="Not stated"),
    )
    return Question(
        id="status", text="Is it finished?", short="Finished or ongoing",
        help="Maps mark apart what has no results yet.", kind=QuestionKind.ONE,
        options=options)  # fmt: skip


def where(countries: Mapping[str, str]) -> Section:
    """Country, where it is asked for, and place.

    Args:
        countries: names by their three letters, which are ids by which maps are drawn.
    """
    listed = tuple(Option(id=code, label=name) for code, name in countries.items())
    country = Question(
        id="country", text="In which country?", short="Country", kind=QuestionKind.MANY,
        options=(
            *listed,
            Option(id="other-country", label="Another country", help=IN_THE_NOTE),
            Option(id="several-countries", label="Several countries that are not named"),
            Option(id="country-not-stated", label="Not stated"),
        ))  # fmt: skip
    place = Question(
        id="place", text="Where exactly?", short="Place",
        help="Region, town or site, and what kind of place it is.",
        kind=QuestionKind.TEXT)  # fmt: skip
    return Section(title="Where", questions=(*([country] if countries else []), place))


def what_was_studied(population: Question, counted: str) -> Section:
    """Who or what, how many, and how long."""
    size = Question(
        id="size", text="How many were studied?", short="Size",
        help=f"Count {counted} in the whole study; where it counts something else, too, say how "
        "many in the note.",
        kind=QuestionKind.NUMBER, unit=counted, minimum=0)  # fmt: skip
    length = Question(
        id="follow-up", text="How long were they followed?", short="Follow-up",
        help="To the last measurement.", kind=QuestionKind.NUMBER, unit="months",
        minimum=0)  # fmt: skip
    return Section(title="Who or what was studied", questions=(population, size, length))


def what_was_done(intervention: Question) -> Section:
    """Intervention and comparator."""
    options = (
        Option(id="usual", label="What is usual there"),
        Option(id="another-kind", label="Another kind of intervention"),
        Option(id="another-form", label="Another form of the same",
               help="Such as more of it, or less."),
        Option(id="waiting", label="The same, later"),
        Option(id="nothing-done", label="Nothing is done"),
        Option(id="before", label="The same before"),
        Option(id="reference", label="How it should be",
               help="Such as a standard, or a place that is left as it was."),
        Option(id="other-comparator", label="Something else", help=IN_THE_NOTE),
        Option(id="no-comparator", label="Nothing; it compares with nothing"),
    )  # fmt: skip
    comparator = Question(
        id="comparator", text="What is it compared with?", short="Comparator",
        kind=QuestionKind.MANY, options=options)  # fmt: skip
    return Section(title="What was done", questions=(intervention, comparator))


def outcomes(outcome: Question, *, has_findings: bool) -> Section:
    """Outcomes, and what the authors say of them where single results are not coded."""
    effect = Question(
        id="reported-effect", text="What do the authors say of effects overall?",
        short="Reported effect",
        help="Their statement, not your judgement. That no clear difference was found is no "
        "evidence that there is none.",
        kind=QuestionKind.ONE,
        options=(
            Option(id="effect-better", label="Better"),
            Option(id="effect-worse", label="Worse"),
            Option(id="effect-mixed", label="Mixed"),
            Option(id="effect-none", label="No evidence of an effect"),
            Option(id="effect-not-reported", label="Not reported"),
        ))  # fmt: skip
    return Section(title="Outcomes", questions=(outcome, *([] if has_findings else [effect])))


def how_it_works() -> Section:
    """Components, carrying out, context and mechanism; asked of process studies."""
    when = Condition(question="stream", any_of=(PROCESS,))
    delivery = Question(
        id="delivery", text="What does it say of how it was carried out?", short="Carrying out",
        kind=QuestionKind.MANY, when=when,
        options=(
            Option(id="reach", label="Whom or what it reached"),
            Option(id="dose", label="How much there was of it"),
            Option(id="fidelity", label="How closely it followed the plan"),
            Option(id="adaptation", label="What was changed on the way"),
            Option(id="skills", label="Skills and training of those who do it"),
            Option(id="cost-of-delivery", label="What it needs in time and money"),
        ))  # fmt: skip
    context = Question(
        id="context", text="Which features of context does it describe?", short="Context",
        kind=QuestionKind.MANY, when=when,
        options=(
            Option(id="context-people", label="People: wishes, skills, relations"),
            Option(id="context-organisation", label="Organisation and its leading"),
            Option(id="context-place", label="Place and surroundings"),
            Option(id="context-money", label="Money"),
            Option(id="context-rules", label="Policy and law"),
            Option(id="context-other", label="Another", help=IN_THE_NOTE),
        ))  # fmt: skip
    words = {
        "components": ("Which components does it describe?", "Components"),
        "mechanism": ("By which mechanism does change come about, as it says?", "Mechanism"),
        "differentiates": ("What sets what succeeds apart from what does not?", "What differs"),
        "hinders": ("What stands in the way, and what helps?", "Hindrances and help"),
    }
    asked = {
        name: Question(id=name, text=text, short=short, kind=QuestionKind.TEXT, when=when)
        for name, (text, short) in words.items()
    }
    return Section(
        title="How it works",
        help="Only for studies of how it works. What returns often can become codes later.",
        questions=(
            asked["components"], delivery, context, asked["mechanism"], asked["differentiates"],
            asked["hinders"],
        ),
    )  # fmt: skip


def findings() -> Section:
    """What is asked of each result."""
    contrast = Question(
        id="contrast", text="What is compared with what?", short="Type of contrast",
        help="Findings of different contrasts are never counted together.",
        kind=QuestionKind.ONE, of=Of.FINDING, axis=Axis.CONTRAST, required=True,
        options=(
            Option(id="allocated", label="Between groups that were formed for the study"),
            Option(id="existing-groups", label="Between groups or places as they are"),
            Option(id="before-and-after", label="Before and after, without a comparison",
                   role=OptionRole.ONE_GROUP),
            Option(id="more-or-less", label="More against less of it"),
            Option(id="other-contrast", label="Another comparison"),
        ))  # fmt: skip
    part = Question(
        id="part", text="Only for part of the study?", short="Part of the study",
        help="The site or subgroup, in a few words. Empty when all are meant.",
        kind=QuestionKind.TEXT, of=Of.FINDING)  # fmt: skip
    return Section(
        title="Findings",
        help="Asked of each finding, that is, of one outcome of one comparison.",
        questions=(contrast, part),
    )
