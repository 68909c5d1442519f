"""Which findings stand or fall together? An event touches whole groups, and each group is computed anew by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.domain.finding import Finding
from kb.domain.identity import Id

NONE: frozenset[Id] = frozenset()

_KINDS = ("measures", "calculations", "claims")


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of findings: one for each measure, for each calculation that checks figures, and for each claim.

    Every finding belongs to one group, or to two where it stands between claims.

    Attributes:
        measures: Measures whose positions, spreads and drifts are meant; what calculations check is not among these.
        calculations: Calculations whose checks are meant.
        claims: Claims of which the findings with any other claim are meant.
    """

    measures: frozenset[Id] = NONE
    calculations: frozenset[Id] = NONE
    claims: frozenset[Id] = NONE

    def __contains__(self, finding: Finding) -> bool:
        if finding.claims:
            return not self.claims.isdisjoint(finding.claims)
        if finding.calculation is not None:
            return finding.calculation in self.calculations
        return finding.measure in self.measures

    def __len__(self) -> int:
        return len(self.measures) + len(self.calculations) + len(self.claims)

    def parts(self, size: int) -> "Iterator[Groups]":
        """The same groups, at most ``size`` at a time and in one order."""
        listed = [(name, id) for name in _KINDS for id in sorted(getattr(self, name))]
        for start in range(0, len(listed), size):
            part = listed[start : start + size]
            yield Groups(*(frozenset(id for of, id in part if of == name) for name in _KINDS))
