"""Fields of findings as somebody types them, and a scheme that has a contrast of one group."""

from evidence.coding.read_scheme import load

SCHEME = load(
    """\
id: s
title: T
version: "1"
purpose: coding
judges: study
sections:
  - title: One
    questions:
      - id: contrast
        text: Who with whom?
        kind: tree
        of: finding
        axis: contrast
        options:
          - {id: arms, label: Arms}
          - id: before-after
            label: Before and after
            role: one group
            replaces: [pre-post]
            options: [{id: after-a-year, label: After a year}]
""",
    "s.yaml",
)


def typed(text: str, **plain: str) -> dict[str, str]:
    """Fields of `name value` pairs; names without a point are numbers, unless they are `plain`."""
    words = text.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return {(name if "." in name else f"numbers.{name}"): value for name, value in pairs} | plain


def means(text: str = "", **plain: str) -> dict[str, str]:
    """Means of two groups of 70 that hardly differ, and more."""
    base = "n1 70 mean1 10.2 sd1 10.0 n2 70 mean2 10.0 sd2 10.0"
    return {"numbers_kind": "means", "benefit": "higher"} | typed(base) | typed(text, **plain)


def table(text: str = "", **plain: str) -> dict[str, str]:
    """12 of 40 people with an event against 20 of 40, and more."""
    base = "events1 12 total1 40 events2 20 total2 40"
    return {"numbers_kind": "table", "benefit": "lower"} | typed(base) | typed(text, **plain)
