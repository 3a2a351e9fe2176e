"""The figures of a report on what services do, as the pages draw them."""

from collections.abc import Callable, Mapping

from evidence.charts.picture import Picture
from evidence.charts.practice.fidelity_over_time import fidelity_trend_picture
from evidence.charts.practice.monitoring_beside_published import beside_published_picture
from evidence.charts.practice.monitoring_over_time import monitoring_picture
from evidence.charts.practice.users_took_part import took_part_picture
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import NotLive
from evidence.report.live_tokens import LiveToken
from evidence.report.practice.asked_services import (
    asked_beside,
    asked_occasions,
    asked_quarters,
    quarters_with_users,
)
from evidence.steps.results.reporting.result_pictures import NOT_FILLED


def _fidelity(facts: ReviewFacts, token: LiveToken) -> Picture:
    asked = asked_occasions(facts, token)
    if isinstance(asked, NotLive):
        raise TypeError(NOT_FILLED)
    return fidelity_trend_picture(asked)


def _monitoring(facts: ReviewFacts, token: LiveToken) -> Picture:
    asked = asked_quarters(facts, token)
    if isinstance(asked, NotLive):
        raise TypeError(NOT_FILLED)
    quarters, categories = asked
    return monitoring_picture(quarters, categories, as_percent=False)


def _beside(facts: ReviewFacts, token: LiveToken) -> Picture:
    asked = asked_beside(facts, token)
    if isinstance(asked, NotLive):
        raise TypeError(NOT_FILLED)
    return beside_published_picture(asked.outcome, asked.reported, asked.published)


def _took_part(facts: ReviewFacts, _token: LiveToken) -> Picture:
    users = quarters_with_users(facts)
    drawn = None if isinstance(users, NotLive) else took_part_picture(users)
    if drawn is None:
        raise TypeError(NOT_FILLED)
    return drawn


PRACTICE_PICTURES: Mapping[str, Callable[[ReviewFacts, LiveToken], Picture]] = {
    "fidelity-figure": _fidelity,
    "monitoring-figure": _monitoring,
    "monitoring-published": _beside,
    "monitoring-took-part": _took_part,
}
