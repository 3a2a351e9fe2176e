"""References in a line, as people cite them."""

import pytest

from evidence.citations.citing import reference_text
from evidence.citations.record import Name, Reference

DRAKE = tuple(Name(family, "Robert E.") for family in ("Drake", "McHugo", "Becker"))


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        (
            Reference(
                title="Does it work?",
                authors=DRAKE,
                journal="J Work",
                year=1996,
                volume="64",
                issue="2",
                pages="391-399",
                doi="10.1/x",
            ),
            "Drake RE, McHugo RE, Becker RE. Does it work? J Work. 1996;64(2):391-399. doi:10.1/x",
        ),
        (
            Reference(title="Many.", authors=DRAKE * 3, pmid="7"),
            "Drake RE, McHugo RE, Becker RE et al. Many. PMID: 7",
        ),
        (Reference(title="Alone"), "Alone."),
        (Reference(title="Book", editors=DRAKE[:1], publisher="P", year=2000, urls=("http://x",)),
         "Drake RE. Book. P. 2000. http://x"),
        (Reference(), ""),
    ],
)  # fmt: skip
def test_a_reference_stands_in_one_line(reference: Reference, text: str) -> None:
    assert reference_text(reference) == text
