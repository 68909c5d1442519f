"""The known name that a user probably meant, by one rule for seed files, addresses and the command line."""

from collections.abc import Iterable

_MIN_SCORE = 60
_MIN_PARTIAL_SCORE = 66
_LONGEST_LIST = 14


def nearest(name: str, choices: Iterable[str]) -> str:
    """The member of ``choices`` most similar to ``name``, ignoring case; empty if none is similar enough.

    >>> nearest("antropic", ["anthropic", "openai"]), nearest("zz", ["anthropic", "openai"])
    ('anthropic', '')
    """
    from rapidfuzz import fuzz, process  # late: every command imports this module, and few of them meet a typo

    known = list(choices)
    best = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=_MIN_SCORE, processor=str.casefold)
    # Parts are compared only if whole names fail, and only for longer names: almost any short name is contained in
    # some long one, so WRatio alone would suggest names that merely share a few letters.
    if best is None and len(name) > 3:
        best = process.extractOne(
            name, known, scorer=fuzz.WRatio, score_cutoff=_MIN_PARTIAL_SCORE, processor=str.casefold
        )
    return best[0] if best else ""


def did_you_mean(name: str, choices: Iterable[str]) -> str:
    """A hint naming the nearest of ``choices``, or all of them if none is near and they are few; else empty.

    >>> did_you_mean("antropic", ["anthropic", "openai"]), did_you_mean("zz", ["anthropic", "openai"])
    ("did you mean 'anthropic'?", 'write one of: anthropic, openai')
    """
    known = list(choices)
    if suggestion := nearest(name, known):
        return f"did you mean '{suggestion}'?"
    return f"write one of: {', '.join(known)}" if 0 < len(known) <= _LONGEST_LIST else ""
