"""A protocol is put together from where its parts are, frozen, compared; searches in waves."""

from dataclasses import replace

import pytest

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.records import sources
from evidence.steps.results import prisma_flow
from evidence.steps.results.protocol import protocol_versions, search_waves
from evidence.steps.review import about
from evidence.store.records.sources import SourceDraft
from tests.pages.conftest import Open, texts


def test_versions_are_frozen_on_the_page_and_say_what_changed(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("protocol", name="Example reader")
    assert "No version is frozen yet." in texts(at)
    at.text_area("protocol-1-box-Definitions, one per line").set_value("Work: paid work").run()
    at.button("save-protocol-1").click().run()
    assert about.current(desk).definitions == "Work: paid work"
    at.text_input("protocol-dated").set_value("2006-05-01")
    at.text_input("protocol-note").set_value("Before the searches")
    next(each for each in at.button if each.label == "Freeze a version").click().run()
    assert not at.exception
    assert "As in Version 1 (2006-05-01)." in texts(at)
    told = about.current(desk)
    about.change(desk, replace(told, definitions="Work: any work", deviations="Wider."))
    seen = protocol_versions.current(desk)
    with pytest.raises(Invalid, match="no date"):
        protocol_versions.freeze(desk, "May", "why", seen)
    with pytest.raises(Invalid, match="Something in the protocol was changed"):
        protocol_versions.freeze(desk, "2007", "why", replace(seen, title="Another"))
    assert protocol_versions.freeze(desk, "2007-02", "Work is wider", seen) == 2
    with pytest.raises(Invalid, match="Nothing has changed"):
        protocol_versions.freeze(desk, "2007-03", "again", seen)
    at.run()
    said = texts(at)
    assert "Gone: ~~Work: paid work~~" in said
    assert "New: Work: any work" in said
    assert "1 part differs" not in said


def test_a_search_without_a_hit_counts_with_none_and_waves_add_up(
    example_app: Open, desk: Desk
) -> None:
    example_app("reviews")
    before = prisma_flow.flow(desk)
    first = sources.listing(desk)[0].source
    new = sources.add_without_records(
        desk, SourceDraft(name="Trove", date_searched="2026-10-01", update_of=first.id)
    )
    with pytest.raises(Invalid, match="name"):
        sources.add_without_records(desk, SourceDraft(name=" "))
    after = prisma_flow.flow(desk)
    assert after.identified(*after.stream) == before.identified(*before.stream)
    assert ("Trove", 0) in [(each.name, each.records) for each in after.sources]
    found = search_waves.of_review(desk)
    assert [wave.name for wave in found.waves] == ["First searches", "Update 1"]
    assert found.waves[1].without_records == ("Trove",)
    assert sum(wave.new_works for wave in found.waves) == 82
    with pytest.raises(Invalid, match="meanwhile"):
        sources.choose_wave(desk, new, 3, 2)
    sources.choose_wave(desk, new, 1, None)
    sources.choose_wave(desk, first.id, 2, None)
    found = search_waves.of_review(desk)
    assert found.numbers[first.id] == 2
    assert any("belongs to no later wave" in doubt for doubt in found.doubts)
    assert sum(wave.new_works for wave in found.waves) == 82
    assert sum(wave.new_included for wave in found.waves) == after.included_reports
