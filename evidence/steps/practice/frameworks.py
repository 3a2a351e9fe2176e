"""The commissioning framework by which a review looks at services: the shipped one, or its own."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.errors import Invalid
from evidence.settings import ROOT
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.store import Connection, Role
from evidence.store.area_versions import NOTHING
from evidence.store.practice import practice_settings
from evidence.store.practice.practice_settings import FRAMEWORK
from evidence.synthesis.practice import framework_file
from evidence.synthesis.practice.answer_file import read_answer_file
from evidence.synthesis.practice.framework import Framework
from evidence.synthesis.practice.framework_file import HEAD, as_rows, read_framework_table
from evidence.synthesis.practice.read_framework import read_framework

FILE = ROOT / "data" / "frameworks" / "commissioning-2006.yaml"
ENDINGS = ("yaml", "yml", "csv", "tsv", "txt", "xlsx")
LONGEST_FILE = 2_000_000  # bytes
MOST_SERVICES = 200
AREAS = NOTHING  # services are looked at each time
MEANWHILE = (
    "Somebody else changed the framework meanwhile, so nothing was kept. Reload the page to see "
    "it, then try again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkChange:
    """Which framework somebody chose.

    Attributes:
        title: of the framework.
        is_shipped: it is the one that comes with the program.
    """

    person: str
    at: datetime
    title: str
    is_shipped: bool


@cache
def shipped() -> Framework:
    """The framework that comes with the program."""
    return read_framework(FILE.read_text("utf-8"), FILE.name)


def current(desk: Desk) -> Framework:
    """The framework by which the review looks at services."""
    with desk.reading() as c:
        return _current(c, desk.review_id)


def history(desk: Desk) -> list[FrameworkChange]:
    """Which frameworks the review chose, newest first; empty where nobody chose any."""
    with desk.reading() as c:
        states = practice_settings.history(c, desk.review_id, FRAMEWORK)
    return [
        FrameworkChange(
            person=state.person,
            at=state.at,
            title=_of_text(str(state.content.get("yaml", ""))).title,
            is_shipped=not state.content.get("yaml"),
        )
        for state in states
    ]


def read_file(data: bytes, file: str) -> Framework:
    """The framework of a file: YAML, or a table (CSV, Excel) as `as_csv` gives it.

    Raises:
        Invalid: with all faults, each with file and line.
    """
    if len(data) > LONGEST_FILE:
        raise Invalid(f"{file} has more than {LONGEST_FILE:,} bytes.")
    if file.casefold().endswith((".yaml", ".yml")):
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Invalid(f"{file} is not written in UTF-8; save it so.") from None
        found = read_framework(text, file)
    else:
        found = read_framework_table(read_answer_file(data, file))
    if len(found.services) > MOST_SERVICES:
        raise Invalid(f"{file} has {len(found.services):,} kinds; up to {MOST_SERVICES} are taken.")
    return found


def unknown_answers(desk: Desk, framework: Framework) -> list[str]:
    """Ids by which a framework reads forms that no scheme about services of the review has."""
    asking = [taken.scheme for taken in schemes.of_services(desk)]
    asked = [question for scheme in asking for question in scheme.questions]
    there = [option for question in asked for option in question.walk()]
    options = {each for option in there for each in (option.id, *option.replaces)}
    unknown = sorted(each for each in framework.answers if each not in options)
    unknown += sorted(framework.numbers_asked - {question.id for question in asked})
    has_kind = any(question.id == framework.asked.kind for question in asked)
    return unknown if has_kind else [framework.asked.kind, *unknown]


def change(desk: Desk, framework: Framework, before: Framework) -> None:
    """Look at services by this framework from now on.

    Args:
        desk: of an editor.
        framework: of a file, or the shipped one.
        before: that which the person saw when they began.

    Raises:
        Invalid: somebody else changed it meanwhile.
    """
    with desk.writing(Role.EDITOR, areas=AREAS) as w:
        now = _current(w.connection, desk.review_id)
        if now == framework:
            return
        if now != before:
            raise Invalid(MEANWHILE)
        text = "" if framework == shipped() else framework_file.as_yaml(framework)
        practice_settings.put(w, FRAMEWORK, {"yaml": text}, framework.title)


def as_yaml(framework: Framework) -> bytes:
    """A framework as a file that `read_file` takes again."""
    return framework_file.as_yaml(framework).encode()


def as_csv(framework: Framework) -> bytes:
    """A framework as a table that `read_file` takes again; no cell can run as a formula."""
    return b"".join(csv_pieces(HEAD, as_rows(framework)))


def _current(connection: Connection, review_id: int) -> Framework:
    kept = practice_settings.current(connection, review_id, FRAMEWORK)
    return _of_text(str(kept.get("yaml", "")))


@lru_cache(maxsize=16)
def _of_text(text: str) -> Framework:
    return read_framework(text, "framework.yaml") if text else shipped()
