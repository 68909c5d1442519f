"""The invented pair of documents as knowledge: what its seed files say, with the documents attached or without."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from kb.domain.entity import Source
from kb.domain.event import DocumentAttached, PassagesAnchored
from kb.domain.knowledge import Knowledge
from kb.intake.anchoring import anchor_passages
from kb.intake.seed_reader import read
from tests.mint import CountingMint

FOLDER = Path(__file__).parent
SEEDS = tuple(FOLDER / name for name in ("vocabulary.yaml", "quay.yaml", "gangwan.yaml"))
DOCUMENTS = tuple(FOLDER / name for name in ("quay.txt", "gangwan.txt"))


@cache
def texts() -> dict[str, str]:
    """The documents by SHA-256."""
    return {sha256(path.read_bytes()).hexdigest(): path.read_bytes().decode() for path in DOCUMENTS}


def knowledge(*, attached: bool) -> Knowledge:
    """What the seed files say; with ``attached``, every passage has its place in its document."""
    known = texts().get if attached else lambda _: None
    told = read(SEEDS, Knowledge.of([]), CountingMint(), known)
    assert not told.problems, "\n".join(problem.with_excerpt() for problem in told.problems)
    if not attached:
        return Knowledge.of(told.entities)
    found = anchor_passages(told.entities, Knowledge.of([]), known)
    assert not found.problems
    documents = {entity.document for entity in told.entities if isinstance(entity, Source)}
    return Knowledge.of(
        told.entities,
        [DocumentAttached(document, len(texts()[document])) for document in sorted(documents)],
        [anchored for fact in found.facts if isinstance(fact, PassagesAnchored) for anchored in fact.anchors],
    )
