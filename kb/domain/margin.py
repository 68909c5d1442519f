"""The margin of a number: by how much it may be off, and in what sense."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class MarginKind(StrEnum):
    """The sense of a margin; ``interval`` of a range that was stated as one, without a number in its middle."""

    STANDARD_DEVIATION = "standard_deviation"
    STANDARD_ERROR = "standard_error"
    CONFIDENCE_INTERVAL = "confidence_interval"
    TOLERANCE = "tolerance"
    NOT_STATED = "not_stated"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """``± 3`` of ``45 ± 3``, in the unit of the number; it is neither a range nor a bound.

    Attributes:
        size: How far it reaches above the number, above zero; None where a range is the interval.
        below: How far below, if that differs; None where it does not.
        kind: Its sense.
        level: The level of a confidence interval, e.g. 0.95; None if none is stated.
    """

    size: Decimal | None = None
    below: Decimal | None = None
    kind: MarginKind = MarginKind.NOT_STATED
    level: Decimal | None = None

    def __post_init__(self) -> None:
        if any(size is not None and size < 0 for size in (self.size, self.below)) or not any(
            size is None or size for size in (self.size, self.below)
        ):
            raise ValueError("a margin is above zero")
        if (self.size is None) != (self.kind is MarginKind.INTERVAL):
            raise ValueError("a margin has a size, and an interval has none")
        if self.level is not None and not 0 < self.level < 1:
            raise ValueError("the level of an interval lies between 0 and 1")
