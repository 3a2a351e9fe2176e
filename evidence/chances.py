"""Probabilities in words, for people who do not read p-values every day."""

LEAST = 0.001
SMALL = 0.01
NEARLY_SURE = 0.995


def in_words(probability: float) -> str:
    """How often something happens that has this probability: `about 3 times in 100`.

    Args:
        probability: between 0 and 1. Where rounding would say "never" or "always", the words say
            how close to it the probability is.
    """
    if probability < LEAST:
        return "less than once in 1,000 times"
    if probability < SMALL:
        return _times(round(probability * 1000), 1000)
    if probability >= NEARLY_SURE:
        return "nearly always"
    return _times(round(probability * 100), 100)


def _times(count: int, of: int) -> str:
    times = "once" if count == 1 else f"{count} times"
    return f"about {times} in {of:,}"
