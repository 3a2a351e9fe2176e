"""Which head stands over which column, by the slots of the table and by what is seen."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_address import to_address
from evidence.synthesis.map_document import map_document
from tests.viewer.generated_map import generated_map
from tests.viewer.map_page import open_map
from tests.viewer.random_reviews import RandomReview, random_review

pytestmark = pytest.mark.browser
REVIEWS = range(120)

# Of every map on both pages: the columns with a head that is not their own, and how many there are.
HEADS = """async (maps) => {
    const { beginMap, tableSlots } = await import("/map_viewer.js");
    const place = document.querySelector("#map");
    window.viewer.leave();
    const wrong = [];
    let columns = 0;
    for (const [text, address] of maps) for (const page of ["map", "crosstab"]) {
        history.replaceState(null, "", `#${address}&page=${page}`);
        const begun = beginMap(place, JSON.parse(text));
        const table = place.querySelector(page === "map" ? ".map-table" : ".map-crosstab");
        const slots = tableSlots(table);
        const under = slots[table.tHead.rows.length];
        const heads = slots[table.tHead.rows.length - 1];
        const middle = (one) => { const { left, right } = one.getBoundingClientRect(); return (left + right) / 2; };
        under.slice(1).forEach((cell, at) => {
            const head = heads[at + 1];
            const column = cell.querySelector("button").dataset.column;
            const ofHead = head?.querySelector(".map-name").dataset.column ?? "no head";
            if (ofHead !== column || Math.abs(middle(head) - middle(cell)) > 1) wrong.push(`${page} ${address}: ${ofHead} over ${column}`);
            columns += 1;
        });
        const depths = [...table.querySelectorAll("tbody th")].map((head) => Number(head.style.getPropertyValue("--depth")));
        if (depths.length > 1 && depths[0] !== 0) wrong.push(`${page} ${address}: rows begin at depth ${depths[0]}`);
        if ([...table.tHead.rows].some((row) => !row.querySelector("th"))) wrong.push(`${page} ${address}: a row without a head`);
        begun.leave();
    }
    return [wrong, columns];
}"""  # noqa: E501


def _has_lone_top(dimension: Dimension) -> bool:
    depths = [heading.depth for heading in dimension.headings]
    return depths.count(0) == 1 and len(depths) > 1


def _views(review: RandomReview) -> list[str]:
    by_id = {dimension.id: dimension for dimension in review.content.dimensions}
    views = [view for view in review.views if _has_lone_top(by_id[view.columns])]
    return [to_address(view).replace(f"&page={view.page}", "") for view in views]


def test_each_column_has_its_own_head_though_one_heading_stands_over_all(page: Page) -> None:
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    maps: list[tuple[dict[str, Any], str]] = []
    for seed in REVIEWS:
        review = random_review(seed)
        maps += [(map_document(review.content), address) for address in _views(review)]
    open_map(page, generated_map(10, 4, 3))
    wrong, columns = page.evaluate(HEADS, [[json.dumps(document), at] for document, at in maps])
    assert wrong == []
    assert trouble == []
    assert columns > 150  # else the examples are too poor to show anything
