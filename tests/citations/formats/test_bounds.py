"""Files that would take for ever if anything grew faster than the file.

Each takes well under a second here; what is quadratic would take hours.
"""

import os
import time

import pytest

from evidence.citations.formats import read

# Many examples of code that other tests reach; to count lines would double their time.
pytestmark = pytest.mark.no_cover

SECONDS = 20
N = 200_000


def ris(tag: str, value: str) -> bytes:
    return f"TY  - JOUR\nTI  - t\n{tag}  - {value}\nER  - \n".encode()


def bibtex(name: str, value: str) -> bytes:
    return f"@article{{k,\n title = {{T}},\n {name} = {{{value}}}\n}}\n".encode()


FILES = {
    "a field of 5 MB": ris("AB", "word " * 5 * N),
    "10,000 authors": ris("AU", "A, B\nAU  - " * 10_000),
    "authors in one line": ris("AU", "A, B;" * N),
    "openings of markup": ris("AB", "<b " * N),
    "markup with blanks": ris("AB", "<b" + " " * 5 * N),
    "entries within a value": b"@article{k,title={x},abstract={"
    + b"\n@misc{a,b={c}}" * (N // 10)
    + b"}}",
    "entries within values that never end": b"\n@article{k,abstract={{" * (N // 10),
    "comments in a text": ris("AB", "<!-- " * N),
    "tags in square brackets": ris("AB", "".join(f"[/{n:x}][a" for n in range(N // 10))),
    "tags of many names": ris("AB", "".join(f"<x{n}></x{n}>" for n in range(N // 10))),
    "documents of LaTeX": ris("AB", r"\documentclass " * N),
    "labels without end": ris("AB", "<AbstractText " * N),
    "entries of MARC that never end": b"<record><leader>x" * (N // 10),
    "entries of MODS that never end": b"<mods><titleInfo>" * (N // 10),
    "tags of many prefixes": b"<mods><titleInfo>"
    + b"".join(b"<p%d:a/>" % n for n in range(N // 10))
    + b"</titleInfo></mods>",
    "elements within elements": b"<mods><titleInfo>"
    + b"<a>" * N
    + b"</a>" * N
    + b"</titleInfo></mods>",
    "refusals of a catalogue": b"<mods><titleInfo/></mods>" + b"<diagnostic>" * N,
    "entities without end": ris("AB", "&#1" * N),
    "brackets behind a DOI": ris("DO", "10.1000/x" + ")" * 5 * N),
    "pages of dashes": ris("SP", "1-" * N),
    "pages of blanks": ris("SP", "1" + " " * 5 * N + "x"),
    "years and months": ris("PY", "2001 Mar 12 " * N),
    "untagged lines": b"TY  - JOUR\nAB  - x\n" + b"line\n" * N + b"ER  - \n",
    "blank lines, then untagged ones": b"TY  - JOUR\nAB  - x\n" + b"\n" * N + b"line\n" * N,
    "entries that never end": b"TY  - JOUR\nTI  - x\n" * (N // 10),
    "tags before any entry": b"DB  - x\n" * N + b"TY  - JOUR\nTI  - x\nER  - \n",
    "nested braces": bibtex("abstract", "{" * N + "}" * N),
    "opening braces": bibtex("abstract", "{" * N),
    "quotes": bibtex("abstract", '"' * N),
    "dollars": bibtex("abstract", "$a " * N),
    "backslashes": bibtex("abstract", "\\" * 2 * N),
    "names": bibtex("author", "A, B and " * (N // 10)),
    "commas": bibtex("author", "a, " * (N // 10)),
    "joined values": b"@article{k,\n title = " + b"a # " * N + b"b\n}",
    "blanks in an open block": b"@article{k k, l,\n title = {a}" + b" " * 5 * N + b"x",
    "blank lines in an open block": b"@article{k k, l,\n title = {a}" + b"\n" * 5 * N + b"x",
    "blanks behind a parenthesis": b"@article{k,title={x}}\n@a(" + b" " * 5 * N,
    "starts of blocks": b"\n@a{" * (N // 10) + b"@misc{k, title={x}}",
    "comments without an element": b"<!-- x -->" * N + b"#",
    "document types that never end": b"<!DOCTYPE x [" * N,
    "a row of empty cells": ris("AB", "x" + "\t" * N + "x\n" + "\t" * N),
    "one line of 20 MB": b"a" * 100 * N,
    "20 MB of random bytes": os.urandom(100 * N),
    "20 MB of random letters": os.urandom(50 * N).hex().encode(),
    "high bytes": b"\xe9" * 10 * N,
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES.keys())
def test_time_grows_with_the_file_only(data: bytes) -> None:
    began = time.perf_counter()
    reading = read(data, "large")
    assert time.perf_counter() - began < SECONDS
    assert reading.seen == len(reading.records) + reading.lost
