"""How to read a report, for somebody who has never seen one."""

_KEY = """
Every statement names who makes it. Words in quotation marks are the source's own; all others are ours.
“Editors’ inference” marks a conclusion that no source draws; the evidence for it is cited.
“According to” and “via” name whoever passes on what somebody else said.
A voice counts once on a side, for its strongest argument; the unnamed speakers of one text are one voice.
Alleged, assumed, hypothetical, projected, estimated and denied numbers are marked so.
An answer leans if a single change would turn it; it is open if the sides are about as strong, or a number is missing.
Certainty says how likely an answer is to survive better evidence: high, moderate, low or very low.
Two statements in conflict cannot both be true; two in tension can, if one is read loosely.
Trust in a source, from A (reliable) to E (unreliable), or F (cannot be judged), is the editors' judgement.
Each citation leads to its passage, with the event of the log that recorded it.
"""

KEY = tuple(_KEY.strip().splitlines())
"""The key, one line each."""
