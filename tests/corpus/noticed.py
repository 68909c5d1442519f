"""Looking up, in a test's words, what the engine noticed in the corpus."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.domain.entity import Calculation, Figure
from kb.domain.finding import Finding, FindingKind
from kb.domain.knowledge import Knowledge


class Noticed(NamedTuple):
    """All findings of a corpus, and the corpus."""

    corpus: Knowledge
    findings: Sequence[Finding]

    def figure(self, slug: str) -> Figure:
        """The figure that is called ``slug``."""
        found = self.corpus.named(Figure, slug)
        assert found, slug
        return found

    def between(self, *slugs: str) -> list[Finding]:
        """Findings in which every one of the figures called ``slugs`` takes part."""
        wanted = {self.figure(slug).id for slug in slugs}
        return [finding for finding in self.findings if wanted <= set(finding.figures)]

    def compared(self, *slugs: str) -> list[Finding]:
        """The same without the checks of calculations, which may take in any figure."""
        return [finding for finding in self.between(*slugs) if finding.kind is not FindingKind.CHECK]

    def check(self, calculation: str, checked: str) -> Finding:
        """What came of ``checked`` against the result of ``calculation``."""
        wanted = self.corpus.named(Calculation, calculation)
        assert wanted, calculation
        [found] = [finding for finding in self.between(checked) if finding.calculation == wanted.id]
        return found

    def told(self) -> Iterator[str]:
        """A line for each finding: verdict, kind and what it is between, by name."""
        for finding in self.findings:
            yield f"{finding.verdict or 'no verdict'} {finding.kind}: {' | '.join(self._parts(finding))}"

    def _parts(self, finding: Finding) -> list[str]:
        # The parts of a symmetric finding come in the order of their ids, which are drawn at import.
        if not finding.parts:
            return [self.corpus.measures[finding.measure].slug] if finding.measure else []
        slugs = [self.corpus.by_id[part].slug for part in finding.parts]
        return slugs if finding.calculation else sorted(slugs)
