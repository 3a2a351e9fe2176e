"""What is published stays what it was, has only what was chosen, and is gone when withdrawn."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

import pytest
from sqlalchemy import delete, update

from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.steps.desk import Desk
from evidence.steps.results import map_settings, map_versions
from evidence.steps.results.map_document import NOTHING_CODED
from evidence.steps.results.publishing import public_pages, publish
from evidence.steps.results.publishing.public_pages import ReadPage
from evidence.steps.results.publishing.publish import NOTHING_CHOSEN, PublicChoice
from evidence.store import Role, Store, events, schema
from evidence.store.results.publications import token_hash
from evidence.synthesis.map_settings import MapSettings, MapTexts
from tests.steps.coding.test_coding import finding
from tests.steps.conftest import enter
from tests.steps.results.test_map_document import code, study_ids

__all__ = ["study_ids"]

TODAY = datetime.now(UTC).date()


def read(desk: Desk, token: str, number: int | None = None, **options: Any) -> ReadPage:
    return public_pages.read(desk.store, token, number, **options)


def bytes_of(desk: Desk, token: str, part: str, number: int | None = None) -> bytes:
    file = read(desk, token, number).files[part]
    return gzip.decompress(public_pages.content(desk.store, file))


def test_a_version_stays_what_it_was_and_the_next_stands_before_it(
    desk: Desk, study_ids: list[int]
) -> None:
    code(desk, study_ids[0], finding())
    settings = MapSettings(texts=MapTexts(licence="CC BY 4.0", citation="Anna 2026"))
    map_settings.change(desk, settings, MapSettings())
    first = publish.publish(desk, PublicChoice(title=" Work\x00 and hope "))
    token, number = first.publication.token, first.publication.id
    before = [bytes_of(desk, token, part) for part in ("map", "report")]
    assert b"Work and hope" in before[0]
    assert b"Work and hope" in before[1]
    code(desk, study_ids[1], finding())
    with desk.writing(Role.EDITOR) as w:
        w.connection.execute(update(schema.study).values(label="Another name"))
    second = publish.publish(desk, PublicChoice(report=False), number)
    assert [each.number for each in second.versions] == [2, 1]
    assert (second.publication.token, list(read(desk, token).files)) == (token, ["map", "subjects"])
    assert [bytes_of(desk, token, part, 1) for part in ("map", "report")] == before
    page = read(desk, token, 1)
    assert (page.version.title, page.version.words["licence"]) == ("Work and hope", "CC BY 4.0")
    with pytest.raises(NotFound):
        read(desk, token, 3)


@pytest.mark.parametrize(
    ("at", "is_read"),
    [("2999-03-31T23:59:59+00:00", True), ("2999-04-01T00:00:00+00:00", False),
     ("2999-04-01T01:59:59+02:00", True), ("2999-03-31T20:00:00-04:00", False)],
)  # fmt: skip
def test_the_last_day_ends_at_midnight_in_utc_wherever_the_clock_stands(
    desk: Desk, study_ids: list[int], monkeypatch: pytest.MonkeyPatch, at: str, *, is_read: bool
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls.fromisoformat(at).astimezone(tz)

    assert study_ids
    choice = PublicChoice(map=False)
    page = publish.publish(desk, choice, last_day=date(2999, 3, 31)).publication
    assert page.ends_on == "2999-03-31"
    monkeypatch.setattr(public_pages, "datetime", Clock)
    if is_read:
        assert read(desk, page.token)
    else:
        with pytest.raises(NotFound):
            read(desk, page.token)


def test_a_review_of_a_team_alone_is_published_for_everybody(
    desk: Desk, study_ids: list[int]
) -> None:
    code(desk, study_ids[0], finding())
    private = replace(desk, store=Store(desk.store.engine, private=True))
    token = publish.publish(private, PublicChoice()).publication.token
    assert set(read(private, token).files) == {"map", "report", "subjects"}


def test_a_last_day_that_is_over_publishes_nothing(desk: Desk, study_ids: list[int]) -> None:
    assert study_ids
    day = TODAY - timedelta(days=1)
    with pytest.raises(Invalid, match="over already, in UTC"):
        publish.publish(desk, PublicChoice(map=False), today=TODAY, last_day=day)
    assert publish.listing(desk) == []


def test_who_withdraws_it_or_lets_it_end_leaves_nothing_to_read(
    desk: Desk, study_ids: list[int]
) -> None:
    page = publish.publish(desk, PublicChoice(map=False)).publication
    publish.end_on(desk, page.id, TODAY)
    assert read(desk, page.token).publication.ends_on == str(TODAY)
    with pytest.raises(NotFound):
        read(desk, page.token, today=TODAY + timedelta(days=1))
    publish.end_on(desk, page.id, None)
    assert read(desk, page.token, today=date(2999, 1, 1))
    publish.withdraw(desk, page.id)
    with pytest.raises(NotFound):
        read(desk, page.token)
    since = publish.page(desk, page.id).publication.withdrawn_at
    publish.withdraw(desk, page.id)
    assert publish.page(desk, page.id).publication.withdrawn_at == since
    publish.put_back(desk, page.id)
    assert read(desk, page.token)
    with desk.reading() as c:
        kinds = [each.kind for each in events.latest(c, desk.review_id)]
    assert kinds[:6] == [events.EventKind.PUBLICATION_CHANGED] * 5 + [events.EventKind.PUBLISHED]


@pytest.mark.parametrize("guess", ["", "a", "\x00", "\ud800", "x" * 10_000, "' or 1=1 --"])
def test_a_guessed_token_or_the_hash_of_a_right_one_finds_nothing(
    desk: Desk, guess: str, study_ids: list[int]
) -> None:
    token = publish.publish(desk, PublicChoice(map=False)).publication.token
    assert len(token) == 43
    for wrong in (guess, token_hash(token), token[:-1], token + "a", token.upper()):
        with pytest.raises(NotFound):
            read(desk, wrong)


def test_an_empty_review_has_a_report_and_no_map(desk: Desk) -> None:
    with pytest.raises(Invalid, match=NOTHING_CODED):
        publish.publish(desk, PublicChoice())
    with pytest.raises(Invalid, match=NOTHING_CHOSEN):
        publish.publish(desk, PublicChoice(map=False, report=False))
    assert publish.listing(desk) == []
    page = publish.publish(desk, PublicChoice(map=False)).publication
    assert b"</html>" in bytes_of(desk, page.token, "report")


def test_a_map_is_published_as_it_was_frozen(desk: Desk, study_ids: list[int]) -> None:
    code(desk, study_ids[0], finding())
    map_versions.freeze(desk, "The first one")
    with desk.writing(Role.EDITOR) as w:
        w.connection.execute(update(schema.study).values(label="Another name"))
    choice = PublicChoice(report=False, map_version=1)
    token = publish.publish(desk, choice).publication.token
    assert b"Another name" not in bytes_of(desk, token, "map")
    with pytest.raises(NotFound):
        publish.publish(desk, replace(choice, map_version=9))


def test_only_editors_publish_and_no_address_of_another_review_is_changed(
    desk: Desk, bens_desk: Desk, study_ids: list[int]
) -> None:
    page = publish.publish(desk, PublicChoice(map=False)).publication
    with pytest.raises(NotAllowed):
        publish.snapshot(bens_desk, PublicChoice())
    with pytest.raises(NotAllowed):
        publish.withdraw(bens_desk, page.id)
    enter(bens_desk)
    publish.withdraw(bens_desk, page.id)
    with pytest.raises(NotFound):
        publish.put_back(bens_desk, page.id + 1)
    with pytest.raises(Invalid, match="too long"):
        publish.publish(desk, PublicChoice(title="x" * 501))


def test_two_servers_that_publish_at_once_make_two_versions(
    desk: Desk, study_ids: list[int]
) -> None:
    page = publish.publish(desk, PublicChoice(map=False)).publication
    titles = [f"Published by {name}" for name in ("Anna", "Ben", "Cleo")]
    address = desk.store.engine.url.render_as_string(hide_password=False)

    def once_more(title: str) -> None:
        with closing(Store.open(address)) as own:
            publish.publish(replace(desk, store=own), PublicChoice(title=title, map=False), page.id)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(once_more, titles))
    versions = publish.page(desk, page.id).versions
    assert [each.number for each in versions] == [4, 3, 2, 1]
    assert {each.title for each in versions[:3]} == set(titles)
    for each in versions[:3]:
        assert each.title in bytes_of(desk, page.token, "report", each.number).decode()


def test_who_reads_while_it_is_withdrawn_gets_all_of_a_page_or_nothing(
    desk: Desk, study_ids: list[int]
) -> None:
    page = publish.publish(desk, PublicChoice(map=False)).publication
    begun = read(desk, page.token).files["report"]
    publish.withdraw(desk, page.id)
    assert gzip.decompress(public_pages.content(desk.store, begun)).endswith(b"</html>\n")
    with desk.store.writing_outside() as c:
        c.execute(delete(schema.review).where(schema.review.c.id == desk.review_id))
    with pytest.raises(NotFound):
        public_pages.content(desk.store, begun)


def test_what_came_in_an_archive_is_read_by_nobody_until_it_is_put_back(
    desk: Desk, study_ids: list[int]
) -> None:
    page = publish.publish(desk, PublicChoice(map=False)).publication
    with desk.store.writing_outside() as c:
        c.execute(delete(schema.public_address))  # which no archive has
    (came,) = publish.listing(desk)
    assert publish.state_words(came.publication, TODAY) == "without an address"
    assert not came.publication.is_open(TODAY)
    with pytest.raises(NotFound):
        read(desk, "")
    publish.put_back(desk, page.id)
    new = publish.page(desk, page.id).publication.token
    assert new != page.token
    assert read(desk, new)
