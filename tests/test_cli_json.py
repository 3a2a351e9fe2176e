"""The JSON of every command has the keys that docs/guide/command-line-json.md lists, and no other.

Looked at are two levels: what a script reads first. Where a list is empty, nothing can be said of
what its rows hold.
"""

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from evidence.cli import app
from evidence.cli.commands import COMMANDS
from evidence.cli.reviews import find_own_review
from evidence.coding.answers import Answer
from evidence.steps.coding import coding, schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import principles, ratings, services
from evidence.steps.results import coded_studies, summary_of_findings
from evidence.steps.results.theming import themes
from evidence.steps.review import team
from evidence.steps.review.find_review import BY
from evidence.store import Store
from evidence.synthesis.certainty.grade import OPEN, Certainty, CertaintyJudgement
from evidence.synthesis.certainty.outcome_rows import SummaryKey
from evidence.synthesis.practice.rating import Aspect, Grade, ProvisionRating, RatedThing
from evidence.synthesis.practice.service import Service
from evidence.synthesis.themes.theme_tree import Theme, ThemeLevel
from tests.conftest import ROOT
from tests.eppi import made_exports
from tests.steps.coding.test_coding import MEANS, typed
from tests.steps.practice.assessed import assess, take_scale
from tests.steps.prepared import Who, prepared_database

DOCUMENT = ROOT / "docs" / "guide" / "command-line-json.md"
FILES = ROOT / "data" / "example" / "imports"
SCHEMES = ROOT / "coding_schemes"
NO_JSON = {"serve"}
CONTRAST = "allocated-arms"
OUTCOME = "quality-of-life"
POOLABLE = {
    "intervention": "ips",
    "outcome": OUTCOME,
    "contrast": CONTRAST,
    "direction": "better",
}
NUMBERS = MEANS | {"numbers__sd2": "4.0"}
TABLES = {
    "votes.csv": "study,outcome,direction,n_intervention\nIto,Hope,better,20\nOda,Hope,up,9\n",
    "screened.csv": "record_id,title,abstract,label_included\n"
    "a,Hope at work,Job coaches,1\nb,Soil,,0\nc,Work,Hope,1\nd,Compost,Soil,0\n",
    "effects.csv": "author,year,yi,vi\nIto,1996,0.2,0.04\nLi,1999,0.3,0.05\nOda,2001,0.1,0.02\n",
    "judged.csv": "Study,D1,D2,D3,D4,D5,Overall\nA,Low,Low,High,Low,Low,High\n",
    "reviews.csv": "Study,Review A,Review B\nStudy 1,1,1\nStudy 2,1,0\n",
    "anna.csv": "title,year,person,stage,verdict\nHope,2001,Anna,title_abstract,include\n",
    "ben.csv": "title,year,person,stage,verdict\nHope,2001,Ben,title_abstract,exclude\n",
    "odd.ris": "TY  - JOUR\nTI  - Hope\nER  -\n\nthis is no reference\n",
}
CALLS = {
    "read": f"{FILES}/pubmed.ris odd.ris Report.json",
    "dedupe": f"{FILES}/pubmed.ris {FILES}/scie-digest.ris odd.ris --write merged.ris",
    "rank": "screened.csv --seed 1",
    "agreement": "anna.csv ben.csv",
    "directions": "votes.csv",
    "pool": "effects.csv",
    "appraisal": "judged.csv",
    "overlap": "reviews.csv",
    "map": "1",
    "flow": "1",
    "counts": "1",
    "report": "1 --out report.html",
    "stages": "1",
    "protocol": "1",
    "archive": "1 --out review.zip",
    "publish": "1 --list",
    "backup": "kept.db",
    "restore": "kept.db --replace",
    "review new": "Another",
    "review list": "",
    "review import": f"1 {FILES}/pubmed.ris odd.ris",
    "review bring-codings": "1 Report.json",
    "review export": "1 --format ris --out works.ris",
    "review dedupe": "1",
    "review example": "",
    "review team": "1",
    "review duplicates": "1",
    "review studies": "1",
    "screening state": "1",
    "screening order": "1",
    "screening decisions": "1",
    "screening conflicts": "1",
    "screening agreement": "1",
    "screening full-texts": "1",
    "screening stopping": "1",
    "results directions": "1",
    "results pool": "1",
    "results appraisal": "1 --scheme weight-of-evidence",
    "results themes": "1",
    "results conclusions": "1",
    "results summary": "1",
    "practice services": "Practice",
    "practice answers": "Practice",
    "practice provision": "Practice",
    "practice fidelity": "Practice",
    "practice monitoring": "Practice",
    "practice claims": "1",
    "practice principles": "Practice",
    "schemes list": "1",
    "schemes new": "--topic Meals --intervention Lunch --outcome Weight --out meals.yaml",
    "schemes check": f"{SCHEMES}/amstar-2.yaml",
    "schemes convert": f"{SCHEMES}/amstar-2.yaml --out again.yaml",
    "codings state": "1",
    "codings agreement": "1",
    "codings to-reconcile": "1",
    "codings check": "codings.xlsx",
}
"""What each command is called with, in the order of COMMANDS but for what changes the reviews."""


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CliRunner]:
    """In a folder with small files, on a store with something of everything."""
    folder = tmp_path_factory.mktemp("json")
    database, prepared = prepared_database()
    (folder / "waymark.db").write_bytes(database)
    address = f"sqlite:///{folder / 'waymark.db'}"
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    coded = made_exports.reference(1, made_exports.applied(1), Title="Hope at work")
    report = made_exports.report([made_exports.SETTING], [coded])
    (folder / "Report.json").write_bytes(made_exports.as_bytes(report))
    made = CliRunner(env={"WAYMARK_DATABASE": address})
    store = Store.open(address)
    owner = prepared.by(Who.OWNER).desk(store)
    team.add(owner, BY)
    _judge(owner, prepared.complete_id, prepared.weight_id)
    _conclude(owner)
    assert made.invoke(app, ["review", "new", "Practice"]).exit_code == 0
    _practice(find_own_review(store, "Practice"))
    store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        out = ["review", "export", "1", "--codings", "--out", "codings.xlsx"]
        assert made.invoke(app, out).exit_code == 0
        yield made


def _judge(desk: Desk, study_id: int, scheme_id: int) -> None:
    for letter in "abcd":
        answer = Answer(question=f"weight-{letter}", codes=("high",))
        coding.set_answer(desk, study_id, answer, scheme_id)
    coding.complete(desk, study_id, scheme_id)


def _conclude(desk: Desk) -> None:
    """Numbers that can be pooled, how certain people are of them, and a theme."""
    loaded = coded_studies.load(desk)
    assert loaded is not None
    for study, mean in zip(loaded.studies[-2:], ("12.0", "13.0"), strict=True):
        coding.reopen(desk, study.id)
        numbers = NUMBERS | {"numbers__mean1": mean}
        typed(desk, study.id, f"poolable{study.id}", **POOLABLE, **numbers)
        coding.complete(desk, study.id)
    key = SummaryKey(contrast=CONTRAST, intervention="ips", outcome=OUTCOME)
    summary_of_findings.judge(desk, key, CertaintyJudgement(start=Certainty.LOW), OPEN)
    theme = Theme(uid=themes.new_uid(), level=next(iter(ThemeLevel)), name="Hope")
    themes.add(desk, theme)
    themes.place(desk, theme.uid, list(themes.board(desk).pieces)[:1])


def _practice(desk: Desk) -> None:
    """A service with a form, a rating, an assessment and a quarter; and principles."""
    for name in ("vocational-services", "vocational-monitoring"):
        schemes.add(desk, (SCHEMES / f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")
    service = Service(uid=services.new_uid(), name="North", area="Dale")
    services.add(desk, service)
    rating = ProvisionRating(
        thing=RatedThing(service=service.uid),
        aspect=Aspect.SUITABILITY,
        grade=Grade.GOOD,
        reason="Open late",
    )
    ratings.rate(desk, rating, None)
    scale = take_scale(desk)
    codes = {q.id: q.options[3].id for q in schemes.get(desk, scale).scheme.questions}
    for assessor in ("2026-03-01", "2026-06-01"):
        assess(desk, scale, service, assessor, codes)
    principles.add(desk, principles.offered()[0].principles)


def paths_of(value: Any) -> tuple[set[str], set[str]]:
    """The keys of two levels as the document writes them, and those whose rows cannot be seen."""
    rows, prefix = (value, "[].") if isinstance(value, list) else ([value], "")
    found, unseen = set(), set()
    for row in rows:
        for key, below in row.items():
            name = f"{prefix}{key}"
            found.add(name)
            if prefix:
                continue
            if isinstance(below, dict):
                found |= {f"{name}.{each}" for each in below}
            elif isinstance(below, list) and below and isinstance(below[0], dict):
                found |= {f"{name}[].{each}" for row in below for each in row}
            elif isinstance(below, list) or below is None:
                unseen.add(name)
    return found, unseen


def documented(name: str) -> set[str]:
    """The keys of a command; those that end in “…” stand for any that begin so."""
    text = DOCUMENT.read_text(encoding="utf-8")
    found = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, name
    return {
        key for cell in re.findall(r"^\| (.+?) \| ", found[1], re.MULTILINE)
        for key in re.findall(r"`([^`]+)`", cell)
    }  # fmt: skip


def parent_of(key: str) -> str:
    """The first level of a key."""
    return key.split(".", maxsplit=1)[0].removesuffix("[]")


def is_named(key: str, keys: set[str]) -> bool:
    return key in keys or any(key.startswith(each[:-1]) for each in keys if each.endswith("…"))


def test_the_document_names_every_command_that_prints_json_and_no_other() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        name for name in COMMANDS if name not in NO_JSON
    ]


def test_the_keys_of_every_command_are_those_of_the_document(runner: CliRunner) -> None:
    for name in COMMANDS:
        if name in NO_JSON:
            continue
        words = [*name.split(), *shlex.split(CALLS[name]), "--json"]
        result = runner.invoke(app, words)
        assert result.exit_code in (0, 1), (name, result.output)
        value = json.loads(result.stdout or result.stderr)
        found, unseen = paths_of(value)
        keys = documented(name)
        assert {key for key in found if not is_named(key, keys)} == set(), name
        expected = {key for key in keys if not key.endswith("…") and parent_of(key) not in unseen}
        assert expected - found == set(), name
