"""Pictures of the pages of the example's report as Word document, into docs/figures.

    python -m scripts.report_pages

LibreOffice turns the document into pages; without it nothing is drawn, and this says so.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from scripts.figures import FOLDER
from scripts.serving import ROOT

SCALE = 0.75  # pixels for each point of the page: 54 dots per inch, to judge a page as a whole
COLUMNS = 4
SHEETS = {"report-begins": range(8), "report-goes-on": range(8, 16)}
"""Pages by the name of the sheet that they stand on."""
GAP = 12
GROUND = "#D5DBE2"


def main() -> int:
    """The first pages, eight on a sheet."""
    if shutil.which("soffice") is None:
        print("LibreOffice (soffice) is not installed; no page is drawn.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        pages = drawn(made(Path(folder)))
    for name, which in SHEETS.items():
        save(name, [pages[number] for number in which if number < len(pages)])
    return 0


def made(folder: Path) -> Path:
    """The report of the example as PDF."""
    environment = {"WAYMARK_DATABASE": f"sqlite:///{folder / 'report.db'}"}
    document = folder / "report.docx"
    for arguments in (["review", "example"], ["report", "1", "--out", str(document)]):
        command = [sys.executable, "-m", "evidence", *arguments]
        subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
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
    few = sheet.convert("P", palette=Image.Palette.ADAPTIVE, colors=64)
    few.save(FOLDER / f"{name}.png", "PNG", optimize=True)
    print(f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
