"""Why a PDF file, or a page of it, cannot be read, in words for the person at the screen."""

from enum import StrEnum

from evidence.errors import Invalid

MOST_PAGES = 5_000
LARGEST = 200_000_000  # bytes of a file
MOST_CHARACTERS = 200_000  # of a page, fifty times a full one


class Reason(StrEnum):
    """Kinds of trouble with a file."""

    PASSWORD = "password"  # noqa: S105  # the name of a reason
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    PAGE_DAMAGED = "page_damaged"
    PAGE_TOO_FULL = "page_too_full"
    TOO_SLOW = "too_slow"
    CRASHED = "crashed"


_SENTENCES = {
    Reason.PASSWORD: "This PDF asks for a password. Open it where the password is known, save it "
    "without one, and add that file.",
    Reason.DAMAGED: "This PDF is damaged or incomplete and cannot be opened. Fetch it again from "
    "where it came from; often it is a download that broke off.",
    Reason.TOO_LARGE: f"This PDF is larger than {LARGEST // 1_000_000} MB. Save it with smaller "
    "pictures, or in parts.",
    Reason.TOO_MANY_PAGES: f"This PDF has more than {MOST_PAGES:,} pages. Save the part that is "
    "needed as a file of its own.",
    Reason.PAGE_DAMAGED: "This page of the PDF is damaged and cannot be shown; the others may be "
    "sound. Fetch the file again from where it came from.",
    Reason.PAGE_TOO_FULL: f"This page has more than {MOST_CHARACTERS:,} characters, which is more "
    "than is read of one page. It can be read in the PDF itself.",
    Reason.TOO_SLOW: "This took too long and was stopped; there may be more on the page than can "
    "be drawn. Open the PDF itself, or save it anew with another program.",
    Reason.CRASHED: "The program that reads PDF files broke on this one and was started again. "
    "Open the PDF itself, or save it anew with another program.",
}


class UnreadablePdf(Invalid):
    """A PDF file, or a page of it, cannot be read.

    Attributes:
        reason: which kind of trouble it is.
    """

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(_SENTENCES[reason])
