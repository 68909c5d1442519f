"""The choices of a thought experiment: what somebody leaves out, takes for right, supposes and decides."""

from dataclasses import dataclass

from kb.domain.identity import Id
from kb.domain.quantity import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """A value that is supposed for an input of a calculation.

    Attributes:
        calculation: The calculation that has the input itself, not one that uses it.
        input: Its name in the formula.
        figure: Of an input that is a measure, a figure of the position whose number is replaced; None for every one.
        quantity: The value.
    """

    calculation: Id
    input: str
    figure: Id | None = None
    quantity: Quantity

    @property
    def place(self) -> tuple[Id, str, Id | None]:
        """What the value is supposed for."""
        return self.calculation, self.input, self.figure


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim or an argument that is accepted, whatever speaks against it, or rejected."""

    node: Id
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is different in a thought experiment; all of it together, in no order. Nothing of it is recorded.

    Attributes:
        without: Sources that are left out, with whatever only repeats them.
        voices: Keys of the origins that are left out in every source.
        taken: Figures; the position of each is taken for right, and the others on the same thing are left out.
        supposed: Values of inputs, one for each place at most.
        decided: Claims and arguments, each accepted or rejected.
    """

    without: frozenset[Id] = frozenset()
    voices: frozenset[str] = frozenset()
    taken: frozenset[Id] = frozenset()
    supposed: frozenset[Supposed] = frozenset()
    decided: frozenset[Decided] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.without or self.voices or self.taken or self.supposed or self.decided)


NO_CHOICES = Choices()
