from pathlib import Path

from evidence.dedupe import RULES
from evidence.dedupe.verdicts import CHAIN

DOCS = Path(__file__).parents[2] / "docs"


def test_every_reason_and_veto_is_explained_in_the_methods() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in DOCS.glob("methods*.md"))

    codes = {rule.veto or rule.code for rule in RULES} | {CHAIN}
    assert {code for code in codes if f"`{code}`" not in told} == set()
