"""What older versions of a scheme asked is still called by its last name."""

from dataclasses import replace

from evidence.coding.retired_words import RetiredWords, retired_words
from evidence.coding.scheme import Judges, Option, Purpose, Question, QuestionKind, Scheme, Section


def scheme(version: str, *questions: Question) -> Scheme:
    return Scheme(
        id="small", title="Small", version=version, purpose=Purpose.CODING, judges=Judges.STUDY,
        sections=(Section(title="All", questions=questions),),
    )  # fmt: skip


def asks(question: str, text: str, **labels: str) -> Question:
    options = tuple(Option(id=code, label=label) for code, label in labels.items())
    return Question(id=question, text=text, kind=QuestionKind.MANY, options=options)


def test_what_is_not_asked_any_more_has_the_words_of_the_newest_version_that_had_it() -> None:
    first = scheme(
        "1", asks("work", "Work?", paid="Job", old="Old"), asks("site", "Site?", here="Here")
    )
    second = scheme(
        "2",
        asks("work", "What work?", paid="Paid job", new="New"),
        asks("site", "Where?", here="H"),
    )
    merged = replace(second.questions[0].options[1], replaces=("paid",))
    now = scheme("3", replace(second.questions[0], options=(merged,), text="Work now?"))
    assert retired_words(now, [second, first]) == (
        RetiredWords(question="work", text="What work?", labels={"paid": "Paid job", "old": "Old"}),
        RetiredWords(question="site", text="Where?", labels={"here": "H"}),
    )
    assert retired_words(second, [first])[0].labels == {"old": "Old"}
    assert retired_words(first, []) == ()
