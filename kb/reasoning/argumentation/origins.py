"""The origins of an argument map, each with a bit of its own."""

from dataclasses import dataclass, field, replace

from kb.reasoning.findings.origin import Origin, unnamed_speakers

EDITORS_ORIGIN = Origin("((editors))", "the editors")
"""The origin of what rests on assumptions of the editors of the base alone."""


@dataclass(slots=True)
class OriginRegistry:
    """The origins of one map, numbered in the order in which they are met.

    Attributes:
        origins: Each with the name by which it is met first; one that is met by several names is known by its work.
    """

    origins: list[Origin] = field(default_factory=list)
    _bits: dict[str, int] = field(default_factory=dict)

    def bit(self, origin: Origin) -> int:
        """The bit of ``origin``."""
        known = self._bits.get(origin.key)
        if known is None:
            known = self._bits[origin.key] = 1 << len(self.origins)
            self.origins.append(origin)
        elif origin.work:
            self._share(known.bit_length() - 1, origin)
        return known

    def _share(self, number: int, origin: Origin) -> None:
        # One letter of a thread must not stand for all the people whom the thread does not name.
        if self.origins[number].name != origin.name:
            self.origins[number] = replace(origin, name=unnamed_speakers(origin.work))

    @property
    def editors(self) -> int:
        """The bit of the editors of the base."""
        return self.bit(EDITORS_ORIGIN)

    def named(self, bits: int) -> tuple[Origin, ...]:
        """The origins of a set, in the order of their numbers."""
        return tuple(origin for number, origin in enumerate(self.origins) if bits >> number & 1)
