"""The file as text: what stands in it, and that nothing in it can become a script."""

import base64
import hashlib
import json
import re
import subprocess
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright._impl._driver import compute_driver_executable

from evidence.charts.palette import THEMES, contrast
from evidence.errors import Invalid
from evidence.exports import map_file as module
from evidence.exports.map_colours import ACCENT, HEAT, MapColours, css
from evidence.exports.map_file import PACKED_FROM, CommentedCells, map_file
from evidence.synthesis.map_document import LongTexts, map_document
from tests.exports.hostile_map import attack, hostile_document
from tests.viewer.random_reviews import random_review

FEW = LongTexts()


class Elements(HTMLParser):
    """All elements with their attributes, and the texts of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))
        if tag in {"script", "style"}:
            self.raw.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem and self.raw:
            tag, text = self.raw[-1]
            self.raw[-1] = (tag, text + data)
        else:
            self.words.append(data)


def document_in(text: str) -> Any:
    match = re.search(
        r'<script type="[^"]*" id="map-document"([^>]*)>(.*?)</script>', text, re.DOTALL
    )
    assert match
    if "data-packed" in match[1]:
        return json.loads(zlib.decompress(base64.b64decode(match[2])))
    return json.loads(match[2])


def test_texts_from_outside_become_no_element_and_no_attribute() -> None:
    text = map_file(hostile_document()).decode()
    elements = Elements(text)
    tags = [tag for tag, _ in elements.all]
    assert (tags.count("script"), tags.count("style")) == (3, 2)
    assert not {"img", "iframe", "object", "embed", "base", "form"} & set(tags)
    for tag, attributes in elements.all:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        assert "src" not in attributes
    links = {a["href"] for tag, a in elements.all if tag in {"a", "link"} and "href" in a}
    assert {link for link in links if not (link or "").startswith("#page=")} == {
        "data:,", "http://a.b/", "https://a.b/",
    }  # fmt: skip
    assert "\x00" not in text


def test_the_policy_names_the_script_and_the_styles_and_allows_nothing_else() -> None:
    elements = Elements(map_file(hostile_document()).decode())
    policy = (
        next(a["content"] for tag, a in elements.all if tag == "meta" and "http-equiv" in a) or ""
    )
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
        for _, content in elements.raw
    ]
    style, without_script, _, _, unpacking = hashes
    unpacked = zlib.decompress(base64.b64decode(elements.raw[3][1]))
    script = f"'sha256-{base64.b64encode(hashlib.sha256(unpacked).digest()).decode()}'"
    assert unpacked.decode() == module._script()
    assert policy.split("; ") == [
        "default-src 'none'",
        f"script-src {unpacking} {script}",
        f"style-src {style} {without_script}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_the_document_is_in_the_file_as_it_is() -> None:
    document = hostile_document()
    text = map_file(document).decode()
    assert document_in(text) == json.loads(json.dumps(document))
    data = text.split('id="map-document"')[1].split("</script>")[0]
    assert not {"<", "\u2028", "\u2029"} & set(data)


def test_what_readers_comment_on_cannot_end_its_script() -> None:
    cells = CommentedCells(rows=attack(1), columns="b", row_ids=("</script><b>",))
    text = map_file(hostile_document(), commented=cells).decode()
    written = text.split('id="map-comments">')[1].split("</script>")[0]
    assert (
        CommentedCells(**{**json.loads(written), "row_ids": cells.row_ids, "column_ids": ()})
        == cells
    )


def test_a_large_document_is_packed() -> None:
    small, large = hostile_document(3, FEW), hostile_document(3000, FEW)
    assert (
        "data-packed"
        not in map_file(small).decode().split("</head>")[1].split('id="map-document"')[1][:40]
    )
    file = map_file(large)
    assert 'data-packed="deflate"' in file.decode()
    assert document_in(file.decode()) == json.loads(json.dumps(large))
    assert len(file) < len(json.dumps(large, ensure_ascii=False).encode("utf-8", "replace"))
    assert len(json.dumps(large)) > PACKED_FROM


@pytest.mark.parametrize("seed", range(8))
def test_the_same_document_and_settings_give_the_same_bytes(seed: int) -> None:
    content = random_review(seed).content
    first = map_file(map_document(content), MapColours(accent="#804000"))
    assert first == map_file(map_document(content), MapColours(accent="#804000"))
    assert first != map_file(map_document(content))


def test_what_the_review_does_not_say_has_no_heading() -> None:
    document = {**hostile_document(), "about": {}, "searched_to": "", "caption": ""}
    text = map_file(document).decode()
    assert "<h3>Question</h3>" not in text
    assert "<h3>Searches</h3>" not in text
    assert "Searched up to" not in text
    assert "No licence is given." in text
    assert "<h3>Question</h3>" in map_file(hostile_document()).decode()


def test_a_version_and_what_changed_since_another_are_told_without_a_script_too() -> None:
    mark = {"number": 3, "date": "2026-03-03", "note": "<b>As submitted"}
    removed = [{"id": 9, "label": "Gone", "year": None, "reports": []}]
    since = {**mark, "number": 2, "studies": 7, "added": [0], "recoded": [], "changes": [],
             "corrected": [], "corrections": [], "removed": removed, "scheme": []}  # fmt: skip
    text = map_file({**hostile_document(2), "frozen": mark, "since": since}).decode()
    words = " ".join(Elements(text).words)
    assert "Version 3 of this map, frozen on" in words
    assert "which had 7 studies: 1 added, 0 recoded, 1 removed." in words
    assert "<b>As" not in text.split('id="map-document"')[0]
    assert "What changed" not in Elements(map_file(hostile_document()).decode()).words


def test_who_reads_without_a_script_is_told_what_is_there() -> None:
    words = " ".join(Elements(map_file(hostile_document(2)).decode()).words)
    assert "is a map of 2 studies" in words
    assert "here scripts are switched off" in words
    assert "Below stand how many studies" in words


def test_a_map_of_nothing_is_a_file_too() -> None:
    document = {**hostile_document(0), "dimensions": []}
    text = map_file(document).decode()
    assert "0 studies, 0 findings." in text
    assert document_in(text)["studies"]["id"] == []


@pytest.mark.parametrize("part", ["_script", "_unpacking"])
def test_a_script_is_one_module_that_needs_no_server(tmp_path: Path, part: str) -> None:
    script = getattr(module, part)()
    assert "</script" not in script.lower()
    assert "<!--" not in script
    assert not [line for line in script.splitlines() if line.startswith(("import ", "export "))]
    assert not re.search(
        r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|\beval\(|new Function", script
    )
    assert "\r" not in script + module._style()
    assert "</style" not in module._style().lower()
    assert not re.search(r"url\((?!['\"]?(?:data:|#))|@import", module._style())
    file = tmp_path / "file.mjs"
    file.write_text(script, encoding="utf-8")
    node, _ = compute_driver_executable()
    done = subprocess.run([str(node), "--check", str(file)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_the_usual_colours_are_those_of_the_viewer() -> None:
    assert f"--accent: light-dark({ACCENT}," in module._style()
    assert f"--heat: light-dark({HEAT}," in module._style()
    assert css(MapColours(accent=ACCENT, heat=HEAT)) == css(MapColours()) == ""


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "#12345g", "}</style>"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(Invalid, match="is no colour"):
        css(MapColours(accent=colour))


@pytest.mark.parametrize(
    "colours", [MapColours(accent="#7fb0e8"), MapColours(heat="#402000")], ids=["accent", "heat"]
)
def test_a_colour_in_which_letters_could_not_be_read_is_refused(colours: MapColours) -> None:
    with pytest.raises(Invalid, match=r"has a contrast of \d"):
        css(colours)


@pytest.mark.parametrize("colour", ["#1f5fa9", "#000000", "#767676", "#8b0000", "#006400"])
def test_in_the_dark_the_accent_is_as_readable(colour: str) -> None:
    light, dark = re.findall(r"#[0-9a-fA-F]{6}", css(MapColours(accent=colour)))
    assert light == colour
    assert contrast(dark, THEMES["dark"].ground) >= 4.5


@pytest.mark.parametrize("colour", ["#f6b04e", "#ffffff", "#a8d5a2"])
def test_in_the_dark_figures_are_read_on_full_cells(colour: str) -> None:
    _, dark = re.findall(r"#[0-9a-fA-F]{6}", css(MapColours(heat=colour)))
    assert contrast(dark, THEMES["dark"].ink) >= 4.5


def test_bars_of_years_and_of_every_question_stand_in_the_file_without_a_script() -> None:
    document: dict[str, Any] = {**hostile_document()}
    page = map_file(document).decode()
    figures = page[page.index('id="page-figures"') : page.index('id="page-about"')]
    assert figures.count("<figure>") == 1 + len(document["dimensions"])
    assert figures.count("<svg ") == figures.count("as a table</summary>")
    assert "<script" not in figures
