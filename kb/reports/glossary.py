"""What do the words on the pages mean? Those of the glossary that a reader meets, in the same sentences."""

from kb.reports.page import GlossaryPage, Meaning

_MEANINGS = """
agreement: verdict: the stated intervals of two positions meet
allowed: the interval of a quantity opened on the side that its bound leaves open: 2,000 and up
bound: which side the words leave open: exact, range, at least, at most, more than, less than
calculation: a formula over figures, measures, other calculations and assumptions, with units
check: a calculation's result laid beside a stated figure
claim: one sentence that can be true or false, in our own words
conflict: verdict: two positions that may be compared do not meet
consensus: weighted median over independent origins within one scope; never a mean
copy (possible): one of two sources that share a wrong number too rare for chance; a suggestion
corroboration: finding: independent voices give numbers that meet
dependent figure: a further mention of a number: repeated, quoted or translated; it is not counted again, and
  without a value of its own it follows the number that it mentions
digest: SHA-256 of what went into a finding; a ruling binds to it
drift: a translation or quotation that changes what was said
event: something that happened, with actor and reason; all else is computed from events
figure: one mention of a quantity for a measure in a scope, by a voice, in a passage
finding: what the engine notices between two positions, or between a computed and a stated number
hedge: how loosely a number is meant: none, about, nearly, just over, order of magnitude
hull: the smallest interval around all results of a calculation
influence: how far one value moves a calculation's result, the others at their middle
match: what a person decides about two names: that they mean the same measure or scope value, or that they do not
measure: what is measured, with its unit, kind and scope keys
moment: the state of the base at a position of the log
not comparable: verdict: different things, with the reason
origin: the first voice behind a number
passage: where in a document: line, sentence, exact words
position (of a source): figures of independent origin, for one measure in one scope, whose stated intervals meet
question: what the claims are about, with two sides; the root of an argument map
reliability: our trust in a source, an Admiralty letter from A to F
repetition: finding: another work gives the same number and adds no voice of its own
rounding: verdict: two numbers meet once rounding or truncation is allowed for
ruling: what a person decides about a finding, with a reason
scope: what a figure is measured on: vendor, plan, period, place
severity: how much a finding matters, from 0 to 1, from the distance of the intervals
source: something published
spread (finding): one measure differs between named things, such as vendors; shown, never averaged
stance: how the voice stands to what it says: asserted, measured, alleged, hypothetical …
standing: how a sentence stands once all arguments are weighed: in (it stands: every attack on it is beaten), out
  (it falls: an attack that stands hits it), or undecided (neither), with a strength
stated: the interval of a quantity as said, both ends included
strength: from 0 to 1, how much all that speaks for a sentence outweighs all that speaks against it; it decides
  nothing: what is attacked stays undecided at any strength until the attack is beaten
tension: verdict: two positions pull apart without excluding each other
undercut: an attack on an argument rather than on its conclusion
verdict: agreement, rounding, tension, conflict or not comparable
via: who passed a voice on
voice: who says it, and through whom
widened: the allowed interval after rounding and hedges are allowed for
"""


def glossary() -> GlossaryPage:
    """The words of the pages, in alphabetical order."""
    lines = _MEANINGS.strip().replace("\n  ", " ").split("\n")
    return GlossaryPage("Words", tuple(_meaning(*line.split(": ", 1)) for line in lines))


def _meaning(word: str, meaning: str) -> Meaning:
    return Meaning(word.partition(" (")[0].replace(" ", "-"), word, meaning)
