"""How to read a report, for somebody who has never seen one."""

_KEY = """
Every statement names whoever makes it. Words in quotation marks are the source's own; all others are ours.
“Editors’ inference” marks a conclusion that no source draws; the evidence that it rests on is cited.
“Via” names whoever passes on what somebody else said.
A voice counts once on a side, for its strongest argument; all unnamed speakers of one text count as one voice.
Alleged, assumed, hypothetical, projected, estimated and denied numbers are marked so wherever they stand.
An answer is open if the sides are about as strong, or if a number that would decide the question is missing.
Certainty says how likely the answer is to survive better evidence: high, moderate, low or very low.
A conflict is two statements that cannot both be true; a tension is two that fit only if one is read loosely.
Trust in a source runs from A, completely reliable, to E, unreliable; F means that it cannot be judged.
Each citation leads to a passage in the list at the end, with the event of the log that recorded it.
"""

KEY = tuple(_KEY.strip().splitlines())
"""The key, one line each."""
