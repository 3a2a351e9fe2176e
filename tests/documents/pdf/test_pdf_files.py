"""What is read of PDF files: our own, written here, and those that others made."""

import io
import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from evidence.documents.pages import LINE_END_HYPHEN, Page, to_json
from evidence.documents.pdf.reader import WIDEST, PdfFile, PdfReader, PictureKind
from evidence.documents.pdf.unreadable import Reason, UnreadablePdf
from evidence.documents.search import search
from evidence.errors import NotFound
from tests.conftest import ROOT
from tests.documents.pdf_writer import PageSource, letters, line, lines, scan, write

OTHERS = ROOT.parent / "shared" / "pdfs"


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    reader = PdfReader()
    yield reader
    reader.close()


def theirs(name: str) -> PdfFile:
    for folder in (OTHERS, Path("/work/shared/pdfs")):
        if (folder / name).exists():
            return PdfFile.of((folder / name).read_bytes())
    pytest.skip(f"{name} is not here; shared/pdfs/README.md of the project says where it is from")


def page_of(reader: PdfReader, *sources: PageSource) -> Page:
    return reader.page(PdfFile.of(write(sources)), 1)


def places(page: Page) -> dict[str, tuple[int, ...]]:
    """Left, top, right and bottom of each word, in whole points."""
    return {
        word.text: tuple(round(x) for x in (box.left, box.top, box.right, box.bottom))
        for word in page.words
        for box in word.boxes[:1]
    }


def colours_at(reader: PdfReader, source: PageSource) -> bool:
    """Whether the picture is dark in the middle of the first word's box, and white elsewhere."""
    file = PdfFile.of(write([source]))
    page = reader.page(file, 1)
    picture = Image.open(io.BytesIO(reader.picture(file, 1, 800))).convert("L")
    scale = picture.width / page.width
    box = page.words[0].boxes[0]
    left, top = math.floor(box.left * scale) - 1, math.floor(box.top * scale) - 1
    right, bottom = math.ceil(box.right * scale) + 1, math.ceil(box.bottom * scale) + 1
    inside = picture.crop((left, top, right, bottom))
    dark_inside = sum(inside.histogram()[:128])
    return dark_inside > 0 and dark_inside == sum(picture.histogram()[:128])


def test_words_stand_where_they_were_written(reader: PdfReader) -> None:
    page = page_of(reader, PageSource(content=line(50, 700, "Oak trees")))
    assert (page.number, page.width, page.height, page.rotation) == (1, 595, 842, 0)
    assert page.text == "Oak trees"
    left, top, right, bottom = places(page)["Oak"]
    assert (left, right) == (50, 72)  # Helvetica's widths: 778, 556 and 500 thousandths of 12
    assert top < 842 - 700 < bottom  # the line on which the letters stand


def test_two_columns_are_read_one_after_the_other(reader: PdfReader) -> None:
    left = lines(50, 700, ["The left column has", "three lines of text", "and ends here."])
    right = lines(320, 700, ["Then the right one", "goes on beside it", "to its end."])
    page = page_of(reader, PageSource(content=left + right))
    assert " ".join(page.text.split()).endswith(
        "and ends here. Then the right one goes on beside it to its end."
    )


def test_a_hyphen_at_a_line_end_stays_and_is_told(reader: PdfReader) -> None:
    page = page_of(reader, PageSource(content=lines(50, 700, ["people in recov-", "ery at work"])))
    assert page.text == f"people in recov{LINE_END_HYPHEN}ery at work"
    assert page.hyphens == (15,)
    word = page.words[2]
    assert [round(box.left) for box in word.boxes] == [102, 50]
    assert [(m.start, m.end) for m in search("recovery", [page])] == [(10, 19)]


def test_ligatures_are_read_as_their_letters(reader: PdfReader) -> None:
    page = page_of(reader, PageSource(content=line(50, 700, "The ﬁrst ﬂoor")))
    assert page.text == "The first floor"


def test_words_from_right_to_left_are_read_in_their_order(reader: PdfReader) -> None:
    content = letters(50, 700, "םולש") + letters(50, 600, "دﻼب")
    page = page_of(reader, PageSource(content=content))
    assert page.text == "שלום\nبلاد"
    assert [match.start for match in search("שלום", [page])] == [0]


def test_a_word_that_is_drawn_as_one_sign_is_read_in_its_order(reader: PdfReader) -> None:
    mark = "/Span << /ActualText <FEFF05E905DC05D505DD> >> BDC "
    page = page_of(reader, PageSource(content=mark + letters(50, 700, "x") + " EMC"))
    assert page.text == "שלום"


def test_letters_outside_of_the_first_plane_count_once(reader: PdfReader) -> None:
    page = page_of(reader, PageSource(content=letters(50, 700, "𝑥=1")))
    assert page.text == "𝑥=1"


@pytest.mark.parametrize("crop", [(), (30, 40, 400, 800)], ids=["whole", "cropped"])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_boxes_lie_on_the_letters_of_the_picture(
    reader: PdfReader, rotate: int, crop: tuple[int, ...]
) -> None:
    source = PageSource(content=line(60, 700, "Oak"), rotate=rotate, crop=crop)
    assert colours_at(reader, source)
    page = page_of(reader, source)
    width, height = (370, 760) if crop else (595, 842)
    assert page.rotation == rotate
    assert (page.width, page.height) == ((width, height) if rotate % 180 == 0 else (height, width))


def test_a_page_may_begin_anywhere(reader: PdfReader) -> None:
    source = PageSource(content=line(-50, 1000, "Oak"), media=(-100, 500, 300, 1100))
    assert colours_at(reader, source)


def test_what_the_crop_box_hides_is_not_read(reader: PdfReader) -> None:
    content = line(60, 700, "shown") + line(60, 20, "printer's mark")
    page = page_of(reader, PageSource(content=content, crop=(30, 40, 400, 800)))
    assert page.text.split() == ["shown"]


def test_a_scan_has_a_picture_and_no_text(reader: PdfReader) -> None:
    file = PdfFile.of(write([scan()]))
    assert not reader.page(file, 1).has_text
    picture = Image.open(io.BytesIO(reader.picture(file, 1, 200)))
    assert len(set(picture.convert("L").tobytes())) > 2


def test_a_file_of_400_pages_is_read_at_any_page(reader: PdfReader) -> None:
    sources = [
        PageSource(content=line(50, 300, f"page {n}"), media=(0, 0, 300 + n, 400))
        for n in range(1, 401)
    ]
    file = PdfFile.of(write(sources))
    sizes = reader.page_sizes(file)
    assert [round(size.width) for size in sizes] == list(range(301, 701))
    assert [reader.page(file, n).text for n in (1, 200, 400)] == ["page 1", "page 200", "page 400"]


@pytest.mark.parametrize("number", [0, -1, 2, 10**9])
def test_a_page_that_is_not_there_is_not_found(reader: PdfReader, number: int) -> None:
    file = PdfFile.of(write([scan()]))
    with pytest.raises(NotFound):
        reader.page(file, number)
    with pytest.raises(NotFound):
        reader.picture(file, number, 100)


def test_a_picture_is_as_wide_as_asked_and_never_huge(reader: PdfReader) -> None:
    file = PdfFile.of(write([PageSource(content=line(50, 700, "Oak"))]))
    sizes = [
        Image.open(io.BytesIO(reader.picture(file, 1, width))).width for width in (800, 0, 10**9)
    ]
    assert sizes == [800, 16, WIDEST]
    ribbon = PdfFile.of(write([PageSource(media=(0, 0, 20, 14_400))]))
    picture = Image.open(io.BytesIO(reader.picture(ribbon, 1, WIDEST)))
    assert picture.width * picture.height <= 16_200_000
    assert picture.height / picture.width == pytest.approx(14_400 / 20, rel=0.01)


@pytest.mark.parametrize("kind", PictureKind)
def test_a_picture_is_what_a_browser_is_told(reader: PdfReader, kind: PictureKind) -> None:
    content = reader.picture(PdfFile.of(write([scan()])), 1, 100, kind)
    assert Image.open(io.BytesIO(content)).get_format_mimetype() == kind.value


def reason_of(reader: PdfReader, content: bytes) -> Reason:
    with pytest.raises(UnreadablePdf) as caught:
        reader.page(PdfFile.of(content), 1)
    assert len(str(caught.value)) > 40
    return caught.value.reason


def test_a_file_with_a_password_says_so(reader: PdfReader) -> None:
    content = write([PageSource(content=line(50, 700, "secret"))], password="sesame")  # noqa: S106  # of no use elsewhere
    assert reason_of(reader, content) is Reason.PASSWORD


def test_a_file_that_only_forbids_changes_is_read(reader: PdfReader) -> None:
    content = write([PageSource(content=line(50, 700, "open to all"))], password="")
    assert reader.page(PdfFile.of(content), 1).text == "open to all"


def test_damaged_files_say_so(reader: PdfReader) -> None:
    whole = write([PageSource(content=line(50, 700, "whole"))])
    for damaged in (b"", b"%PDF-1.7", b"no PDF at all", whole[: len(whole) // 2]):
        assert reason_of(reader, damaged) is Reason.DAMAGED


def test_a_file_that_lost_its_end_is_read_as_far_as_possible(reader: PdfReader) -> None:
    whole = write([PageSource(content=line(50, 700, "whole"))])
    content = whole[: whole.index(b"xref\n")] + b"trailer << /Root 1 0 R >>"
    assert reader.page(PdfFile.of(content), 1).text == "whole"


def test_a_damaged_page_does_not_hide_the_others(reader: PdfReader) -> None:
    content = write([PageSource(content=line(50, 700, "first")), scan()])
    broken = content.replace(b"/Type /Page /Parent", b"/Type /Pege /Parent", 1)
    file = PdfFile.of(broken[: len(content)])
    for number in (1, 2):
        try:
            reader.page(file, number)
        except UnreadablePdf as error:
            assert error.reason is Reason.PAGE_DAMAGED  # noqa: PT017  # either is right for page 1
    assert len(reader.picture(file, 2, 50)) > 0


# ── files that others made ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "number", "phrase", "exact"),
    [
        (
            "multicolumn.pdf",
            1,
            "consectetuer adipiscing elit",
            "consectetuer adip\u00adiscing elit",
        ),
        ("habibi.pdf", 1, "حبيبي", "حَبيبي"),
        ("dehypenisation1.pdf", 1, "dehypenisation", "dehypenisa\u00adtion"),
        ("GeoTopo-komprimiert.pdf", 2, "gsaufgaben", "gsauf\u00adgaben"),
        ("issue-71-duplicate-chars-2.pdf", 1, "desordres", "DÉSORDRES"),
        ("MullenJSSv18i03.pdf", 1, "the package allows", "The pack\u00adage\nallows"),
        ("zen_of_python_corrupted.pdf", 1, "readability counts", "Readability counts"),
        ("issue-449-vertical.pdf", 1, "vertical layout", "Vertical\nLayout"),
    ],
)
def test_words_are_found_in_files_of_others(
    reader: PdfReader, name: str, number: int, phrase: str, exact: str
) -> None:
    page = reader.page(theirs(name), number)
    found = [page.text[match.start : match.end] for match in search(phrase, [page])]
    assert " ".join(exact.split()) in [" ".join(words.split()) for words in found]
    for word in page.words:
        for box in word.boxes:
            assert 0 <= box.left <= box.right <= page.width
            assert 0 <= box.top <= box.bottom <= page.height


@pytest.mark.parametrize("name", ["aes-256.pdf", "libreoffice-writer-password.pdf"])
def test_locked_files_of_others_say_so(reader: PdfReader, name: str) -> None:
    with pytest.raises(UnreadablePdf, match="password"):
        reader.page_sizes(theirs(name))


@pytest.mark.parametrize("name", ["imagemagick-CCITTFaxDecode.pdf"])
def test_a_fax_of_others_has_no_text(reader: PdfReader, name: str) -> None:
    assert not reader.page(theirs(name), 1).has_text


def test_all_pages_of_a_book_are_data_that_a_browser_can_read(reader: PdfReader) -> None:
    file = theirs("GeoTopo-komprimiert.pdf")
    for number in range(1, len(reader.page_sizes(file)) + 1):
        json.dumps(to_json(reader.page(file, number)), allow_nan=False)
