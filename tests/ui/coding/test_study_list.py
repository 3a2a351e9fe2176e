"""What coding many studies at once would do is said in sentences."""

import pytest

from evidence.steps.coding.study_list import BulkPreview
from evidence.ui.coding.study_list import bulk_words

NOTHING = BulkPreview(studies=(), begun=0, replaced=0, as_wanted=0, complete=0)


@pytest.mark.parametrize(
    ("seen", "on", "words"),
    [
        (NOTHING, True, "0 studies get the code."),
        (
            BulkPreview(studies=(1,), begun=1, replaced=0, as_wanted=1, complete=1),
            True,
            ("1 study gets the code. 1 coding of yours begins with that. 1 is so already. "
            "1 coding marked complete stays as it is."),
        ),
        (
            BulkPreview(studies=(1, 2), begun=2, replaced=2, as_wanted=3, complete=2),
            True,
            ("2 studies get the code. In 2 of them another answer to the question gives way, "
            "because it has one answer only. 2 codings of yours begin with that. 3 are so "
            "already. 2 codings marked complete stay as they are."),
        ),
        (BulkPreview(studies=(1, 2), begun=0, replaced=0, as_wanted=0, complete=0), False,
         "2 studies lose the code."),
    ],
)  # fmt: skip
def test_numbers_and_words_agree(seen: BulkPreview, on: bool, words: str) -> None:  # noqa: FBT001
    assert bulk_words(seen, on=on) == words
