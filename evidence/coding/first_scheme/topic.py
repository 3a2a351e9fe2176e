"""What somebody says of their topic, from which a first scheme is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence.coding.first_scheme.typed_lists import TypedList, plain_words, read_list
from evidence.coding.yaml_reader import MAX_LABEL
from evidence.errors import Invalid

PEOPLE = "people"  # what most studies count
NO_TOPIC = "Say what the topic is; it becomes the title of the scheme."
LISTS = ("interventions", "outcomes", "populations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a first scheme is made from.

    Attributes:
        title: the topic, in a few words.
        interventions: kinds of what is done; where there are none, the scheme does not ask.
        outcomes: what may change, in groups or not.
        populations: who or what is studied.
        countries: names by their three small letters; empty where it does not ask for countries.
        counted: what the size of a study counts: people, schools, sites.
        has_findings: whether single results are coded.
        has_process: whether studies of how something works are expected.
    """

    title: str
    interventions: TypedList = field(default_factory=TypedList)
    outcomes: TypedList = field(default_factory=TypedList)
    populations: TypedList = field(default_factory=TypedList)
    countries: Mapping[str, str] = field(default_factory=dict)
    counted: str = PEOPLE
    has_findings: bool = True
    has_process: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTopic:
    """A topic as it was typed, with a name on each line of a list."""

    title: str
    interventions: str = ""
    outcomes: str = ""
    populations: str = ""
    countries: Mapping[str, str] = field(default_factory=dict)
    counted: str = PEOPLE
    has_findings: bool = True
    has_process: bool = False


def read_topic(typed: TypedTopic) -> Topic:
    """The topic that somebody typed.

    Raises:
        Invalid: with all that cannot be, each in a sentence.
    """
    faults: list[str] = []
    lists: dict[str, TypedList] = {}
    for name in LISTS:
        try:
            lists[name] = read_list(getattr(typed, name), name)
        except Invalid as error:
            faults.append(str(error))
    title, counted = plain_words(typed.title), plain_words(typed.counted)
    if not title:
        faults.insert(0, NO_TOPIC)
    for what, words in (("topic", title), ("word for what studies count", counted)):
        if len(words) > MAX_LABEL:
            faults.append(
                f"The {what} has {len(words):,} characters; it can have {MAX_LABEL}, so shorten it."
            )
    if faults:
        raise Invalid(" ".join(faults))
    return Topic(
        title=title, countries=typed.countries, counted=counted or PEOPLE,
        has_findings=typed.has_findings, has_process=typed.has_process, **lists)  # fmt: skip
