"""Names of countries as they stand within a sentence."""

_WITH_ARTICLE = ("United ", "Netherlands", "Philippines", "Czech Republic", "Gambia", "Bahamas")
_NO_NAMES = ("Another ", "Several ", "Other ", "More than ", "Elsewhere")
_ABBREVIATED = frozenset({"US", "USA", "UK", "UAE", "EU"})


def place_name(label: str) -> str:
    """A country within a sentence: some have an article, and what is no name has a small letter."""
    if label.startswith(_NO_NAMES):
        return label[0].lower() + label[1:]
    has_article = label in _ABBREVIATED or label.startswith(_WITH_ARTICLE)
    return f"{'the ' * has_article}{label}"
