"""What PDFium is asked. Only the process of worker.py may import this."""

import ctypes
import io
import math
from collections.abc import Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from evidence.documents.characters import Character, Frame, letter_of, page_of, text_of
from evidence.documents.pages import LINE_END_HYPHEN, UNKNOWN, Page, PageSize
from evidence.documents.pdf.unreadable import MOST_CHARACTERS, MOST_PAGES, Reason, UnreadablePdf
from evidence.documents.right_to_left import in_reading_order

MOST_PIXELS = 16_000_000  # of a picture; 64 MB while it is drawn
JPEG_QUALITY = 85
PNG_EFFORT = 1  # of 9: a page is 10 % larger, and made in half the time
_RETURN = 0xD
_HYPHENS = {2, 0xFFFE}  # what PDFium gives for a hyphen where it joins a word over a line's end
_FIRST_HALVES, _SECOND_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)  # of large codes
_WRONG_PASSWORD = 4


class Pdf:
    """An open file of so many `pages` and a `size` in bytes."""

    def __init__(self, content: bytes) -> None:
        """Open it; raises UnreadablePdf."""
        try:
            self.file = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == _WRONG_PASSWORD
            raise UnreadablePdf(Reason.PASSWORD if locked else Reason.DAMAGED) from error
        self.size = len(content)
        self.pages = len(self.file)
        if not 0 < self.pages <= MOST_PAGES:
            self.close()
            raise UnreadablePdf(Reason.TOO_MANY_PAGES if self.pages else Reason.DAMAGED)

    def close(self) -> None:
        """Free its memory."""
        self.file.close()

    def page_sizes(self) -> list[PageSize]:
        """How large each page is shown."""
        sizes = []
        size = pdfium.FS_SIZEF()
        for index in range(self.pages):
            pdfium.FPDF_GetPageSizeByIndexF(self.file, index, size)
            sizes.append(PageSize(width=round(size.width, 2), height=round(size.height, 2)))
        return sizes

    def page(self, number: int) -> Page:
        """A page's text and words; raises UnreadablePdf."""
        return page_of(number, *self._read(number))

    def text(self, number: int) -> str:
        """A page's text alone, which takes half as long; raises UnreadablePdf."""
        return text_of(*self._read(number))

    def _read(self, number: int) -> tuple[Frame, Sequence[Character]]:
        page = self._open(number)
        try:
            text = page.get_textpage()
            try:
                frame = _frame(page)
                return frame, in_reading_order(_characters(text.raw, frame))
            finally:
                text.close()
        except pypdfium2.PdfiumError as error:
            raise UnreadablePdf(Reason.PAGE_DAMAGED) from error
        finally:
            page.close()

    def picture(self, number: int, width: int, kind: str) -> bytes:
        """A page drawn so many pixels wide, or less where that were too many; raises UnreadablePdf.

        Args:
            number: of the page, from 1.
            width: in pixels.
            kind: "PNG" or "JPEG".
        """
        page = self._open(number)
        try:
            shown_width, shown_height = page.get_size()
            if shown_width <= 0 or shown_height <= 0:
                raise UnreadablePdf(Reason.PAGE_DAMAGED)
            largest = math.sqrt(MOST_PIXELS / (shown_width * shown_height))
            scale = min(width / shown_width, largest)
            bitmap = page.render(scale=scale * (1 - 1e-9), rev_byteorder=True, prefer_bgrx=True)
            try:
                return _encoded(bitmap, kind)
            finally:
                bitmap.close()
        except pypdfium2.PdfiumError as error:
            raise UnreadablePdf(Reason.PAGE_DAMAGED) from error
        finally:
            page.close()

    def _open(self, number: int) -> Any:
        try:
            return self.file[number - 1]
        except pypdfium2.PdfiumError as error:
            raise UnreadablePdf(Reason.PAGE_DAMAGED) from error


def _encoded(bitmap: Any, kind: str) -> bytes:
    picture = bitmap.to_pil().convert("RGB")
    out = io.BytesIO()
    if kind == "JPEG":
        picture.save(out, "JPEG", quality=JPEG_QUALITY)
    else:
        picture.save(out, "PNG", compress_level=PNG_EFFORT)
    return out.getvalue()


def _frame(page: Any) -> Frame:
    shown = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, shown):
        raise UnreadablePdf(Reason.PAGE_DAMAGED)
    return Frame(
        left=shown.left,
        bottom=shown.bottom,
        right=shown.right,
        top=shown.top,
        rotation=page.get_rotation(),
    )


def _characters(text: Any, frame: Frame) -> list[Character]:
    count = pdfium.FPDFText_CountChars(text)
    if count > MOST_CHARACTERS:
        raise UnreadablePdf(Reason.PAGE_TOO_FULL)
    box = pdfium.FS_RECTF()
    where = ctypes.byref(box)
    box_of = pdfium.FPDFText_GetLooseCharBox
    corner = frame.left, frame.bottom, frame.left, frame.bottom
    characters: list[Character] = []
    for index, letter in enumerate(_letters(text, count)):
        if letter.isspace():
            characters.append((letter, *corner))
        elif letter:
            box_of(text, index, where)
            characters.append((letter, box.left, box.bottom, box.right, box.top))
    return characters


def _letters(text: Any, count: int) -> list[str]:
    """What each character of a page means; "" for one that is half of the next, or a return."""
    codes = _codes(text, count)
    letters = [letter_of(code) for code in codes]
    for index, code in enumerate(codes):
        if code == _RETURN:  # a line feed follows
            letters[index] = ""
        elif code in _HYPHENS and pdfium.FPDFText_IsHyphen(text, index) == 1:
            letters[index] = LINE_END_HYPHEN
        elif index and code in _SECOND_HALVES and codes[index - 1] in _FIRST_HALVES:
            halves = (codes[index - 1] - _FIRST_HALVES[0], code - _SECOND_HALVES[0])
            letters[index - 1 : index + 1] = "", chr(0x10000 + (halves[0] << 10) + halves[1])
    return letters


def _codes(text: Any, count: int) -> list[int]:
    """The code of each character; all at once where PDFium leaves none out of its text."""
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(text, 0, count, buffer)
    whole = bytes(buffer).decode("utf-16-le", "replace").removesuffix("\0")
    if len(whole) == count and UNKNOWN not in whole:
        return [ord(sign) for sign in whole]
    return [pdfium.FPDFText_GetUnicode(text, index) for index in range(count)]
