"""A review of invented studies with something of everything that a report can tell.

Six trials and two studies of views, invented as their names say, go the whole road by the steps
that people take: screened, coded, appraised, pooled, judged for certainty, put into themes,
concluded from.
"""

from dataclasses import replace
from pathlib import Path

from evidence.coding.answers import Answer
from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.coding import coding, desk_messages, schemes, studies
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports, uploads
from evidence.steps.results import review_findings, summary_of_findings
from evidence.steps.results.concluding import conclusions
from evidence.steps.results.theming import themes
from evidence.steps.review import people, reviews
from evidence.steps.screening import decisions
from evidence.store import Store
from evidence.store.records import works
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft
from evidence.store.screening.decisions import NewDecision
from evidence.synthesis.certainty.cerqual import Component, ComponentConcern, ConcernLevel
from evidence.synthesis.certainty.grade import (
    OPEN,
    Certainty,
    CertaintyJudgement,
    Concern,
    DomainConcern,
    GradeDomain,
)
from evidence.synthesis.certainty.outcome_rows import SummaryKey
from evidence.synthesis.conclusions.conclusion import (
    Conclusion,
    ConclusionKind,
    Support,
    SupportKind,
)
from evidence.synthesis.themes.theme_tree import Theme, ThemeLevel

WHY = "Invented."
CONTRAST = "allocated-arms"
SD = "6"
PEOPLE = 40
TRIALS = {
    "Invented trial 1": ("usa", {"quality-of-life": ("52", "49"), "self-esteem": ("22", "21")}),
    "Invented trial 2": ("usa", {"quality-of-life": ("50", "48"), "self-esteem": ("20", "20")}),
    "Invented trial 3": ("gbr", {"quality-of-life": ("55", "50")}),
    "Invented trial 4": ("can", {"quality-of-life": ("49", "50"), "self-esteem": ("23", "20")}),
    "Invented trial 5": ("gbr", {"quality-of-life": ("53", "51")}),
    "Invented trial 6": ("usa", {"self-esteem": ("24", "21")}),
}
"""Each with its country, and the means of both groups by outcome."""
VIEWS = {
    "Invented views 1": "“I wanted work that fits me” (invented).",
    "Invented views 2": "“Nobody asked what I can do” (invented).",
}
WEIGHTS = ("high", "medium", "medium", "low", "high", "medium")


def make(store: Store) -> Desk:
    """The review, as its only person sees it."""
    person = people.named(store, "Nobody")
    title = "A review of invented studies, to show every part of a report"
    desk = reviews.create(store, person.id, Draft(title=title, question="What is invented?"))
    names = [*TRIALS, *VIEWS]
    _bring_in(desk, names)
    with desk.reading() as c:
        ids = {key: work for key, (_, work) in works.ids_by_key(c, desk.review_id).items()}
    _include(desk, list(ids.values()))
    scheme_ids = {name: _take(desk, name) for name in ("recovery-vocational", "weight-of-evidence")}
    made = {name: studies.create(desk, [ids[_key(name)]], name) for name in names}
    for number, name in enumerate(TRIALS):
        _code_trial(desk, made[name], name)
        _appraise(desk, made[name], scheme_ids["weight-of-evidence"], WEIGHTS[number])
    for name, note in VIEWS.items():
        _code_views(desk, made[name], note)
    _conclude(desk, made)
    return desk


def _key(name: str) -> str:
    return name.replace(" ", "").casefold()


def _bring_in(desk: Desk, names: list[str]) -> None:
    entries = (
        f"TY  - JOUR\nID  - {_key(name)}\nTI  - {name}\nAU  - Nobody, N.\nPY  - {2001 + number}\n"
        "JO  - Journal of Inventions\nER  - \n"
        for number, name in enumerate(names)
    )
    look = uploads.add(desk, "invented.ris", "".join(entries).encode(), Settings(), wait=True)
    source = SourceDraft(
        name="Invented database", kind="database", database="Invented", date_searched="2026-11-30"
    )
    imports.import_files(desk, [imports.Choice(preview_id=look, source=source)])


def _include(desk: Desk, work_ids: list[int]) -> None:
    verdicts = [
        NewDecision(
            work_id=work,
            stage=stage,
            verdict=Verdict.INCLUDE,
            client_id=f"invented-{stage}-{work}",
        )
        for stage in Stage
        for work in work_ids
    ]
    decisions.decide(desk, verdicts)


def _take(desk: Desk, name: str) -> int:
    file = Path(Settings().schemes) / f"{name}.yaml"
    return schemes.add(desk, file.read_text(encoding="utf-8"), file.name)


def _answer(desk: Desk, study: int, scheme: int | None = None, **codes: str) -> None:
    for question, code in codes.items():
        asked = question.replace("_", "-")
        coding.set_answer(desk, study, Answer(question=asked, codes=(code,)), scheme)


def _code_trial(desk: Desk, study: int, name: str) -> None:
    country, outcomes = TRIALS[name]
    _answer(
        desk,
        study,
        stream="outcome-evaluation",
        design="randomised-controlled-trial",
        country=country,
        intervention="ips",
    )
    coding.set_answer(desk, study, Answer(question="participants", value=str(2 * PEOPLE)))
    ticked = Answer(question="non-vocational-outcomes", codes=tuple(outcomes))
    coding.set_answer(desk, study, ticked)
    for outcome, means in outcomes.items():
        _code_finding(desk, study, outcome, means)
    coding.complete(desk, study)


def _code_finding(desk: Desk, study: int, outcome: str, means: tuple[str, str]) -> None:
    """As the coding desk sends it, which alone takes numbers as they were typed."""
    better = float(means[0]) - float(means[1])
    fields = {
        "intervention": "ips",
        "outcome": outcome,
        "contrast": CONTRAST,
        "direction": "no change" if not better else "better" if better > 0 else "worse",
        "benefit": "higher",
        "numbers_kind": "means",
        "n_intervention": str(PEOPLE),
        "n_comparison": str(PEOPLE),
        "numbers.mean1": means[0],
        "numbers.mean2": means[1],
        "numbers.sd1": SD,
        "numbers.sd2": SD,
    }
    taken = schemes.taken(desk)[0]
    about = {"study_id": study, "scheme_id": taken.id, "version_id": taken.version.id}
    uid = f"{study}{outcome}".replace("-", "")[:16].ljust(16, "0")
    sent = desk_messages.apply(
        desk,
        [
            about
            | {"client_id": f"{uid}{n}", "kind": "finding", "uid": uid, "field": field}
            | {"before": "", "after": text}
            for n, (field, text) in enumerate(fields.items())
        ],
    )
    if len(sent.accepted) < len(fields):
        raise Invalid(f"Not kept: {sent}.")


def _appraise(desk: Desk, study: int, scheme: int, weight: str) -> None:
    for question in ("weight-a", "weight-b", "weight-c", "weight-d"):
        answer = Answer(question=question, codes=(weight,), note=WHY)
        coding.set_answer(desk, study, answer, scheme)
    coding.complete(desk, study, scheme)


def _code_views(desk: Desk, study: int, note: str) -> None:
    _answer(desk, study, stream="user-views", design="qualitative", country="gbr")
    wanted = Answer(question="help-wanted", codes=("help-in-work",), note=note)
    coding.set_answer(desk, study, wanted)
    coding.complete(desk, study)


def _conclude(desk: Desk, made: dict[str, int]) -> None:
    """Certainty, a finding of views, themes, and statements that rest on them."""
    key = SummaryKey(contrast=CONTRAST, intervention="ips", outcome="quality-of-life")
    concerns = {d: DomainConcern(concern=Concern.NONE, reason=WHY) for d in GradeDomain}
    first = next(iter(GradeDomain))
    concerns[first] = DomainConcern(concern=Concern.SERIOUS, reason=WHY)
    summary_of_findings.judge(desk, key, CertaintyJudgement(domains=concerns), OPEN)
    _view(desk, tuple(made[name] for name in VIEWS))
    want, code = themes.new_uid(), themes.new_uid()
    name = "What people want of a service"
    themes.add(desk, Theme(uid=want, level=ThemeLevel.DESCRIPTIVE, name=name))
    themes.add(desk, Theme(uid=code, level=ThemeLevel.CODE, name="Work that fits", parent=want))
    views = {made[name] for name in VIEWS}
    pieces = [key for key, piece in themes.board(desk).pieces.items() if piece.study in views]
    themes.place(desk, code, pieces)
    outcome = Support(kind=SupportKind.OUTCOME, ids=(CONTRAST, "ips", "quality-of-life"))
    theme = Support(kind=SupportKind.THEME, ids=(want,))
    for text, kind, supports in (
        ("Quality of life is a little better (invented).", ConclusionKind.CONCLUSION, (outcome,)),
        ("Ask people first (invented).", ConclusionKind.RECOMMENDATION, (outcome, theme)),
    ):
        stated = Conclusion(
            uid=conclusions.new_uid(), text=text, kind=kind, supports=supports,
            strength="moderate", reason=WHY,
        )  # fmt: skip
        conclusions.add(desk, stated)


def _view(desk: Desk, study_ids: tuple[int, ...]) -> None:
    uid = review_findings.add(desk, "People want to choose their work (invented).")
    before = review_findings.current(desk)[uid].finding
    components = {c: ComponentConcern(level=ConcernLevel.MINOR, reason=WHY) for c in Component}
    judged = replace(
        before,
        study_ids=study_ids,
        components=components,
        confidence=Certainty.MODERATE,
        reason=WHY,
    )
    review_findings.change(desk, judged, before)
