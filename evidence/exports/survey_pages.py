"""The pages on which people answer a questionnaire about their service, without an account.

All is plain HTML, in large type, for people who are no researchers, on a telephone, too. A page is
a section of the scheme; each is saved when it is left. Every text comes from outside and is
escaped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence.coding.answers import Answer
from evidence.coding.scheme import Option, Question, QuestionKind
from evidence.exports.markup import isolated, text
from evidence.exports.public_page import page, told_band, wrong_band

LONGEST_TEXT = 10_000
QUESTION, NOTE = "q-", "note-"
"""What stands before the id of a question in the names of fields."""
COME_BACK = (
    "You can stop at any time and come back later under the address that you see then. Nobody "
    "reads your answers before you send them."
)
KEEP_IT = "You can come back to this address until you send your answers; keep it to yourself."
LOOK_AT = "Please look at what is marked below. Everything else on this page is saved."
STARRED = '<p class="hint">What has a * must be answered.</p>'
NOTHING_ASKED = "Nothing is asked here after your answers."


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """A page of the form, as it stands.

    Attributes:
        title: of the questionnaire.
        heading, help: of the section.
        number, total: which page it is, from 1.
        questions: that are asked on it.
        answers: by the id of the question, as typed.
        service, area, filled_by: who answers; asked on the first page.
        faults: by the id of the question, or "service"; each a sentence.
        told: a sentence above everything; empty for none.
    """

    title: str
    heading: str
    help: str
    number: int
    total: int
    questions: Sequence[Question]
    answers: Mapping[str, Answer]
    service: str = ""
    area: str = ""
    filled_by: str = ""
    faults: Mapping[str, str]
    told: str = ""


def _large(title: str, parts: Iterable[str]) -> bytes:
    """A page that is all in large type."""
    return page(title, ('<div class="survey">', *parts, "</div>"))


def consent_page(title: str, consent: str, told: str = "") -> bytes:
    """The first page: who asks and what for; who agrees begins."""
    return _large(
        title,
        (
            f'<h1 dir="auto">{text(title)}</h1>',
            wrong_band(told),
            _lines(consent),
            f"<p>{COME_BACK}</p>",
            '<form method="post" action="./"><button type="submit">I agree: begin</button></form>',
        ),
    )


def question_page(shown: QuestionPage) -> bytes:
    """A page with questions."""
    band = told_band(shown.told) + wrong_band(LOOK_AT if shown.faults else "")
    is_first, is_last = shown.number == 1, shown.number == shown.total
    buttons = "" if is_first else '<button name="act" value="back">Back</button>'
    buttons += (
        '<button class="main" name="act" value="send">Save and look it over</button>'
        if is_last
        else '<button class="main" name="act" value="next">Save and go on</button>'
    )
    return _large(
        shown.title,
        (
            f'<p class="soft" dir="auto">{text(shown.title)}</p>',
            f"<h1>{isolated(shown.heading)}</h1>",
            f'<p class="soft">Page {shown.number} of {shown.total}</p>',
            band,
            f'<p dir="auto">{text(shown.help)}</p>' if shown.help else "",
            f'<form method="post" action="{shown.number}">',
            STARRED if is_first or any(each.required for each in shown.questions) else "",
            _who(shown) if is_first else "",
            "".join(_question(each, shown) for each in shown.questions),
            "" if shown.questions or is_first else f"<p>{NOTHING_ASKED}</p>",
            f'<div class="acts">{buttons}</div></form>',
            f'<p class="soft">{KEEP_IT}</p>',
        ),
    )


def check_page(
    title: str, answered: Iterable[tuple[str, str]], missing: Sequence[tuple[int, str]], last: int
) -> bytes:
    """The page on which a respondent looks over what they answered, before they send it.

    Args:
        title: of the questionnaire.
        answered: question and answer, in words.
        missing: the page and the words of each question that must still be answered.
        last: the number of the last page, to go back to.
    """
    if missing:
        links = "".join(
            f'<li><a href="{number}">{text(question)}</a></li>' for number, question in missing
        )
        way = f"{wrong_band('Please answer first:')}<ul>{links}</ul>"
    else:
        way = (
            '<form method="post" action="check"><p>Once sent, your answers cannot '
            'be changed.</p><button class="main" type="submit">Send my answers</button></form>'
        )
    return _large(
        title,
        (
            f'<p class="soft" dir="auto">{text(title)}</p>',
            "<h1>Look it over</h1>",
            way,
            _answers(answered),
            f'<p><a href="{last}">Back to the questions</a></p>',
        ),
    )


def sent_page(title: str, answered: Iterable[tuple[str, str]]) -> bytes:
    """The page after it was sent, with what was sent."""
    return _large(
        title,
        (
            f'<p class="soft" dir="auto">{text(title)}</p>',
            "<h1>Thank you</h1>",
            told_band("Your answers were sent."),
            _answers(answered),
        ),
    )


def _answers(answered: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f'<dt dir="auto">{text(question)}</dt><dd dir="auto">{text(answer)}</dd>'
        for question, answer in answered
    )
    return f'<dl class="answers">{rows}</dl>' if rows else ""


def in_words(question: Question, answer: Answer) -> str:
    """An answer as a person reads it."""
    said = "; ".join(question.label(code) for code in answer.codes) or answer.value
    return f"{said} ({answer.note})" if answer.note and said else said or answer.note


def _who(shown: QuestionPage) -> str:
    fields = (
        ("service", "What is the name of your service? *", shown.service, "organization"),
        ("area", "In which area does it work?", shown.area, "off"),
        ("filled_by", "What is your part in it? You need not give your name.", shown.filled_by,
         "off"),
    )  # fmt: skip
    return "".join(
        f'<div class="question">{_fault(shown.faults.get(name, ""), name)}'
        f'<label for="{name}">{words}</label><input id="{name}" name="{name}" '
        f'autocomplete="{complete}" value="{text(value)}"'
        f"{_described(shown, name)}></div>"
        for name, words, value, complete in fields
    )


def _question(question: Question, shown: QuestionPage) -> str:
    answer = shown.answers.get(question.id, Answer(question=question.id))
    fault = _fault(shown.faults.get(question.id, ""), question.id)
    words = f"{text(question.text)}{' *' if question.required else ''}"
    hint = f'<p class="hint" dir="auto">{text(question.help)}</p>' if question.help else ""
    if question.options:
        fields = _choices(question, answer)
        note = _note(question, answer)
        return (
            f'<fieldset class="question" id="{QUESTION}{text(question.id)}"><legend dir="auto">'
            f"{words}</legend>{fault}{hint}{fields}{note}</fieldset>"
        )
    return (
        f'<div class="question">{fault}<label dir="auto" for="{QUESTION}{text(question.id)}">'
        f"{words}{_unit(question)}</label>{hint}{_field(question, answer, shown)}"
        f"{_note(question, answer) if question.kind is QuestionKind.NUMBER else ''}</div>"
    )


def _unit(question: Question) -> str:
    return f' <span class="hint">({text(question.unit)})</span>' if question.unit else ""


def _choices(question: Question, answer: Answer) -> str:
    several = question.kind in (QuestionKind.MANY, QuestionKind.TREE)
    return "".join(_choice(question, each, answer, several=several) for each in question.walk())


def _choice(question: Question, option: Option, answer: Answer, *, several: bool) -> str:
    words = f'<span dir="auto">{text(option.label)}</span>'
    if option.help:
        words += f'<span class="hint" dir="auto">{text(option.help)}</span>'
    if not option.selectable:
        return f'<p class="group">{words}</p>'
    kind = "checkbox" if several else "radio"
    checked = " checked" if option.id in answer.codes else ""
    return (
        f'<label class="choice"><input type="{kind}" name="{QUESTION}{text(question.id)}" '
        f'value="{text(option.id)}"{checked}> <span>{words}</span></label>'
    )


def _note(question: Question, answer: Answer) -> str:
    name = f"{NOTE}{text(question.id)}"
    return (
        f'<label class="more" for="{name}">Anything to add? (note)</label>'
        f'<input id="{name}" name="{name}" autocomplete="off" '
        f'value="{text(answer.note)}">'
    )


def _field(question: Question, answer: Answer, shown: QuestionPage) -> str:
    name = f"{QUESTION}{text(question.id)}"
    described = _described(shown, question.id)
    if question.kind is QuestionKind.TEXT:
        return (
            f'<p class="hint">Up to {LONGEST_TEXT:,} characters.</p>'
            f'<textarea id="{name}" name="{name}"{described}>\n'
            f"{text(answer.value)}</textarea>"
        )
    mode = ' inputmode="decimal"' if question.kind is QuestionKind.NUMBER else ""
    return (
        f'<input id="{name}" name="{name}" maxlength="40" autocomplete="off"{mode} '
        f'value="{text(answer.value)}"{described}>'
    )


def _fault(sentence: str, question_id: str) -> str:
    if not sentence:
        return ""
    return f'<p class="fault" id="fault-{text(question_id)}">{text(sentence)}</p>'


def _described(shown: QuestionPage, question_id: str) -> str:
    if question_id not in shown.faults:
        return ""
    return f' aria-invalid="true" aria-describedby="fault-{text(question_id)}"'


def _lines(words: str) -> str:
    lines = (line.strip() for line in words.splitlines())
    return "".join(f'<p dir="auto">{text(line)}</p>' for line in lines if line)
