"""Every byte that readers get of a review in which all kinds of secrets were planted."""

import base64
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, update
from starlette.applications import Starlette

from evidence.report.facts import ReviewFacts
from evidence.screening.verdicts import State
from evidence.settings import Settings
from evidence.steps.coding import studies
from evidence.steps.desk import Desk
from evidence.steps.practice import claims
from evidence.steps.results import map_document, review_overlap, summary_of_findings
from evidence.steps.results import review_findings as finding_steps
from evidence.steps.results.concluding import conclusions, support_choices
from evidence.steps.results.publishing import publish, reader_comments
from evidence.steps.results.publishing.publish import PublicChoice
from evidence.steps.results.reporting import report_text
from evidence.steps.results.reporting.report_parts import FilledParts
from evidence.steps.results.theming import themes
from evidence.store import Role, Store
from evidence.store.results import review_findings
from evidence.store.results.reader_comments import CommentAnswer, CommentState
from evidence.store.schema import (
    answer,
    claim,
    coding,
    decision,
    finding,
    person,
    reader_comment,
    study,
    study_work,
    work,
)
from evidence.synthesis.certainty.cerqual import (
    Component,
    ComponentConcern,
    ConcernLevel,
    ReviewFinding,
)
from evidence.synthesis.certainty.grade import (
    OPEN as NOTHING_JUDGED,
)
from evidence.synthesis.certainty.grade import (
    Certainty,
    CertaintyJudgement,
    Concern,
    DomainConcern,
    GradeDomain,
)
from evidence.synthesis.certainty.outcome_rows import SummaryKey
from evidence.synthesis.claims.claim import NOT_JUDGED, Claim, ClaimJudgement, ClaimVerdict
from evidence.synthesis.conclusions.conclusion import Conclusion, Support, SupportKind
from evidence.synthesis.map_document import ALL_TEXTS
from evidence.synthesis.themes.theme_tree import Theme, ThemeLevel
from evidence.ui.results.public_page.server import public_app
from tests.steps.prepared import prepared_database
from tests.ui.results.public_page.asking import ask, fill_in

NAME, VOTE, DRAFT, LEFT_OUT, UNREAD, OPEN = (
    f"Geheim-{each}" for each in ("Name", "Votum", "Entwurf", "Titel", "Kommentar", "Studie")
)
WITHDRAWN, EARLIER, LISTED = (f"Geheim-{each}" for each in ("Satz", "Fassung", "Liste"))
EXCLUDED = "Geheim-Ausschluss"
NEVER = (VOTE, DRAFT, UNREAD, OPEN, WITHDRAWN, EARLIER, LISTED, EXCLUDED)
TOKENS = (
    "{{review-overlap}}\n\n{{review-overlap-figure}}\n\n{{review-pairs-figure}}\n\n{{themes}}\n\n"
    "{{review-findings}}\n\n{{review-findings-figure}}\n\n{{summary-table}}\n\n{{summary-figure}}\n\n"
    "{{theme-quotations}}\n\n{{theme-matrix}}\n\n{{conclusions-list}}\n\n{{claims}}\n\n{{claim-conflicts}}"
)
JUDGED = ("Read by two, imprecision", "Read by two, overall", "Read by two, coherence")
PATHS = ("", "map", "report", "comment", "version/1/", "version/1/map", "version/1/report")


def plant(c: Connection) -> None:
    """Put words into all that readers must not see."""
    for (number,) in c.execute(select(person.c.id)).all():
        c.execute(update(person).where(person.c.id == number).values(name=f"{NAME} {number}"))
    planted = [c.execute(update(decision).values(note=VOTE))]
    drafts = select(coding.c.id).where(coding.c.state == "draft")
    of_answers = update(answer).where(answer.c.coding_id.in_(drafts))
    planted.append(c.execute(of_answers.values(note=DRAFT)))
    of_drafts = select(finding.c.id, finding.c.fields).where(finding.c.coding_id.in_(drafts))
    for number, fields in c.execute(of_drafts).all():
        words = {**fields, "note": DRAFT, "quotation": DRAFT}
        c.execute(update(finding).where(finding.c.id == number).values(fields=words))
    complete = select(coding.c.study_id).where(coding.c.state != "draft")
    planted.append(c.execute(update(study).where(study.c.id.not_in(complete)).values(label=OPEN)))
    _, gone = coded_studies(c)
    planted.append(c.execute(update(study).where(study.c.id == gone).values(label=EXCLUDED)))
    reports = select(study_work.c.work_id).where(study_work.c.study_id == gone)
    excluded = update(work).where(work.c.id.in_(reports)).values(full_text=State.EXCLUDE.value)
    planted.append(c.execute(excluded))
    used = select(study_work.c.work_id)
    cited = select(claim.c.cited_work_id).where(claim.c.cited_work_id.is_not(None))
    not_used = update(work).where(work.c.id.not_in(used), work.c.id.not_in(cited))
    planted.append(c.execute(not_used.values(title=LEFT_OUT, abstract=LEFT_OUT)))
    assert all(each.rowcount for each in planted)


def coded_studies(c: Connection) -> tuple[int, int]:
    """One that stays, and one that is excluded after people wrote of it."""
    complete = set(c.execute(select(coding.c.study_id).where(coding.c.state != "draft")).scalars())
    return min(complete), max(complete)


def write_around(desk: Desk) -> None:
    """Write what is in the report, with words before it and below it that nobody shall read."""
    gone = Conclusion(uid="0123456789abcde0", text=f"{WITHDRAWN} statement")
    theme = Theme(uid="0123456789abcde1", level=ThemeLevel.CODE, name=f"{WITHDRAWN} theme")
    pay = Theme(uid="0123456789abcde2", level=ThemeLevel.CODE, name=f"{EARLIER} pay")
    said = ReviewFinding(uid="finding-gone", statement=f"{WITHDRAWN} finding", reason=WITHDRAWN)
    for each in (theme, pay):
        themes.add(desk, each)
    themes.change(desk, replace(pay, name="Pay"), pay)
    themes.place(desk, pay.uid, themes.board(desk).pieces.keys())
    with desk.writing(Role.EDITOR) as w:
        review_findings.put(w, said)
    conclusions.add(desk, gone)
    supports = [
        *((SupportKind.STATEMENT, gone.uid), (SupportKind.THEME, theme.uid)),
        *((SupportKind.FINDING, said.uid), (SupportKind.THEME, pay.uid)),
        *((SupportKind.STUDY, str(each.id)) for each in studies.listing(desk)),
    ]
    first = Conclusion(
        uid="0123456789abcde3",
        text=f"{EARLIER} words",
        supports=tuple(Support(kind=kind, ids=(each,)) for kind, each in supports),
    )
    conclusions.add(desk, first)
    conclusions.change(desk, replace(first, text="Offer support to all."), first)
    conclusions.remove(desk, gone)
    themes.remove(desk, theme)
    with desk.writing(Role.EDITOR) as w:
        review_findings.remove(w, said)
    written = {"section": "background", "act": "write", "title": "Background"}
    parts = FilledParts(facts=ReviewFacts(title="A review"))
    for number, text in enumerate((f"{EARLIER} text", f"Work matters. {TOKENS}")):
        act = {**written, "client_id": f"id-{number}", "text": text, "before": ["", "id-0"]}
        assert report_text.apply(desk, [act], lambda: parts).accepted
    stated = Claim(uid="c123456789abcdef", text="Work helps.", source="A leaflet")
    claims.add(desk, stated)
    judged = ClaimJudgement(verdict=ClaimVerdict.PARTLY, reason="Of some.")
    claims.judge(
        desk, stated, ClaimJudgement(verdict=ClaimVerdict.SUPPORTS, reason=EARLIER), NOT_JUDGED
    )
    stands = next(each for each in claims.register(desk) if each.claim == stated)
    claims.judge(desk, stated, judged, stands.judgement)
    judge_certainty(desk)
    stays, _, opened = three_studies(desk)
    review_overlap.add(desk, opened, citations=[LISTED])
    review_overlap.add(desk, stays, citations=[f"{LISTED} too", "Old 1990"])
    review_overlap.take_back(desk, stays, [f"{LISTED} too"])


def three_studies(desk: Desk) -> tuple[int, int, int]:
    """One that stays, one that is excluded afterwards, and one that is open."""
    with desk.reading() as c:
        stays, gone = coded_studies(c)
        complete = select(coding.c.study_id).where(coding.c.state != "draft")
        query = select(func.min(study.c.id)).where(
            study.c.review_id == desk.review_id, study.c.id.not_in(complete)
        )
        opened = int(c.execute(query).scalar_one())
    return stays, gone, opened


def judge_certainty(desk: Desk) -> None:
    """Judge an outcome and a finding twice, so that earlier reasons are there that nobody reads."""
    choices = support_choices.of_codings(desk, map_document.wanted(desk))
    key = SummaryKey(
        **dict(
            zip(
                ("contrast", "intervention", "outcome"),
                next(iter(choices.outcomes)).ids,
                strict=True,
            )
        )
    )
    uid = finding_steps.add(desk, "People value support.")
    judged, stated = NOTHING_JUDGED, finding_steps.current(desk)[uid].finding
    for number, words in enumerate((EARLIER, "Read by two")):
        level = (Concern.SERIOUS, Concern.VERY_SERIOUS)[number]
        domains = {
            each: DomainConcern(concern=level, reason=f"{words}, {each}") for each in GradeDomain
        }
        newer = CertaintyJudgement(
            domains=domains, raised=1, raised_reason=f"{words}, raised",
            overall=Certainty.LOW, reason=f"{words}, overall",
        )  # fmt: skip
        summary_of_findings.judge(desk, key, newer, judged)
        worry = (ConcernLevel.MINOR, ConcernLevel.SERIOUS)[number]
        concerns = {
            each: ComponentConcern(level=worry, reason=f"{words}, {each}") for each in Component
        }
        changed = replace(
            stated, study_ids=three_studies(desk), components=concerns,
            confidence=Certainty.LOW, reason=f"{words}, confidence",
        )  # fmt: skip
        finding_steps.change(desk, changed, stated)
        judged, stated = newer, changed


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A copy of the prepared review."""
    path = tmp_path / "waymark.db"
    path.write_bytes(prepared_database()[0])
    opened = Store.open(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    _, made = prepared_database()
    write_around(made.desk(store))
    with store.writing_outside() as c:
        plant(c)
    return made.desk(store)


@pytest.fixture
def server(store: Store) -> Starlette:
    return public_app(store, Settings())


def texts(server: Starlette, token: str) -> Iterator[str]:
    """All that is sent, and what stands packed in it."""
    for path in PATHS:
        answered = ask(server, f"/public/{token}/{path}")
        assert answered.status == 200, path
        yield repr(answered.headers)
        page = answered.body.decode()
        yield page
        for packed in re.findall(r'data-packed="deflate">([^<]*)<', page):
            yield zlib.decompress(base64.b64decode(packed)).decode()
        for picture in re.findall(r"base64,([A-Za-z0-9+/=]+)", page):
            yield base64.b64decode(picture).decode("utf-8", "replace")


@pytest.mark.journey
def test_no_secret_is_in_any_byte_unless_it_was_chosen(desk: Desk, server: Starlette) -> None:
    page = publish.publish(desk, PublicChoice(texts=ALL_TEXTS)).publication
    form = {"about": "page", "name": UNREAD, "comment": UNREAD}
    assert fill_in(server, f"/public/{page.token}/comment", **form).status == 303
    (unread,) = reader_comments.listing(desk)
    hidden = CommentAnswer(state=CommentState.HIDDEN, answer=UNREAD, changed=UNREAD)
    reader_comments.answer(desk, [unread.id], hidden)
    publish.publish(desk, PublicChoice(texts=ALL_TEXTS), page.id)
    public = "\n".join(texts(server, page.token))
    for words in (
        "Offer support to all.",
        "Work matters.",
        "Pay",
        "Old 1990",
        "Of some.",
        "and 2 not in this report",
        *JUDGED,
    ):
        assert words in public, words
    assert "Recovery approaches in vocational and training services" in public
    for secret in (NAME, LEFT_OUT, page.token, *NEVER):
        assert secret not in public, secret
    assert "This list is not part of what was published." in public
    chosen = PublicChoice(texts=ALL_TEXTS, left_out=True, names=True)
    other = publish.publish(desk, chosen).publication
    public = "\n".join(texts(server, other.token))
    for secret in (NAME, LEFT_OUT):
        assert secret in public, secret
    for secret in NEVER:
        assert secret not in public, secret


def test_a_secret_comes_out_with_the_comment_that_was_accepted_only(
    desk: Desk, server: Starlette, store: Store
) -> None:
    page = publish.publish(desk, PublicChoice(map=False)).publication
    for words in (UNREAD, "Accepted"):
        form = {"about": "page", "name": "A", "comment": words}
        fill_in(server, f"/public/{page.token}/comment", **form)
    kept = {each.comment: each for each in reader_comments.listing(desk)}
    left = CommentAnswer(state=CommentState.ACCEPTED)
    reader_comments.answer(desk, [kept["Accepted"].id], left)
    public = ask(server, f"/public/{page.token}/").body.decode()
    assert ("Accepted" in public, UNREAD in public) == (True, False)
    with store.reading_outside() as c:
        sender = c.execute(select(reader_comment.c.sender)).scalars().first()
    assert sender
    assert sender not in public
