"""What does a writer hear of a text that is no quantity?"""


class NotationError(ValueError):
    """A text that is no quantity.

    Attributes:
        what: What is wrong.
        hint: What to write instead; empty where nothing better is known.
        offset: Place in the text, from 0.
    """

    def __init__(self, what: str, hint: str = "", offset: int = 0) -> None:
        super().__init__(what + (f" — {hint}" if hint else ""))
        self.what, self.hint, self.offset = what, hint, offset
