"""A call of each command that has something to tell, for tests of all commands."""

from pathlib import Path

from typer.testing import CliRunner

from evidence.cli import app
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

FILES = ROOT / "data" / "example" / "imports"
SCHEMES = ROOT / "coding_schemes"
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
    "check": "",
    "move": "sqlite:///moved.db",
    "invite": "Amira --administrator",
    "person": "1 --out person.zip",
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


def folder_with_everything(folder: Path) -> CliRunner:
    """Small files, and a store with something of everything; gives what runs commands on it.

    Commands are to be given in the folder itself.
    """
    database, prepared = prepared_database()
    (folder / "waymark.db").write_bytes(database)
    address = f"sqlite:///{folder / 'waymark.db'}"
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    coded = made_exports.reference(1, made_exports.applied(1), Title="Hope at work")
    report = made_exports.report([made_exports.SETTING], [coded])
    (folder / "Report.json").write_bytes(made_exports.as_bytes(report))
    runner = CliRunner(env={"WAYMARK_DATABASE": address})
    store = Store.open(address)
    owner = prepared.by(Who.OWNER).desk(store)
    team.add(owner, BY)
    _judge(owner, prepared.complete_id, prepared.weight_id)
    _conclude(owner)
    assert runner.invoke(app, ["review", "new", "Practice"]).exit_code == 0
    _practice(find_own_review(store, "Practice"))
    store.close()
    codings = ["review", "export", "1", "--codings", "--out", str(folder / "codings.xlsx")]
    assert runner.invoke(app, codings).exit_code == 0
    return runner


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
    assess(desk, scale, service, "2026-03-01", codes)
    principles.add(desk, principles.offered()[0].principles)
