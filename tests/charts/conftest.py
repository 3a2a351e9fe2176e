import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from evidence.coding.findings import Direction, Finding
from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.studies import CodedStudy

HOSTILE = (
    "<script>alert(1)</script>",
    "<i>slanted</i> & <sup>high</sup>",
    '<a href="javascript:alert(1)">here</a>',
    r"$\alpha$ %{x} &lt;b&gt;",
)


@pytest.fixture
def axis() -> Callable[..., Dimension]:
    """A dimension with ids after the last letter of its kind: interventions n0, outcomes e0 …"""

    def made(kind: str, labels: Sequence[str], of: Of = Of.FINDING) -> Dimension:
        headings = (
            Heading(id=f"{kind[-1]}{n}", label=label, covers=frozenset({f"{kind[-1]}{n}"}))
            for n, label in enumerate(labels)
        )
        return Dimension(id=kind, title=kind.partition(":")[2], of=of, headings=tuple(headings))

    return made


@pytest.fixture
def study() -> Callable[..., CodedStudy]:
    """A study by its links, written `n0 e1 better`, and the code of its design."""
    numbers = iter(range(1, 10_000))

    def made(*links: str, design: str = "", n: int | None = None, label: str = "") -> CodedStudy:
        number = next(numbers)
        findings = (
            Finding(
                intervention=row,
                outcome=column,
                contrast="arms",
                direction=Direction(" ".join(rest) or "better"),
                n_intervention=n,
            )
            for row, column, *rest in (link.split() for link in links)
        )
        return CodedStudy(
            id=number,
            label=label or f"Study {number}",
            year=2000 + number,
            codes={"design": frozenset({design} - {""})},
            findings=tuple(findings),
        )

    return made


@pytest.fixture
def assert_no_markup() -> Callable[[Any], None]:
    """Checks that a figure holds no markup but our own bold letters and line ends."""

    def check(figure: Any) -> None:
        texts = list(_texts(json.loads(figure.to_json())))
        assert any("&lt;script&gt;" in text for text in texts)
        for text in texts:
            plain = re.sub(r"</?b>|<br>", "", text)
            assert not re.search(r"<|\$|&(?!(lt|gt|amp|#36);)", plain), text

    return check


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for below in part.values() if isinstance(part, dict) else part:
            yield from _texts(below)


@pytest.fixture
def hostile() -> tuple[str, ...]:
    """What people may write, by mistake or on purpose, and must see as they wrote it."""
    return HOSTILE
