"""Who may do what: every step that writes, as people of every role and as those without one.

tests/steps/acts.py has the table of steps. A step that it lacks fails here by name.
"""

import ast
import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from evidence.documents.pdf.unreadable import UnreadablePdf
from evidence.errors import NotAllowed, NotFound
from evidence.screening.verdicts import Stage, State
from evidence.steps.coding import schemes
from evidence.steps.review import membership
from evidence.steps.screening import full_text_pages, full_texts, screening_page
from evidence.store import Role, Store, schema
from tests.conftest import ROOT
from tests.steps.acts import ACTS, Act, Call, matrix
from tests.steps.prepared import PDF, Prepared, Who, prepared_database

EXEMPT = {
    **dict.fromkeys(
        (
            "evidence.steps.accounts.person_file.write",
            "evidence.steps.accounts.person_file.pieces",
        ),
        "for whoever it is about, and the command line (tests/steps/accounts)",
    ),
    "evidence.steps.accounts.signing_in.sign_in": "coming in, which asks who is admitted",
    "evidence.steps.accounts.signing_in.who_holds": "who is signed in; keeps when they were here",
    "evidence.steps.accounts.signing_in.take_up": "coming in by an invitation, which says as what",
    "evidence.steps.accounts.signing_in.note": "only the audit, of what somebody could do",
    "evidence.steps.accounts.own_accounts.make": "coming in by an invitation",
    "evidence.steps.accounts.own_accounts.sign_in": "coming in, with a password",
    "evidence.steps.accounts.own_accounts.change_password": "one's own, with the one before",
    **dict.fromkeys(
        (
            "evidence.steps.accounts.administration.block",
            "evidence.steps.accounts.administration.unblock",
            "evidence.steps.accounts.administration.end_sessions",
            "evidence.steps.accounts.administration.change_administrator",
            "evidence.steps.accounts.leaving.pseudonymise",
        ),
        "of who looks after the server",
    ),
    "evidence.steps.accounts.signing_in.sign_out": "no longer being anybody",
    "evidence.steps.accounts.invitations.invite_to_server": "of who looks after the server",
    "evidence.steps.accounts.invitations.withdraw_from_server": "of who looks after the server",
    "evidence.steps.review.people.named": "naming oneself",
    "evidence.steps.review.people.sign_in": "naming oneself",
    "evidence.steps.review.people.sign_out": "naming oneself: no longer being anybody",
    "evidence.steps.review.reviews.create": "a new review belongs to whoever makes it",
    "evidence.steps.review.archive.take_in": "makes a review, whose people come with it",
    "evidence.steps.review.membership.join": "taking part; who was taken out stays out, see below",
    "evidence.steps.jobs.JobProgress": "a job's heartbeat",
    "evidence.steps.jobs.submit": "a job's heartbeat, for work that a step of the table began",
    "evidence.steps.jobs.answer": "only reads, on a worker of a cluster",
    "evidence.steps.results.map_document.of_complete_codings": "only reads, perhaps on a worker",
    "evidence.steps.results.map_document.with_drafts": "only reads, perhaps on a worker",
    "evidence.steps.jobs.run": "a job's end, for work that a step of the table began",
    "evidence.steps.records.importing.read_preview.fill": "such work; it asks its person's role",
    "evidence.steps.screening.common_queue.refill": "takes works by a step of the table, silently",
    "evidence.steps.desk.Desk": "the door itself",
    "evidence.steps.review.find_review.find_review": "such a door; whoever uses it asks for a role",
    "evidence.steps.coding.desk_sheet.sheet_for": "only reads, at a desk that it makes",
    "evidence.steps.coding.desk_sheet.scheme_for": "only reads, at a desk that it makes",
    "evidence.steps.coding.coding_history.history_for": "only reads, at a desk that it makes",
    "evidence.steps.coding.desk_sheet.desk_of_team": "such a desk; whoever uses it asks for a role",
    "evidence.steps.coding.reconcile.reconciling_sheet.sheet_for": "only reads, at such a desk",
    "evidence.steps.coding.desk_sheet.quotation_for": "only reads, at a desk that it makes",
    "evidence.steps.results.publishing.reader_comments.send": "readers comment without an account",
    "evidence.steps.practice.survey_links.begin": "services answer without an account",
    "evidence.steps.practice.survey_links.save_page": "services answer without an account",
    "evidence.steps.practice.survey_links.send": "services answer without an account",
    "evidence.steps.review.archive.look": "moves an older archive on, in a store of its own",
    "evidence.steps.example.load": "makes the example review, at the start of a server",
}
REFUSALS = {
    Who.REMOVED: "no longer in the team",
    Who.STRANGER: "Only people of the team",
    Who.READER: "A reader is a reader of this review, and this needs",
    Who.REVIEWER: "A reviewer is a reviewer of this review, and this needs an",
    Who.EDITOR: "An editor is an editor of this review, and this needs an owner",
}

Rows = dict[str, list[tuple[object, ...]]]


def name_of(call: Call) -> str:
    return f"{call.name.removeprefix('evidence.steps.')} {call.variant}".strip()


def too_little(act: Act) -> Iterator[Who]:
    """Those who may not do it."""
    yield from (Who.REMOVED, Who.STRANGER, Who.READER)
    if act.role >= Role.EDITOR:
        yield Who.REVIEWER
    if act.role is Role.OWNER:
        yield Who.EDITOR


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepared_database()[1]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("permission") / "prepared.db"
    path.write_bytes(prepared_database()[0])
    return path


@pytest.fixture
def opened(file: Path, prepared: Prepared, tmp_path: Path) -> Iterator[Store]:
    """A copy of the prepared review."""
    path = shutil.copy(file, tmp_path / "waymark.db")
    store = Store.open(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture(scope="module")
def unchanged(file: Path, prepared: Prepared) -> Iterator[Store]:
    """One copy for all that changes nothing."""
    path = shutil.copy(file, file.with_name("unchanged.db"))
    store = Store.open(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture(scope="module")
def private(file: Path, prepared: Prepared) -> Iterator[Store]:
    """As `unchanged`, on a server for teams; the review is no example there."""
    path = shutil.copy(file, file.with_name("private.db"))
    store = Store.open(f"sqlite:///{path}", private=True)
    with store.writing_outside() as c:
        c.execute(update(schema.review).values(demonstration=False))
    yield store
    store.close()


def rows(store: Store) -> Rows:
    """Every row of every table, as SQLite itself gives them: this is asked some hundred times."""
    with store.reading_outside() as c:
        driver: Any = c.connection.driver_connection
        return {
            table.name: driver.execute(f'SELECT * FROM "{table.name}"').fetchall()  # noqa: S608
            for table in schema.metadata.sorted_tables
        }


def without_versions(tables: Rows) -> Rows:
    """The rows without the versions that writes count up, whether they change more or not."""
    columns = [at for at, column in enumerate(schema.review.c) if "version" not in column.name]
    return tables | {"review": [tuple(row[at] for at in columns) for row in tables["review"]]}


# ── which steps write ─────────────────────────────────────────────────────────────────────────────


class References(ast.NodeVisitor):
    """The names that code refers to, as `name` or `module.name`; annotations do nothing."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.local: set[str] = set()

    def visit_Name(self, node: ast.Name) -> None:
        (self.names if isinstance(node.ctx, ast.Load) else self.local).add(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.names.add(f"{dotted(node.value)}.{node.attr}")
        self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> None:
        self.local.add(node.arg)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.target)
        if node.value is not None:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for part in (*node.decorator_list, node.args, *node.body):
            self.visit(part)


def opens_a_door(reference: str) -> bool:
    return reference.rpartition(".")[2] in {"writing", "writing_outside"}


def dotted(node: ast.expr) -> str:
    """The name of an object, behind those of the objects that hold it."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def references(node: ast.AST) -> set[str]:
    """All but those to what a function has of its own; a door counts, whoever holds it."""
    visitor = References()
    visitor.visit(node)
    own = visitor.local if isinstance(node, ast.FunctionDef) else set()
    names = visitor.names
    return {name for name in names if name.partition(".")[0] not in own or opens_a_door(name)}


def definitions(module: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """What a module defines: functions, classes, values."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            yield from (
                (target.id, node) for target in node.targets if isinstance(target, ast.Name)
            )


def takes_a_write(node: ast.AST) -> bool:
    """Whether it writes in a transaction of its caller, who had to come through the door."""
    if not isinstance(node, ast.FunctionDef):
        return False
    annotations = (arg.annotation for arg in (*node.args.args, *node.args.kwonlyargs))
    return any(isinstance(node, ast.Name) and node.id == "Write" for node in annotations)


def writing_steps() -> set[str]:
    """All that is public in evidence.steps and leads to a transaction that writes."""
    leads_to: dict[str, set[str]] = {}
    public: set[str] = set()
    for path in sorted((ROOT / "evidence" / "steps").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(module)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for own, node in definitions(module):
            leads_to[f"{name}.{own}"] = set()
            for reference in references(node):
                first, dot, rest = reference.partition(".")
                leads_to[f"{name}.{own}"].add(imported.get(first, f"{name}.{first}") + dot + rest)
            if not own.startswith("_") and not takes_a_write(node):
                public.add(f"{name}.{own}")
    writing = {name for name, others in leads_to.items() if any(map(opens_a_door, others))}
    while more := {name for name, others in leads_to.items() if others & writing} - writing:
        writing |= more
    return writing & public


def test_every_step_that_writes_stands_in_the_table_or_is_exempt() -> None:
    in_table = {call.name for act in ACTS for call in act.calls}
    steps = writing_steps()
    assert steps - in_table - set(EXEMPT) == set(), "add them to ACTS in tests/steps/acts.py"
    assert in_table - steps == set()
    assert set(EXEMPT) - steps == set()
    assert in_table & set(EXEMPT) == set()


def test_nothing_but_steps_opens_a_door_that_writes() -> None:
    """And no step goes around the doors: of the engine it takes the address at most."""
    paths = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "evidence").rglob("*.py")]
    for path in paths:
        folders = path.relative_to(ROOT).parts
        if folders[:2] == ("evidence", "store"):
            continue
        names = references(ast.parse(path.read_text(encoding="utf-8")))
        ends = {name.rpartition(".")[2] for name in names}
        assert folders[:2] == ("evidence", "steps") or not any(map(opens_a_door, names)), path
        assert "engine" not in ends or any(name.endswith(".engine.url") for name in names), path


# ── who may do what ───────────────────────────────────────────────────────────────────────────────


def is_refused(store: Store, call: Call, at: Prepared, before: Rows) -> None:
    """Whether somebody hears that the call is not for them, and every row is as it was."""
    with pytest.raises(NotAllowed, match=REFUSALS[at.who]):
        call.make(store, at)
    assert rows(store) == before


@pytest.mark.parametrize(
    ("act", "call"),
    [pytest.param(act, call, id=name_of(call)) for act in ACTS for call in act.calls],
)
def test_the_role_that_it_needs_is_enough_and_the_next_is_refused(
    prepared: Prepared, opened: Store, act: Act, call: Call
) -> None:
    """Whoever may nearly do it tries first, on the same rows."""
    who = next(each for each in Who if each.role is act.role)
    *_, nearly = too_little(act)
    if call.first:
        call.first(prepared.by(Who.OWNER).desk(opened))
    before = rows(opened)
    is_refused(opened, call, prepared.by(nearly), before)
    call.make(opened, prepared.by(who))
    assert without_versions(rows(opened)) != without_versions(before)


def with_still_less() -> Iterator[pytest.ParameterSet]:
    """Each call with everybody else who may not make it."""
    for act in ACTS:
        *others, _ = too_little(act)
        for call in act.calls:
            for who in others:
                yield pytest.param(call, who, id=f"{name_of(call)} by {who.name.lower()}")


@pytest.mark.journey  # they have more time
@pytest.mark.parametrize(("call", "who"), list(with_still_less()))
def test_with_still_less_it_is_refused_and_nothing_changes(
    request: pytest.FixtureRequest, prepared: Prepared, unchanged: Store, call: Call, who: Who
) -> None:
    store = unchanged
    if call.first:
        store = request.getfixturevalue("opened")
        call.first(prepared.by(Who.OWNER).desk(store))
    is_refused(store, call, prepared.by(who), rows(store))


@pytest.mark.parametrize(
    ("act", "call"),
    [
        pytest.param(act, call, id=name_of(call))
        for act in ACTS
        for call in [each for each in act.calls if each.first is None][:1]
    ],
)
def test_on_a_server_for_teams_strangers_do_not_learn_that_there_is_a_review(
    prepared: Prepared, private: Store, act: Act, call: Call
) -> None:
    """Neither do people who were taken out. One call of each act; the door is the same for all."""
    before = rows(private)
    for who in (Who.STRANGER, Who.REMOVED):
        with pytest.raises((NotFound, NotAllowed), match="There is no review"):
            call.make(private, prepared.by(who))
    if act.role > Role.REVIEWER:
        with pytest.raises(NotAllowed):
            call.make(private, prepared.by(Who.READER))
    assert rows(private) == before


@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize("stage", Stage)
def test_looking_at_the_screening_page_takes_nothing_and_makes_nobody_a_member(
    prepared: Prepared, unchanged: Store, who: Who, stage: Stage
) -> None:
    before = rows(unchanged)
    for state in State:
        screening_page.load(prepared.by(who).desk(unchanged), stage, state=state)
    assert rows(unchanged) == before


def test_what_a_new_version_of_a_scheme_touches_is_told_to_editors_only(
    prepared: Prepared, unchanged: Store
) -> None:
    desk = prepared.by(Who.EDITOR).desk(unchanged)
    (now,) = [each for each in schemes.taken(desk) if each.id == prepared.scheme_id]
    newer = now.version.yaml.replace("label: Quality of life", "label: Life")
    (effect,) = schemes.effects_of(desk, newer, "newer.yaml")
    assert effect.use.findings > 0
    for who in (Who.READER, Who.REVIEWER):
        with pytest.raises(NotAllowed):
            schemes.effects_of(prepared.by(who).desk(unchanged), newer, "newer.yaml")


def test_the_document_shows_the_table() -> None:
    assert matrix() in (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")


# ── what is exempt, and what is not in the review ─────────────────────────────────────────────────


def test_who_was_taken_out_cannot_take_part(prepared: Prepared, opened: Store) -> None:
    before = rows(opened)
    with pytest.raises(NotAllowed, match=REFUSALS[Who.REMOVED]):
        membership.join(prepared.by(Who.REMOVED).desk(opened))
    assert rows(opened) == before


def test_taking_part_gives_nobody_more_than_the_team_did(prepared: Prepared, opened: Store) -> None:
    for who in (Who.READER, Who.REVIEWER):
        desk = prepared.by(who).desk(opened)
        membership.join(desk)
        assert membership.standing(desk).role is who.role


@pytest.mark.parametrize("who", Who)
def test_a_previewed_file_belongs_to_the_team_of_its_review(
    prepared: Prepared, opened: Store, who: Who
) -> None:
    """Whoever made the preview: here somebody who was taken out since."""
    desk = replace(prepared.by(who).desk(opened), review_id=prepared.previews[Who.REMOVED])
    assert membership.standing(desk).role is who.role
    allowed = nullcontext() if who.role >= Role.EDITOR else pytest.raises(NotAllowed)
    with allowed, desk.writing(Role.EDITOR):
        pass


@pytest.mark.parametrize("who", Who)
def test_a_full_text_is_for_the_people_of_its_review(
    prepared: Prepared, opened: Store, who: Who
) -> None:
    arguments = opened, prepared.person_ids[who], prepared.document_id
    if who in {Who.REMOVED, Who.STRANGER}:
        with pytest.raises(NotAllowed, match="for the people of their review"):
            full_texts.content(*arguments)
    else:
        assert full_texts.content(*arguments) == ("kept.pdf", PDF)


@pytest.mark.parametrize(
    "read",
    [
        full_text_pages.page_sizes,
        lambda store, person, id_: full_text_pages.page(store, person, id_, 1),
        full_text_pages.texts,
        lambda store, person, id_: full_text_pages.picture(store, person, id_, 1, width=100),
        lambda store, person, id_: full_text_pages.search(store, person, id_, "words"),
        full_text_pages.version,
    ],
    ids=["sizes", "page", "texts", "picture", "search", "version"],
)
def test_pages_of_a_full_text_are_for_the_people_of_its_review(
    prepared: Prepared, unchanged: Store, read: Callable[..., object]
) -> None:
    """The file of the review is no real PDF, which only those are told who may know."""
    refused = pytest.raises(NotAllowed, match="of their review")
    for who in Who:
        with refused if who in {Who.REMOVED, Who.STRANGER} else suppress(UnreadablePdf):
            read(unchanged, prepared.person_ids[who], prepared.document_id)
