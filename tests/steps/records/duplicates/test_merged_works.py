"""What people did before works are joined or split off stays, and every count follows."""

import pytest

from evidence.coding.answers import Answer
from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.settings import Settings
from evidence.steps.coding import coding, schemes
from evidence.steps.coding import studies as linking
from evidence.steps.desk import Desk
from evidence.steps.records import records, sources
from evidence.steps.records.duplicates import duplicates, merged_works, pair_history, record_pairs
from evidence.steps.records.importing import imports, uploads
from evidence.steps.results import prisma_flow, source_overlap
from evidence.steps.screening import decisions, screening_page
from evidence.store.records.filters import Filter
from evidence.store.records.sources import SourceDraft
from evidence.store.screening.decisions import NewDecision
from tests.conftest import ROOT, keep
from tests.steps.conftest import enter
from tests.steps.records.duplicates.pairs import entry, import_pairs, reading

SCHEME = (ROOT / "coding_schemes" / "recovery-vocational.yaml").read_text(encoding="utf-8")


def say(desk: Desk, work_id: int, verdict: Verdict, *stages: Stage) -> None:
    for stage in stages or (Stage.TITLE_ABSTRACT,):
        new = NewDecision(
            work_id=work_id,
            stage=stage,
            verdict=verdict,
            client_id=f"{desk.person_id}-{work_id}-{stage}-{verdict}",
        )
        enter(desk)
        decisions.decide(desk, [new])


@pytest.fixture
def works(desk: Desk) -> tuple[int, int]:
    """Two works that are one publication, as a person will say."""
    import_pairs(desk, ["gardens"])
    one, other = records.page(desk, Filter(), 0, 10)
    return one.id, other.id


def undo(desk: Desk) -> None:
    last = pair_history.newest_own(desk)
    assert last is not None
    pair_history.withdraw_act(desk, last.newest.verdict.id)


def test_two_works_are_marked_as_one_anywhere(desk: Desk, works: tuple[int, int]) -> None:
    record_pairs.mark_same(desk, *works, "the authors' list of publications has it once")
    (join,) = merged_works.page(desk, 0, 5)
    assert join.why == ("Anna said: same (the authors' list of publications has it once).",)
    with pytest.raises(Invalid, match="one work already"):
        record_pairs.mark_same(desk, *works)
    with pytest.raises(NotFound):
        record_pairs.mark_same(desk, works[0], 999)
    undo(desk)
    assert duplicates.counts(desk).works == 2


def test_marking_beats_what_was_said_of_their_records(desk: Desk, works: tuple[int, int]) -> None:
    more = [entry("gardens", 0, pages="1-9"), entry("gardens", 1, pages="3-7")]
    keep(desk.store, desk.person_id, desk.review_id, reading("c.ris", more), "c")
    duplicates.run(desk)
    assert sorted(len(join.records) for join in merged_works.page(desk, 0, 5)) == [2, 2]
    one, other = merged_works.page(desk, 0, 5)
    crossing = (one.records[1].id, other.records[1].id)
    record_pairs.decide(desk, crossing, "different", "other pages")
    record_pairs.mark_same(desk, one.work_id, other.work_id)
    assert [len(join.records) for join in merged_works.page(desk, 0, 5)] == [4]
    first = one.records[0].id
    record_pairs.split_off(desk, first)  # the others stay together
    assert [len(join.records) for join in merged_works.page(desk, 0, 5)] == [3]
    assert duplicates.run(desk).works == 2
    with pytest.raises(Invalid, match="stands alone already"):
        record_pairs.split_off(desk, first)


def test_screening_follows_joining_and_splitting(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    say(desk, one, Verdict.INCLUDE)
    say(bens_desk, other, Verdict.EXCLUDE)
    record_pairs.mark_same(desk, one, other)
    assert records.get(desk, other).id == one  # an old page that names the other finds this one
    assert records.get(desk, one).title_abstract == State.CONFLICT
    tally = decisions.tally(desk, Stage.TITLE_ABSTRACT)
    assert (sum(tally.values()), tally[State.CONFLICT]) == (1, 1)
    say(desk, other, Verdict.EXCLUDE)  # decided on a page that was drawn before the joining
    assert records.get(desk, one).title_abstract == State.EXCLUDE
    _, said = decisions.history(desk, one)
    assert len(said) == 3
    undo(desk)
    states = [records.get(desk, work_id).title_abstract for work_id in works]
    assert states[0] == State.INCLUDE
    assert states[1] in {State.EXCLUDE, State.CONFLICT}
    assert sum(len(decisions.history(desk, work_id)[1]) for work_id in works) == 3


def test_the_flow_counts_duplicates_as_they_are_settled(desk: Desk, works: tuple[int, int]) -> None:
    numbers = [prisma_flow.flow(desk)]
    record_pairs.mark_same(desk, *works)
    say(desk, works[0], Verdict.EXCLUDE)
    numbers.append(prisma_flow.flow(desk))
    record_pairs.split_off(desk, max(r.id for r in merged_works.page(desk, 0, 5)[0].records))
    numbers.append(prisma_flow.flow(desk))
    undo(desk)
    numbers.append(prisma_flow.flow(desk))
    assert [flow.duplicates for flow in numbers] == [0, 1, 0, 1]
    assert [flow.screened for flow in numbers] == [0, 1, 1, 1]
    assert not any(prisma_flow.faults(flow) for flow in numbers)


def test_the_overlap_of_sources_is_told_of_the_included_too(
    desk: Desk, works: tuple[int, int]
) -> None:
    more = [entry("kitchens", 0), entry("libraries", 1)]
    keep(desk.store, desk.person_id, desk.review_id, reading("c.ris", more), "c")
    record_pairs.mark_same(desk, *works)
    assert source_overlap.source_overlap(desk, included=True).combinations == ()
    say(desk, works[0], Verdict.INCLUDE, *Stage)
    alone_and_shared = ((True, [(1, 0), (1, 0), (0, 0)]), (False, [(1, 0), (1, 0), (2, 2)]))
    for included, told in alone_and_shared:
        found = source_overlap.source_overlap(desk, included=included)
        assert [(each.works, each.alone) for each in found.sources] == told


def test_two_coded_studies_that_share_a_report_lose_nothing(
    desk: Desk, works: tuple[int, int]
) -> None:
    for work_id in works:
        say(desk, work_id, Verdict.INCLUDE, *Stage)
    schemes.add(desk, SCHEME, "scheme.yaml")
    made = [linking.create(desk, [work_id], f"Study {work_id}") for work_id in works]
    for study_id in made:
        coding.set_answer(desk, study_id, Answer(question="stream", codes=("review",)))
    record_pairs.mark_same(desk, *works)
    shared = linking.shared_reports(linking.listing(desk))
    assert [[study.id for study in one.studies] for one in shared] == [made]
    assert shared[0].report.work_id == works[0]
    assert prisma_flow.flow(desk).included_studies == 2  # until a person settles it
    linking.unlink(desk, made[1], works[0])
    assert linking.shared_reports(linking.listing(desk)) == []
    assert prisma_flow.flow(desk).included_studies == 1
    assert [s.reports == () for s in linking.listing(desk)] == [False, True]
    assert coding.sheet(desk, made[1]).answers  # the second coding is there still
    with pytest.raises(NotAllowed, match="has been coded"):
        linking.unlink(desk, made[0], works[0])
    undo(desk)
    assert [report.work_id for report in linking.unlinked(desk)] == [works[1]]
    linking.link(desk, made[1], [works[1]])
    assert prisma_flow.flow(desk).included_studies == 2


def test_a_split_alone_gives_both_studies_their_reports_back(
    desk: Desk, works: tuple[int, int]
) -> None:
    for work_id in works:
        say(desk, work_id, Verdict.INCLUDE, *Stage)
    for work_id in works:
        linking.create(desk, [work_id])
    record_pairs.mark_same(desk, *works)
    undo(desk)
    assert sorted(s.reports[0].work_id for s in linking.listing(desk)) == sorted(works)
    assert linking.shared_reports(linking.listing(desk)) == []


def test_an_import_whose_work_is_linked_under_another_is_not_undone(
    desk: Desk, works: tuple[int, int]
) -> None:
    """The link was made before the joining, on the work that waits under the other one now."""
    say(desk, works[1], Verdict.INCLUDE, *Stage)
    linking.create(desk, [works[1]])
    say(desk, works[1], Verdict.WITHDRAWN, Stage.FULL_TEXT, Stage.TITLE_ABSTRACT)
    article = reading("c.ris", [entry("gardens", 0, pages="1-9"), entry("gardens", 1, pages="1-9")])
    keep(desk.store, desk.person_id, desk.review_id, article, "c")
    duplicates.run(desk)
    (second,) = [h for h in sources.listing(desk) if h.files[0].name == "b.ris"]
    with pytest.raises(NotAllowed, match="linked to a study"):
        imports.undo(desk, second.files[0].id)
    assert len(linking.listing(desk)) == 1


def test_a_file_that_was_read_before_the_last_comparison_but_kept_later_is_new(
    desk: Desk,
) -> None:
    def look(file: str, journal: int) -> int:
        text = f"TY  - JOUR\nTI  - Work in gardens\nJO  - J{journal}\nER  - \n"
        return uploads.add(desk, file, text.encode(), Settings(), wait=True)

    early, late = look("early.ris", 1), look("late.ris", 2)
    source = SourceDraft(name="Garden")
    imports.import_files(desk, [imports.Choice(preview_id=late, source=source)])
    assert duplicates.run(desk).new == 0
    imports.import_files(desk, [imports.Choice(preview_id=early, source=source)])
    assert duplicates.counts(desk).new == screening_page.uncompared_records(desk) == 1
    assert duplicates.run(desk).new == 0


def test_a_file_that_has_the_number_of_an_undone_one_is_new(desk: Desk) -> None:
    """SQLite gives the number of the newest row again when that row is gone."""
    gone = keep(desk.store, desk.person_id, desk.review_id, reading("a.ris", [entry("gardens", 0)]))
    duplicates.run(desk)
    imports.undo(desk, gone)
    keep(desk.store, desk.person_id, desk.review_id, reading("b.ris", [entry("kitchens", 0)]))
    assert duplicates.counts(desk).new == 1
