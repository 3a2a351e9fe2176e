"""Schemes have versions, an answer is a row for each code, and every change of a coding is kept.

Before, a coding hung on one version of a scheme, so taking the next emptied the map, and an answer
was one row that each change replaced.
"""

import json
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

Row = dict[str, Any]


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _link(
    table: str, name: str, target: str, *, nullable: bool = False
) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint(
        [name], [f"{target}.id"], name=f"fk_{table}_{name}_{target}", ondelete="CASCADE"
    )
    return [sa.Column(name, ID, nullable=nullable), key]


def _who(table: str, name: str) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint([name], ["person.id"], name=f"fk_{table}_{name}_person")
    return [sa.Column(name, ID, nullable=False), key]


def _time(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, TIME, nullable=nullable)


def _create(
    table: str, *items: Any, unique: tuple[str, ...] = (), index: tuple[str, ...] = ()
) -> sa.Table:
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    more = []
    if unique:
        name = f"uq_{table}_{'_'.join(unique)}"
        more.append(sa.UniqueConstraint(*unique, name=name))
    made = op.create_table(table, sa.Column("id", ID, nullable=False), *items, key, *more)
    for column in index:
        op.create_index(f"ix_{table}_{column}", table, [column])
    return made


def upgrade() -> None:
    old = {name: _read(name) for name in ("scheme", "coding", "answer", "finding")}
    for name in ("answer", "finding", "coding", "scheme"):
        op.drop_table(name)
    tables = _new_tables()
    _fill(tables, old)


def _read(table: str) -> list[Row]:
    reflected = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
    query = sa.select(reflected).order_by(reflected.c.id)
    rows = [dict(row) for row in op.get_bind().execute(query).mappings()]
    for row in rows:  # JSON is read as text where the database does not know it
        for name in ("codes", "answers"):
            if isinstance(row.get(name), str):
                row[name] = json.loads(row[name])
    return rows


def _new_tables() -> dict[str, sa.Table]:
    group = [*_who("arm", "created_by"), _time("created_at"), _time("removed_at", nullable=True)]
    _create(
        "arm",
        *_link("arm", "study_id", "study"),
        _text("uid"),
        _text("label"),
        _text("people"),
        *group,
        unique=("study_id", "uid"),
        index=("study_id",),
    )
    point = [
        *_who("time_point", "created_by"),
        _time("created_at"),
        _time("removed_at", nullable=True),
    ]
    _create(
        "time_point",
        *_link("time_point", "study_id", "study"),
        _text("uid"),
        _text("label"),
        *point,
        unique=("study_id", "uid"),
        index=("study_id",),
    )
    scheme = _create(
        "scheme",
        *_link("scheme", "review_id", "review"),
        _text("name"),
        *_who("scheme", "added_by"),
        _time("added_at"),
        unique=("review_id", "name"),
    )
    version = _create(
        "scheme_version",
        *_link("scheme_version", "scheme_id", "scheme"),
        _text("version"),
        _text("yaml"),
        *_who("scheme_version", "added_by"),
        _time("added_at"),
        index=("scheme_id",),
    )
    coding = _create(
        "coding",
        *_link("coding", "study_id", "study"),
        *_link("coding", "scheme_id", "scheme"),
        *_who("coding", "person_id"),
        _text("state"),
        _time("completed_at", nullable=True),
        _time("changed_at"),
        unique=("study_id", "scheme_id", "person_id"),
        index=("study_id", "scheme_id", "person_id"),
    )
    answer = _create(
        "answer",
        *_link("answer", "coding_id", "coding"),
        *(_text(name) for name in ("question", "code", "arm")),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        _text("value"),
        _text("note"),
        *_link("answer", "version_id", "scheme_version"),
        _time("changed_at"),
        unique=("coding_id", "question", "code", "arm"),
        index=("coding_id",),
    )
    finding = _create(
        "finding",
        *_link("finding", "coding_id", "coding"),
        _text("uid"),
        sa.Column("fields", sa.JSON(), nullable=False),
        *_link("finding", "version_id", "scheme_version"),
        _time("changed_at"),
        _time("removed_at", nullable=True),
        unique=("coding_id", "uid"),
        index=("coding_id",),
    )
    _create(
        "quotation",
        *_link("quotation", "coding_id", "coding"),
        _text("uid"),
        *_link("quotation", "answer_id", "answer", nullable=True),
        *_link("quotation", "finding_id", "finding", nullable=True),
        *_link("quotation", "work_id", "work"),
        *_link("quotation", "document_id", "document", nullable=True),
        _text("part"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("page", "start", "end")),
        *(_text(name) for name in ("exact", "prefix", "suffix")),
        _time("added_at"),
        _time("removed_at", nullable=True),
        unique=("coding_id", "uid"),
        index=("coding_id", "answer_id", "finding_id", "work_id", "document_id"),
    )
    change = _create(
        "coding_change",
        *_link("coding_change", "coding_id", "coding"),
        *_link("coding_change", "answer_id", "answer", nullable=True),
        *_link("coding_change", "finding_id", "finding", nullable=True),
        *(_text(name) for name in ("field", "before", "after")),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        _text("client_id"),
        *_link("coding_change", "version_id", "scheme_version", nullable=True),
        *_who("coding_change", "person_id"),
        _time("at"),
        index=("coding_id", "answer_id", "finding_id"),
    )
    op.create_index("ix_coding_change_client_id", "coding_change", ["coding_id", "client_id"])
    return {
        "scheme": scheme,
        "scheme_version": version,
        "coding": coding,
        "answer": answer,
        "finding": finding,
        "coding_change": change,
    }


def _fill(tables: dict[str, sa.Table], old: dict[str, list[Row]]) -> None:
    lineage: dict[tuple[int, str], int] = {}
    schemes, versions = [], []
    for row in old["scheme"]:
        key = row["review_id"], row["name"]
        if key not in lineage:
            lineage[key] = row["id"]
            schemes.append({k: row[k] for k in ("id", "review_id", "name", "added_by", "added_at")})
        version = {k: row[k] for k in ("id", "version", "yaml", "added_by", "added_at")}
        versions.append(version | {"scheme_id": lineage[key]})
    scheme_of_version = {row["id"]: row["scheme_id"] for row in versions}
    codings, answers, findings, changes = _one_coding_each(old, scheme_of_version)
    for name, rows in (
        ("scheme", schemes),
        ("scheme_version", versions),
        ("coding", codings),
        ("answer", answers),
        ("finding", findings),
        ("coding_change", changes),
    ):
        for begin in range(0, len(rows), 500):
            op.bulk_insert(tables[name], rows[begin : begin + 500])
        _go_on_counting(name)


def _one_coding_each(
    old: dict[str, list[Row]], scheme_of_version: dict[int, int]
) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """One coding of a person, study and scheme, whatever versions they coded it with.

    What the newest version's coding says stands. What an older one says to a question that the
    newest leaves open stands, too; all else of it is kept in the history, and its findings as ones
    that were taken away, where the newest has findings.
    """
    by_place: dict[tuple[int, int, int], list[Row]] = defaultdict(list)
    for row in old["coding"]:
        place = row["study_id"], scheme_of_version[row["scheme_id"]], row["person_id"]
        by_place[place].append(row)
    said, found = _by_coding(old["answer"]), _by_coding(old["finding"])
    codings, answers, findings, changes = [], [], [], []
    for (_, scheme_id, _), group in by_place.items():
        newest, *older = sorted(group, key=lambda row: -row["scheme_id"])
        codings.append(newest | {"scheme_id": scheme_id})
        asked: set[str] = set()
        for row in (newest, *older):
            seen = {"coding_id": newest["id"], "version_id": row["scheme_id"]}
            here = seen | {"changed_at": row["changed_at"]}
            for answer in said[row["id"]]:
                if answer["question"] in asked:
                    words = [*answer["codes"], answer["value"], answer["note"]]
                    changes.append(_not_kept(seen, row, answer["question"], words))
                else:
                    answers += [here | each for each in _rows_of(answer)]
            asked |= {answer["question"] for answer in said[row["id"]]}
            is_newest = row is newest or not found[newest["id"]]
            for finding in found[row["id"]]:
                removed = None if is_newest else row["changed_at"]
                values = {"id": finding["id"], "uid": f"f{finding['id']:08}", "removed_at": removed}
                findings.append(here | values | {"fields": _fields_of(finding)})
    return codings, answers, findings, changes


def _by_coding(rows: list[Row]) -> dict[int, list[Row]]:
    by_coding: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_coding[row["coding_id"]].append(row)
    return by_coding


def _rows_of(answer: Row) -> list[Row]:
    nothing = {"code": "", "arm": "", "chosen": False, "value": "", "note": ""}
    row = nothing | {"question": answer["question"]}
    rows = [row | {"code": code, "chosen": True} for code in dict.fromkeys(answer["codes"])]
    if answer["value"] or answer["note"]:
        rows.insert(0, row | {"value": answer["value"], "note": answer["note"]})
    return rows


def _fields_of(finding: Row) -> dict[str, str]:
    names = ("intervention", "outcome", "contrast", "measure", "time", "n_intervention",
             "n_comparison", "direction", "significance", "quotation", "note")  # fmt: skip
    fields = {name: str(finding[name]) for name in names if finding[name] not in ("", None)}
    for question, codes, value, note in finding["answers"]:
        fields[f"answer.{question}"] = " ".join(codes) or value
        fields[f"answer_note.{question}"] = note
    return {name: text for name, text in fields.items() if text}


def _not_kept(seen: Row, coding: Row, question: str, words: list[str]) -> Row:
    after = "; ".join(word for word in words if word)
    return seen | {
        "field": f"{question} (with an earlier version of the scheme)",
        "before": "",
        "after": after,
        "is_kept": False,
        "client_id": "",
        "person_id": coding["person_id"],
        "at": coding["changed_at"],
    }


def _go_on_counting(table: str) -> None:
    """Rows came with their numbers, so PostgreSQL must be told where to go on."""
    if op.get_bind().dialect.name != "sqlite":
        newest = f"SELECT coalesce(max(id), 0) + 1 FROM {table}"  # noqa: S608 - our own names
        op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), ({newest}), false)")
