"""What the site of the documentation needs beyond docs/, as a hook of MkDocs (mkdocs.yml names it).

The documents are written for GitHub's Markdown and are read there, too. The site has a stricter
reader, so each page is put into a form that it understands. Documents outside of docs/ become pages
of it, and other files that a page leads to are named by their place in the folder of Waymark.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
BESIDE = {  # what is outside of docs/, and where the site has it
    "coding_schemes/README.md": "more/coding-schemes.md",
    "data/example/README.md": "more/example.md",
    "data/founding/README.md": "more/founding-data.md",
    "CONTRIBUTING.md": "more/contributing.md",
    "CHANGELOG.md": "more/changes.md",
    "data/example/imports/pubmed.ris": "more/pubmed.ris",
    "data/example/imports/publishers.bib": "more/publishers.bib",
    "data/example/imports/scie-digest.ris": "more/scie-digest.ris",
}
PLACES = {page: document for document, page in BESIDE.items()}
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]+)\]\((?P<link>[^)\s]+)\)")
ITEM = re.compile(r"(?P<indent> *)(?P<sign>[-*+]|\d+\.)(?P<gap> +)")
PICTURE = re.compile(r"!\[(?P<text>[^\]]*)\]\((?P<file>[^)\s]+)-light\.png\)")
KEY = re.compile(r" +(\w+) \S+ (\w+) : (\w+)")
ARROW = re.compile(r" +[-=]\S*> +(?:\|[^|]*\| +)?| +-\.- +")
FENCE = "```"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Files outside of docs/ join the site."""
    for document, page in BESIDE.items():
        files.append(File.generated(config, page, content=(ROOT / document).read_bytes()))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """A page as both kinds of Markdown understand it, with links that the site can follow."""
    return adapted(markdown, page.file.src_uri)


def adapted(markdown: str, page: str) -> str:
    """The text of a page of the site, by its place in docs/."""
    parts = re.split(r"(^```.*?^```$)", markdown, flags=re.MULTILINE | re.DOTALL)
    made = (_drawn(part) if part.startswith(FENCE) else _linked(part, page) for part in parts)
    return "\n".join(_indented("".join(made).split("\n")))


def _linked(text: str, page: str) -> str:
    """Links lead to pages of the site, what is none is named by where it stands; and pictures
    follow the colours of the reader.
    """
    document = PLACES.get(page, f"docs/{page}")
    folder = posixpath.dirname(document)

    def picture(shown: re.Match[str]) -> str:
        if not (ROOT / folder / f"{shown['file']}-dark.png").is_file():
            return shown[0]
        schemes = (f"{shown['file']}-{scheme}.png#only-{scheme}" for scheme in ("light", "dark"))
        return "".join(f"![{shown['text']}]({file})" for file in schemes)

    def link(found: re.Match[str]) -> str:
        target, mark, anchor = found["link"].partition("#")
        if not target or ":" in target:
            return found[0]
        place = posixpath.normpath(posixpath.join(folder, target))
        inside = BESIDE.get(place) or _in_docs(place)
        if inside is None:
            named = found["text"].strip("`") in {place, posixpath.basename(place)}
            return f"`{place}`" if named else f"{found['text']} (`{place}`)"
        to = posixpath.relpath(inside, posixpath.dirname(page) or ".")
        return f"[{found['text']}]({to}{mark}{anchor})"

    return LINK.sub(link, PICTURE.sub(picture, text))


def _in_docs(place: str) -> str | None:
    """Where a file of the project stands in the site; None where it does not."""
    if place == "README.md":
        return "index.md"
    inside = place.removeprefix("docs/")
    return inside if place != inside and (ROOT / place).is_file() else None


def _drawn(code: str) -> str:
    """A drawing in words: the script that draws it would come from another machine."""
    if not code.startswith(f"{FENCE}mermaid"):
        return code
    keys = KEY.findall(code)
    if keys:
        rows = [f"| `{child}` | `{parent}` | `{by}` |" for parent, child, by in keys]
        return "\n".join(["| rows of | belong to | by |", "|---|---|---|", *rows])
    chains = [line.strip() for line in code.splitlines()[2:-1]]
    return "\n".join(f"- {ARROW.sub(' → ', chain)}" for chain in chains)


def _indented(lines: list[str]) -> Iterator[str]:
    """Lists as Python-Markdown wants them: a blank line before, four blanks for each level."""
    levels: list[int] = []  # where the text of each open item begins
    is_code, before = False, ""
    for line in lines:
        item = None if is_code else ITEM.match(line)
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and not is_code:
            while levels and indent < levels[-1]:
                levels.pop()
        past, depth = levels[-1] if levels else 0, len(levels)
        if item:
            if before.strip() and not levels and not ITEM.match(before):
                yield ""
            levels.append(len(item[0]))
        yield " " * (4 * depth + indent - past) + line.lstrip(" ") if line.strip() else ""
        is_code ^= line.lstrip().startswith(FENCE)
        before = line
