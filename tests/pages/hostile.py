"""A review in which every text that comes from people or files is hostile."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Table, select, update
from streamlit.testing.v1 import AppTest

from evidence.coding.answers import Answer
from evidence.screening.stopping_rules import STOPPING_RULES, StoppingSettings
from evidence.screening.verdicts import Stage
from evidence.steps.coding import coders, coding, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.example import READER
from evidence.steps.practice import (
    claims,
    frameworks,
    principles,
    ratings,
    service_forms,
    services,
    sufficiency,
)
from evidence.steps.results.concluding import conclusions
from evidence.steps.results.publishing import publish, reader_comments
from evidence.steps.results.publishing.publish import PublicChoice
from evidence.steps.results.publishing.reader_comments import SentComment
from evidence.steps.results.theming import themes
from evidence.steps.review import reasons
from evidence.steps.screening import decision_files, stopping
from evidence.store import Store, schema
from evidence.synthesis.claims.claim import Claim, ClaimJudgement, ClaimVerdict, NamedWork
from evidence.synthesis.claims.figures import Figure
from evidence.synthesis.conclusions.conclusion import Conclusion, Support, SupportKind
from evidence.synthesis.practice.framework import PRODUCTS, ROWS
from evidence.synthesis.practice.rating import Aspect, Grade, ProvisionRating, RatedThing
from evidence.synthesis.practice.service import Service
from evidence.synthesis.practice.service_form import ServiceForm
from evidence.synthesis.practice.sufficiency import AreaBase, AreaNumber, usual_rule
from evidence.synthesis.principles.links import LinkKind, PrincipleLink
from evidence.synthesis.principles.principle_set import (
    Principle,
    PrincipleName,
    PrincipleSet,
    PrincipleVersion,
)
from evidence.synthesis.themes.theme_tree import Theme, ThemeLevel
from tests.steps.prepared import SETTINGS, Who, bring_in, prepared_database, ris

SIGNS = (
    "[x](http://evil.example)", "http://evil.example/p", "www.evil.example", "a@evil.example",
    ":red[boo]", ":smile:", ":material/home:", ":streamlit:", "$x$", "**b**", "`c`",
    "<img src=x onerror=window.hacked=1>", "&lt;", "a -> b", "-- c",
)  # fmt: skip
TEXT = "# head " + " ".join(SIGNS)
# What no Markdown may hold: a sign as it is, without a backslash before it.
RAW = re.compile("|".join(rf"(?<!\\){re.escape(sign)}" for sign in SIGNS))

# What people or files say, by table; the rest are codes, numbers and what the program says.
SAID = {
    "person": ["name"],
    "review": ["title", "question", "criteria"],
    "reason": ["label"],
    "source": ["name", "database", "platform", "date_searched", "search_string", "notes"],
    "imported_file": ["name"],
    "problem": ["detail"],
    "work": ["title", "journal", "journal_short", "volume", "issue", "pages", "abstract",
             "language", "publisher", "place", "authors", "keywords", "notes"],
    "record": ["title", "journal", "journal_short", "volume", "issue", "pages", "abstract",
               "language", "publisher", "place", "authors", "keywords", "notes"],
    "field_edit": ["value", "note"],
    "label": ["name"],
    "pair_verdict": ["note"],
    "pilot": ["name"],
    "coding_pilot": ["name"],
    "document": ["name"],
    "retrieval": ["note"],
    "decision": ["note"],
    "decision_file": ["name", "tool"],
    "brought_decision": ["name", "reasons", "note", "labels", "tool", "decided_at"],
    "study": ["label"],
    "answer": ["note"],
    "finding": ["fields"],
    "arm": ["label", "people"],
    "time_point": ["label"],
    "quotation": ["exact", "prefix", "suffix"],
}  # fmt: skip
REASON = "Not adults who use mental health services"  # the first of the example review
WORK, DOI = "A work that people have still to judge", "10.1234/invented"
SHIPPED = {path.stem: path for path in Path(SETTINGS.schemes).glob("*.yaml")}
HOSTILE_ANSWERS: dict[str, list[tuple[tuple[Answer, ...], str]]] = {
    "supported-employment-fidelity-25": [
        ((Answer(question="fidelity-01", codes=("score-2",), note=TEXT),), TEXT[:40]),
        ((Answer(question="fidelity-02", codes=("cannot-rate",), note=TEXT),), "2026-Q1"),
    ],
    "vocational-monitoring": [
        ((Answer(question="clients", value="1.5"), Answer(question="remarks", value=TEXT)), "2026"),
        ((Answer(question="clients", value="12"), Answer(question="remarks", value=TEXT)),
         "2026-Q1"),
    ],
    "vocational-services": [((), TEXT[:40])],
}  # fmt: skip
SCHEME_WORDS = {"title", "short", "text", "label", "help", "description", "unit", "version"}


def make(path: Path) -> None:
    """Make a database with the review."""
    database, prepared = prepared_database()
    path.write_bytes(database)
    store = Store.open(f"sqlite:///{path}")
    rule = STOPPING_RULES[0].code
    stopping.choose_rule(prepared.desk(store), prepared.evaluation, rule, StoppingSettings(), "why")
    bring_in(prepared.desk(store), "doi.ris", ris(WORK, DO=DOI))
    _bring_decisions(prepared.by(Who.EDITOR).desk(store), READER)  # they wait for the reader
    _bring_decisions(prepared.desk(store), None)  # the reader is to say whose they are
    editor = prepared.by(Who.EDITOR).desk(store)
    coders.change(editor, prepared.scheme_id, 100, before=0)
    coders.change(editor, prepared.scheme_id, 0, before=100)
    with store.writing_outside() as c:
        c.exec_driver_sql("UPDATE event SET subject = ?", (TEXT,))
        for name, columns in SAID.items():
            table = schema.metadata.tables[name]
            for row in c.execute(select(table)).mappings().all():
                if row.get("name") == READER:  # under whose name the tests look
                    continue
                values = {column: _hostile(row[column]) for column in columns}
                c.execute(update(table).where(_same(table, row)).values(**values))
    desk = prepared.desk(store)
    reasons.rename(desk, reasons.listing(desk)[0].id, f"{TEXT} renamed")
    offer, *_ = schemes.files(SETTINGS)
    scheme = _scheme(yaml.load(offer.yaml, yaml.BaseLoader))  # noqa: S506 - makes only texts
    with store.writing_outside() as c:
        c.execute(update(schema.scheme_version).values(yaml=yaml.safe_dump(scheme)))
    assert schemes.of_results(desk) is not None
    _appraise(desk)
    _conclude(desk)
    _claim(desk)
    _practise(desk)
    _publish(desk)
    store.close()


def _publish(desk: Desk) -> None:
    """A publication on which somebody hostile commented."""
    page = publish.publish(desk, PublicChoice(title=TEXT, map=False)).publication
    sent = SentComment(about="page", name=TEXT[:100], comment=f"{TEXT}\n{TEXT}")
    reader_comments.send(desk.store, page.token, sent, "192.0.2.1")


def _appraise(desk: Desk) -> None:
    """A study that is judged with a hostile scheme."""
    (path,) = Path(SETTINGS.schemes).glob("weight-of-evidence.yaml")
    weight = _scheme(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))  # noqa: S506
    scheme_id = schemes.add(desk, yaml.safe_dump(weight | {"id": "weight"}), path.name)
    study_id = studies.listing(desk)[0].id
    for letter in "abcd":
        answer = Answer(question=f"weight-{letter}", codes=("low",), note=TEXT)
        coding.set_answer(desk, study_id, answer, scheme_id)
    coding.complete(desk, study_id, scheme_id)


def _conclude(desk: Desk) -> None:
    """A code and a statement in hostile words, on a study and on practice in such words."""
    code = Theme(uid=themes.new_uid(), level=ThemeLevel.CODE, name=TEXT[:200], note=TEXT)
    themes.add(desk, code)
    themes.place(desk, code.uid, list(themes.board(desk).pieces)[:20])
    study = Support(kind=SupportKind.STUDY, ids=(str(studies.listing(desk)[0].id),))
    practice = Support(kind=SupportKind.PRACTICE, ids=(TEXT[:400],))
    said = Conclusion(
        uid=conclusions.new_uid(), text=TEXT, audience=TEXT[:100], supports=(study, practice)
    )
    conclusions.add(desk, said)


def _claim(desk: Desk) -> None:
    """Two claims on one work that conflict, and principles, all in hostile words."""
    work = studies.listing(desk)[0].reports[0].work_id
    for value in ("55", "61"):
        figure = Figure(measure=TEXT[:200], value=value, group=TEXT[:200], base=TEXT[:200])
        stated = Claim(
            uid=claims.new_uid(), text=TEXT, figures=(figure,), population=TEXT, comparator=TEXT,
            source=TEXT, place=TEXT, cited=NamedWork(work=work, citation=TEXT),
        )  # fmt: skip
        claims.add(desk, stated)
        said = ClaimJudgement(verdict=ClaimVerdict.PARTLY, reason=TEXT)
        claims.judge(desk, stated, said, ClaimJudgement())
    for line in principles.listing(desk):
        principles.remove(desk, line.principles)
    version = PrincipleVersion(
        name=TEXT[:20].replace("/", ""),
        source=TEXT[:290],
        grades=(TEXT[:200],),
        principles=(Principle(number="1", text=TEXT, grade=TEXT[:200]),),
    )
    given = PrincipleSet(uid=principles.new_uid(), title=TEXT[:290], versions=(version,))
    principles.add(desk, given)
    name = PrincipleName(version=version.name, number="1")
    study = (str(studies.listing(desk)[0].id),)
    said_uid = conclusions.ledger(desk)[-1].conclusion.uid
    links = [
        PrincipleLink(principle=name, kind=LinkKind.STUDY, ids=study, note=TEXT),
        PrincipleLink(principle=name, kind=LinkKind.STATEMENT, ids=(said_uid,), note=TEXT),
    ]
    principles.link(desk, given.uid, links, ())


TYPED = ("measure", "time", "quotation", "note")  # fields of a finding that take any text


def _bring_decisions(desk: Desk, name: str | None) -> None:
    """A file with everything that a decision of a file can have, under this name."""
    said = " | ".join([
        'RAYYAN-INCLUSION: {"somebody"=>"Excluded"}', f"RAYYAN-EXCLUSION-REASONS: {REASON}",
        "RAYYAN-LABELS: pilot", 'USER-NOTES: {"somebody"=>["A note"]}',
    ])  # fmt: skip
    preview = decision_files.preview(desk, "rayyan.ris", ris(WORK, DO=DOI, N1=said))
    decision_files.bring(desk, preview, {"somebody": name}, stage=Stage.TITLE_ABSTRACT)


def uploaded_decisions() -> bytes:
    """A hostile file: about no work of the review, and about one, with a reason that the review
    lacks and one in words from before it was renamed.
    """
    said = f'RAYYAN-INCLUSION: {{"{TEXT}"=>"Excluded"}} | RAYYAN-EXCLUSION-REASONS: '
    reasons_said = f"{said}{TEXT} {REASON}, {TEXT} new"
    return ris(TEXT, N1=reasons_said) + ris(WORK, DO=DOI, N1=reasons_said)


def _practise(desk: Desk) -> None:
    """Services in hostile words, one of them gone, assessed and reporting by hostile schemes."""
    north, gone = (
        Service(uid=services.new_uid(), name=f"{n} {TEXT}"[:200], area=TEXT[:200], note=TEXT)
        for n in range(2)
    )
    services.add(desk, north, gone)
    services.remove(desk, services.listing(desk)[gone.uid])
    for name in (
        "supported-employment-fidelity-25",
        "vocational-monitoring",
        "vocational-services",
    ):
        given = _scheme(yaml.load(SHIPPED[name].read_text("utf-8"), yaml.BaseLoader))  # noqa: S506
        for question in (q for section in given["sections"] for q in section["questions"]):
            for option in question.get("options", ()):
                if option["id"].startswith("score-"):  # scores stay numbers, or it is no scale
                    option["label"] = option["id"].removeprefix("score-")
        scheme_id = schemes.add(desk, yaml.safe_dump(given), f"{name}.yaml")
        for answer, when in HOSTILE_ANSWERS.get(name, ()):
            form = ServiceForm(
                uid=services.new_uid(), service=north.uid, scheme_id=scheme_id, occasion=when,
                filled_by=TEXT[:200], answers=answer, is_complete=False,
            )  # fmt: skip
            service_forms.save(desk, form)
    _settle(desk, north)


def _settle(desk: Desk, service: Service) -> None:
    """A framework, a rule and ratings in hostile words; a form names a kind, so that all shows."""
    shipped = frameworks.shipped()
    firm = replace(
        shipped.services[3], name=TEXT[:200], rows=dict.fromkeys(ROWS, (TEXT[:200],) * 2)
    )
    parties = tuple(
        replace(each, name=f"{n} {TEXT}"[:200], products=dict.fromkeys(PRODUCTS, (TEXT[:200],)))
        for n, each in enumerate(shipped.parties)
    )
    own = replace(
        shipped,
        title=TEXT[:200],
        source=TEXT[:200],
        services=(firm, *shipped.services[:2]),
        agreements=(TEXT[:200],),
        parties=parties,
    )
    frameworks.change(desk, own, shipped)
    asking = schemes.of_services(desk)
    scheme_id = next(e.id for e in asking if e.scheme.question(own.asked.kind) is not None)
    form = ServiceForm(
        uid=services.new_uid(), service=service.uid, scheme_id=scheme_id, is_complete=True,
        answers=(Answer(question=own.asked.kind, codes=(firm.kind,)),),
    )  # fmt: skip
    service_forms.save(desk, form)
    usual = usual_rule(own, firm.kind)
    level = replace(usual.level, least=Decimal(3), most=None)
    sufficiency.change(desk, replace(usual, level=level, source=TEXT[:200]), usual)
    people = AreaNumber(area=service.area, number=Decimal(5), source=TEXT[:200])
    sufficiency.set_number(desk, AreaBase.PEOPLE, service.area, people, None)
    for thing in (RatedThing(service=service.uid), RatedThing(kind=firm.kind, area=service.area)):
        rating = ProvisionRating(
            thing=thing, aspect=Aspect.SUITABILITY, grade=Grade.POOR, reason=TEXT
        )
        ratings.rate(desk, rating, None)


def _same(table: Table, row: Any) -> Any:
    (key, *more) = table.primary_key.columns
    assert not more
    return key == row[key.name]


def _hostile(value: Any) -> Any:
    """The value with hostile text before it, so that what must differ still does."""
    if isinstance(value, dict):  # the fields of a finding
        return value | {name: f"{TEXT} {value.get(name, '')}" for name in TYPED}
    return [_part(part) for part in value] if isinstance(value, list) else f"{TEXT} {value}"


def _part(part: Any) -> Any:
    if isinstance(part, list):  # a name: family, given
        return [f"{TEXT} {part[0]}", *part[1:]]
    return f"{TEXT} {part}"


def _scheme(value: Any) -> Any:
    if isinstance(value, list):
        return [_scheme(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        key: f"{TEXT} {part}" if key in SCHEME_WORDS and isinstance(part, str) else _scheme(part)
        for key, part in value.items()
    }


def elements(block: Any) -> Iterator[Any]:
    """Everything on a page, blocks included."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from elements(child)


NO_MARKDOWN = {"text", "code", "html", "bidi_component", "component_instance", "dataframe",
               "arrow_data_frame"}  # fmt: skip
BODIES = {"body", "label", "help", "text", "captions"}  # fields of any element
MARKED_OPTIONS = {"radio", "button_group", "pills", "segmented_control"}


def marked_texts(at: AppTest) -> Iterator[tuple[str, str]]:
    """Every text on the page that is read as Markdown, with the kind of its element."""
    for element in elements(at._tree):
        if element.type in NO_MARKDOWN or element.proto is None:
            continue
        for descriptor, value in element.proto.ListFields():
            if descriptor.name in BODIES:
                for text in [value] if isinstance(value, str) else value:
                    yield element.type, str(text)
            if descriptor.name == "options" and element.type in MARKED_OPTIONS:
                for option in value:
                    yield element.type, str(getattr(option, "content", option))
        if element.type == "table":
            yield from (("table", str(cell)) for cell in element.value.to_numpy().ravel())
            yield from (("table", str(cell)) for cell in element.value.index)


def lists(at: AppTest) -> Iterator[str]:
    """The options of the lists, which are no Markdown."""
    for element in elements(at._tree):
        if element.type in {"selectbox", "multiselect"}:
            yield from element.proto.options


FIRST_ROW = {"selection": {"rows": [0], "columns": [], "cells": []}}
OPENED = {"expander": True, "popover": True, "toggle": True, "dataframe": FIRST_ROW,
          "arrow_data_frame": FIRST_ROW}  # fmt: skip


def unfold(at: AppTest) -> None:
    """Open everything that opens, until nothing new is there; of tables, the first row."""
    seen: set[str] = set()
    while True:
        values = {e.key: OPENED[e.type] for e in elements(at._tree) if e.type in OPENED and e.key}
        new = values.keys() - seen
        if not new:
            return
        seen |= new
        for key in new:
            at.session_state[key] = values[key]
        at.run()
