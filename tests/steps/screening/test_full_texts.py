"""Full texts are gathered, found again, and given up with a reason that PRISMA counts."""

import pytest

from evidence.citations.record import Name, Reference
from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.results import prisma_flow
from evidence.steps.review import membership, reviews
from evidence.steps.review import team as teams
from evidence.steps.screening import decisions, full_texts
from evidence.store import Role
from evidence.store.review.reviews import Draft
from evidence.store.screening import stage_settings
from evidence.store.screening.decisions import NewDecision
from evidence.store.screening.full_texts import Search, SoughtReport
from tests.conftest import a_reading, keep
from tests.steps.conftest import enter, taken

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
PDF = b"%PDF-1.7 invented"


@pytest.fixture
def sought(desk: Desk) -> list[int]:
    """Two works that were included by title and abstract, and one that was not."""
    titles = (
        "Gardening and paid employment after illness",
        "Supported housing for veterans",
        "Mice",
    )
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*titles))
    ids = [one.id for one in taken(desk, TA).waiting]
    said = (Verdict.INCLUDE, Verdict.INCLUDE, Verdict.EXCLUDE)
    decisions.decide(
        desk,
        [
            NewDecision(work_id=work_id, stage=TA, verdict=verdict, client_id=str(work_id))
            for work_id, verdict in zip(ids, said, strict=True)
        ],
    )
    return ids


def standing(desk: Desk) -> dict[str, int]:
    return {search.value: count for search, count in full_texts.counts(desk).items() if count}


def test_what_is_included_is_sought(desk: Desk, sought: list[int]) -> None:
    assert standing(desk) == {"sought": 2}
    assert [one.work_id for one in full_texts.page(desk, None, 0, 10)] == sought[:2]


def test_a_pdf_retrieves_its_report_and_can_be_taken_away(desk: Desk, sought: list[int]) -> None:
    assert full_texts.add(desk, sought[0], "../../paper.pdf", PDF)
    assert not full_texts.add(desk, sought[0], "again.pdf", PDF)
    assert standing(desk) == {"sought": 1, "retrieved": 1}
    (document,) = full_texts.page(desk, Search.RETRIEVED, 0, 10)[0].documents
    assert (document.name, document.size) == ("paper.pdf", len(PDF))
    full_texts.remove(desk, document.id)
    assert standing(desk) == {"sought": 2}
    full_texts.bring_back(desk, document.id)
    assert standing(desk) == {"sought": 1, "retrieved": 1}


@pytest.mark.parametrize("content", [b"", b"<html>login</html>", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(desk: Desk, sought: list[int], content: bytes) -> None:
    with pytest.raises(Invalid, match="not a PDF"):
        full_texts.add(desk, sought[0], "paper.pdf", content)


def test_dropped_files_find_their_reports_by_name(desk: Desk, sought: list[int]) -> None:
    placed = full_texts.file_by_name(
        desk,
        [
            ("Meyer_2000_gardening-and-paid-employment-after-illness.pdf", PDF),
            ("scan0001.pdf", PDF),
            ("supported housing for veterans.pdf", b"no"),
        ],
    )
    assert [bool(one.problem) for one in placed] == [False, True, True]
    assert standing(desk) == {"sought": 1, "retrieved": 1}


def test_giving_up_needs_a_reason_and_one_person_even_in_pairs(
    desk: Desk, bens_desk: Desk, sought: list[int]
) -> None:
    enter(bens_desk)
    with desk.writing(Role.REVIEWER) as w:
        stage_settings.change(w, FT, StageSettings(voices=2))
    with pytest.raises(Invalid, match="why the report could not"):
        full_texts.set_search(desk, sought[0], Search.NOT_RETRIEVED, " ")
    full_texts.set_search(desk, sought[0], Search.NOT_RETRIEVED, "No library has it")
    assert standing(desk) == {"sought": 1, "not_retrieved": 1}
    assert decisions.tally(desk, FT)[State.NOT_RETRIEVED] == 1
    arm = prisma_flow.flow(desk).searched
    assert (arm.sought, arm.not_retrieved) == (2, 1)
    full_texts.set_search(bens_desk, sought[0], Search.ASKED, "The author will send it")
    assert standing(desk) == {"sought": 1, "asked": 1}
    assert decisions.tally(desk, FT)[State.OPEN] == 2


def test_what_was_decided_at_full_text_was_retrieved(desk: Desk, sought: list[int]) -> None:
    new = NewDecision(work_id=sought[0], stage=FT, verdict=Verdict.INCLUDE, client_id="ft")
    decisions.decide(desk, [new])
    assert standing(desk) == {"sought": 1, "retrieved": 1}
    assert full_texts.retrieved_elsewhere(desk) == 1  # there is no PDF, and nobody says there is
    full_texts.add(desk, sought[0], "paper.pdf", PDF)
    assert standing(desk) == {"sought": 1, "retrieved": 1}
    assert full_texts.retrieved_elsewhere(desk) == 0


def test_a_document_that_is_not_there_is_said_to_be_missing(desk: Desk) -> None:
    for number in (99, 2**63, 10**30):
        with pytest.raises(NotFound):
            full_texts.content(desk.store, desk.person_id, number)


def test_another_reviews_work_gets_no_document(desk: Desk, sought: list[int]) -> None:
    other = reviews.create(desk.store, desk.person_id, Draft(title="Other"))
    with pytest.raises(NotFound):
        full_texts.add(other, sought[0], "paper.pdf", PDF)
    full_texts.add(desk, sought[0], "paper.pdf", PDF)
    (document,) = full_texts.page(desk, Search.RETRIEVED, 0, 1)[0].documents
    with pytest.raises(NotFound):
        full_texts.remove(other, document.id)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../paper.pdf", "paper.pdf"),
        ("..\\..\\Meyer 2000.pdf", "Meyer 2000.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie: x=1.pdf"),
        ("paper\u202efdp.exe.pdf", "paper fdp.exe.pdf"),
        ("..", "full text.pdf"),
        ("\r\n", "full text.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_of_a_pdf_is_one_line_without_folders(
    desk: Desk, sought: list[int], given: str, kept: str
) -> None:
    full_texts.add(desk, sought[0], given, PDF)
    (document,) = full_texts.page(desk, Search.RETRIEVED, 0, 1)[0].documents
    assert document.name == kept


def test_a_full_text_is_given_to_the_people_of_its_review_only(
    desk: Desk, bens_desk: Desk, sought: list[int]
) -> None:
    full_texts.add(desk, sought[0], "paper.pdf", PDF)
    (document,) = full_texts.page(bens_desk, Search.RETRIEVED, 0, 1)[0].documents
    ben = bens_desk.person_id
    assert full_texts.content(desk.store, desk.person_id, document.id) == ("paper.pdf", PDF)
    with pytest.raises(NotAllowed, match="Take part in this review"):
        full_texts.content(desk.store, ben, document.id)
    membership.join(bens_desk)
    assert full_texts.content(desk.store, ben, document.id) == ("paper.pdf", PDF)
    membership.join(desk)
    teams.take_out(desk, ben)
    with pytest.raises(NotAllowed):
        full_texts.content(desk.store, ben, document.id)


def test_a_publisher_names_its_file_by_its_own_part_of_the_doi() -> None:
    wanted = [
        SoughtReport(
            work_id=number,
            reference=Reference(title=title, doi=doi),
            search=Search.SOUGHT,
            note="",
            documents=(),
        )
        for number, (title, doi) in enumerate(
            [("Gardens", "10.1371/journal.pone.0209483"), ("Paid work", "10.1000/12")]
        )
    ]
    assert full_texts._report_named("journal.pone.0209483.pdf", wanted) is wanted[0]
    assert full_texts._report_named("12.pdf", wanted) is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("aalto2011.pdf", 0),
        ("Aalto et al. (2011).pdf", 0),
        ("2011_Aalto.pdf", 0),
        ("aalto2011b.pdf", None),  # there must be another one
        ("aalto2012.pdf", None),
        ("meyer2004.pdf", None),  # two reports
        ("Dlamini - A clubhouse programme for people.pdf", 1),
        ("Dlamini 1998 A clubhouse.pdf", 1),
        ("Dlamini.pdf", None),
        ("Dlamini - Clubhouse programme.pdf", None),  # no beginning
        ("Müller 2001.pdf", 4),
        ("muller2001.pdf", 4),
        ("2011.pdf", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_files_named_by_author_find_their_report_where_it_is_one(
    name: str, found: int | None
) -> None:
    reports = [
        SoughtReport(
            work_id=number, search=Search.SOUGHT, note="", documents=(),
            reference=Reference(
                title=title, year=year, authors=(Name(family=family),) if family else ()
            ),
        )
        for number, (family, year, title) in enumerate(
            [("Aalto", 2011, "Work"), ("Dlamini", 1998, "A clubhouse programme for people at home"),
             ("Meyer", 2004, "Gardens"), ("Meyer", 2004, "Houses"), ("Müller", 2001, "Bread"),
             ("", 2011, "Nobody wrote this")]
        )
    ]  # fmt: skip
    report = full_texts._report_named(name, reports)
    assert report is (None if found is None else reports[found])


def test_a_file_that_fits_nothing_is_told_until_a_report_has_it(
    desk: Desk, sought: list[int]
) -> None:
    full_texts.file_by_name(desk, [("scan0001.pdf", PDF)])
    assert full_texts.still_unfiled(desk, ["scan0001.pdf"]) == {"scan0001.pdf"}
    assert "Supported housing" in " ".join(full_texts.sought_titles(desk).values())
    full_texts.add(desk, sought[1], "scan0001.pdf", PDF)
    assert full_texts.still_unfiled(desk, ["scan0001.pdf"]) == set()
