"""Draw every kind of figure at print size into docs/figures.

    python -m scripts.figures

Most are of the example review. What it has no numbers for is drawn from tables in this script:
thirteen trials of the BCG vaccine (Colditz and others 1994, doi:10.1001/jama.1994.03510330076038),
or studies and judgements that are invented, whose names say so.
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from evidence.charts.picture import Picture
from evidence.charts.pixels import as_png
from evidence.report.live_tokens import live_token
from evidence.steps import example
from evidence.steps.results.report_facts import facts
from evidence.steps.results.report_pictures import picture
from evidence.store import Store
from scripts.serving import ROOT

FOLDER = ROOT / "docs" / "figures"
DOTS = 110
"""Per inch: sharp enough to judge a page at its printed size, and small enough to keep."""

OF_THE_EXAMPLE = {
    "years": "years-figure",
    "designs": "counts-figure by design",
    "countries": "countries-figure",
    "two-questions": "crosstab-figure by design,axis:outcome",
    "reported": "reported-figure",
    "sources": "sources-figure",
    "codes": "codes-figure by population",
    "directions": "directions-figure for contrast=allocated-arms",
    "harvest": "harvest-figure for contrast=allocated-arms",
    "map": "map-figure",
}
"""Live parts of the report, by the name of their file."""

BCG = """\
study,ai,bi,ci,di
Aronson 1948,4,119,11,128
Ferguson & Simes 1949,6,300,29,274
Rosenthal 1960,3,228,11,209
Hart & Sutherland 1977,62,13536,248,12619
Frimodt-Moller 1973,33,5036,47,5761
Stein & Aronson 1953,180,1361,372,1079
Vandiviere 1973,8,2537,10,619
TPT Madras 1980,505,87886,499,87892
Coetzee & Berjak 1968,29,7470,45,7232
Rosenthal 1961,17,1699,65,1600
Comstock 1974,186,50448,141,27197
Comstock & Webster 1969,5,2493,3,2338
Comstock 1976,27,16886,29,17825
"""
JUDGEMENTS = """\
Study,Randomisation,Deviations,Missing outcomes,Measurement,Selection,Overall
Invented 1,Low,Low,Low,Low,Low,Low
Invented 2,Low,Some concerns,Low,Low,Some concerns,Some concerns
Invented 3,High,Low,High,Some concerns,Low,High
Invented 4,Low,Low,No information,Low,Low,Some concerns
Invented 5,Some concerns,High,Low,High,Low,High
Invented 6,Low,Low,Low,Low,Low,Low
"""
INCLUSIONS = """\
Study,Review A,Review B,Review C,Review D,Review E
Invented 1,1,1,1,1,0
Invented 2,1,1,0,0,0
Invented 3,0,0,0,1,1
"""
TEMPLATES = ("new", "new-other", "updated", "updated-other", "roses-map")


def main() -> None:
    """All figures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'figures.db'}"
        of_the_example(database)
        of_tables(Path(folder), database)


def of_the_example(database: str) -> None:
    """What the example has numbers for."""
    store = Store.open(database)
    known = facts(example.load(store))
    for name, token in OF_THE_EXAMPLE.items():
        save(name, picture(known, live_token(token)))
    store.close()


def of_tables(folder: Path, database: str) -> None:
    """What is drawn by the command line: flow diagrams, and figures of the tables above."""
    for template in TEMPLATES:
        run(folder, database, f"flow-{template}", "flow", "1", "--template", template)
    tables = {"bcg": BCG, "judgements": JUDGEMENTS, "inclusions": INCLUSIONS}
    for name, table in tables.items():
        (folder / f"{name}.csv").write_text(table, encoding="utf-8")
    pool = ["pool", str(folder / "bcg.csv"), "--measure", "RR", "--title", "BCG vaccine"]
    pool += ["--left", "Favours vaccine", "--right", "Favours no vaccine"]
    run(folder, database, "forest", *pool)
    run(folder, database, "funnel", *pool, option="--funnel")
    judged = ("appraisal", str(folder / "judgements.csv"))
    run(folder, database, "traffic-light", *judged)
    run(folder, database, "judgement-bars", *judged, "--picture", "bars")
    run(folder, database, "overlap", "overlap", str(folder / "inclusions.csv"))


def run(folder: Path, database: str, name: str, *arguments: str, option: str = "--out") -> None:
    """Let a command draw a picture, and keep it smaller than the 300 dots per inch it has."""
    out = folder / f"{name}.png"
    command = [sys.executable, "-m", "evidence", *arguments, option, str(out)]
    subprocess.run(
        command,
        check=True,
        cwd=ROOT,
        env={"WAYMARK_DATABASE": database},
        stdout=subprocess.DEVNULL,
    )
    with Image.open(out) as drawn:
        share = DOTS / round(drawn.info["dpi"][0])
        size = (round(drawn.width * share), round(drawn.height * share))
        write(name, drawn.resize(size, Image.Resampling.LANCZOS))


def save(name: str, made: Picture) -> None:
    """The first page of a picture."""
    with Image.open(io.BytesIO(as_png(made.draw("light")[0], DOTS))) as drawn:
        write(name, drawn)


def write(name: str, drawn: Image.Image) -> None:
    """With few colours, which halves the file, and with its size in print."""
    few = drawn.convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
    few.save(FOLDER / f"{name}.png", "PNG", dpi=(DOTS, DOTS), optimize=True)
    print(f"{name}.png")


if __name__ == "__main__":
    main()
