"""Pictures of the pages of two reports as Word documents, into docs/figures.

    python -m scripts.report_pages

One is that of the example, which has no pooled effects, certainty or themes; pages with these are
of a review of invented studies (scripts/invented_review.py).

LibreOffice turns the document into pages; without it nothing is drawn, and this says so.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from evidence.steps.results import report
from evidence.steps.results.report import ReportFormat
from evidence.store import Store
from scripts import invented_review
from scripts.figures import FOLDER
from scripts.serving import ROOT

SCALE = 0.75  # pixels for each point of the page: 54 dots per inch, to judge a page as a whole
COLUMNS = 4
SHEETS = {"report-begins": range(8), "report-goes-on": range(8, 16)}
"""Pages of the example's report by the name of the sheet that they stand on."""
OF_RESULTS = {"report-results": range(6, 14)}
"""The same of the review of invented studies."""
GAP = 12
GROUND = "#D5DBE2"


def main() -> int:
    """The first pages, eight on a sheet."""
    if shutil.which("soffice") is None:
        print("LibreOffice (soffice) is not installed; no page is drawn.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        for make, sheets in ((example_report, SHEETS), (report_of_results, OF_RESULTS)):
            pages = drawn(as_pdf(make(Path(folder))))
            for name, which in sheets.items():
                save(name, [pages[number] for number in which if number < len(pages)])
    return 0


def example_report(folder: Path) -> Path:
    """The report of the example, by the commands that people use."""
    environment = {"WAYMARK_DATABASE": f"sqlite:///{folder / 'report.db'}"}
    document = folder / "report.docx"
    for arguments in (["review", "example"], ["report", "1", "--out", str(document)]):
        command = [sys.executable, "-m", "evidence", *arguments]
        subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    return document


def report_of_results(folder: Path) -> Path:
    """The report of the review of invented studies."""
    document = folder / "results.docx"
    store = Store.open(f"sqlite:///{folder / 'results.db'}")
    made = report.filled(invented_review.make(store))
    document.write_bytes(report.file_of(made, ReportFormat.DOCX))
    store.close()
    return document


def as_pdf(document: Path) -> Path:
    """As LibreOffice turns it into pages."""
    folder = document.parent
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", str(folder), str(document)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return document.with_suffix(".pdf")


def drawn(file: Path) -> list[Image.Image]:
    """Each page as a picture."""
    document = pdfium.PdfDocument(file)
    pages = [page.render(scale=SCALE).to_pil().convert("RGB") for page in document]
    document.close()
    return pages


def save(name: str, pages: list[Image.Image]) -> None:
    """Pages side by side, each in its own field."""
    wide = max(page.width for page in pages) + GAP
    high = max(page.height for page in pages) + GAP
    rows = -(-len(pages) // COLUMNS)
    sheet = Image.new("RGB", (wide * COLUMNS + GAP, high * rows + GAP), GROUND)
    for number, page in enumerate(pages):
        row, column = divmod(number, COLUMNS)
        left = GAP + column * wide + (wide - GAP - page.width) // 2
        sheet.paste(page, (left, GAP + row * high))
    few = sheet.quantize(96, method=Image.Quantize.MAXCOVERAGE)  # keeps the colour of small marks
    few.save(FOLDER / f"{name}.png", "PNG", optimize=True)
    print(f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
