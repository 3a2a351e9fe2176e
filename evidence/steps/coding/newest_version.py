"""Whether what a page sends still fits the newest version of its scheme.

A tab may have an older version, which asked for many where the newest asks for one.
"""

from collections.abc import Collection

from evidence.coding.scheme import Of, Option, Question, Scheme
from evidence.steps.coding.sent_fields import CHOSEN, NOTE, ONE_OF, VALUE, asked_in
from evidence.store.coding.coding_edits import CHOICE, Edit, Place

_LONGEST = 80  # of a question in a sentence
_BEGINNING = "The newest version of the scheme"
_END = " Reload the page to see what it asks."


def misfit(newest: Scheme, place: Place, edit: Edit, chosen: Collection[str]) -> str:
    """Why an edit of an answer does not fit; "" where it does, or takes something back.

    Args:
        newest: version of the scheme.
        place: of the answer.
        edit: of one field.
        chosen: the codes that are ticked for the question, and the arm, now.
    """
    if not edit.after:
        return ""
    question = newest.question(place.question)
    if question is None or question.of is Of.FINDING:
        return f"{_BEGINNING} does not ask this of the study any more.{_END}"
    why = _why(question, place, edit, chosen)
    return f"{why}{_END}" if why else ""


def misfit_of_finding(newest: Scheme, edit: Edit) -> str:
    """Why an edit of a finding does not fit; "" where it does, or takes something back."""
    asked = asked_in(edit.field)
    question = newest.question(asked) if asked else None
    if not (edit.after and asked) or (question is not None and question.of is Of.FINDING):
        return ""
    return f"{_BEGINNING} does not ask this of findings any more.{_END}"


def _why(question: Question, place: Place, edit: Edit, chosen: Collection[str]) -> str:
    name = f"“{_clipped(question.text)}”"
    if place.arm and not question.per_arm and edit.field != NOTE:
        return f"{_BEGINNING} asks {name} of the whole study, not of each arm."
    code = edit.after if edit.field == CHOICE else place.code
    now = question.code_now(code)
    if code and question.options and (lost := _lost(question.option(now))):
        return f"{_BEGINNING} {lost} under {name}."
    if edit.field in {CHOSEN, CHOICE} and not question.options:
        return f"{_BEGINNING} has no codes to choose under {name}."
    if edit.field == VALUE and question.options:
        return f"{_BEGINNING} has codes to choose under {name}."
    others = [other for other in chosen if question.code_now(other) != now]
    if edit.field == CHOSEN and question.kind in ONE_OF and others:
        label = _clipped(question.label(question.code_now(others[0])))
        return f"{_BEGINNING} takes one answer to {name}, and “{label}” is chosen."
    return ""


def _lost(option: Option | None) -> str:
    if option is None:
        return "does not have this code any more"
    return "" if option.selectable else f"has “{_clipped(option.label)}” as a heading only"


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
