"""Which warnings stop a test: ours, and not what other packages will change one day."""

import warnings

import pytest


@pytest.mark.parametrize(
    "kind", [DeprecationWarning, PendingDeprecationWarning, FutureWarning], ids=str
)
def test_what_others_will_change_is_named_and_what_we_use_of_it_is_an_error(
    kind: type[Warning],
) -> None:
    for module in ("evidence.store.engine", "tests.test_warnings", "pages.team", "app"):
        with pytest.raises(kind):
            warnings.warn_explicit("old", kind, "a.py", 1, module=module)
    with pytest.warns(kind):
        warnings.warn_explicit("old", kind, "a.py", 1, module="streamlit.elements")


def test_any_other_warning_is_an_error_wherever_it_comes_from() -> None:
    with pytest.raises(RuntimeWarning):
        warnings.warn_explicit("odd", RuntimeWarning, "a.py", 1, module="numpy")
