"""Do argument maps go through a base unchanged? How many of how many files, how fast, and each that does not.

    python -m benchmarks.aif FOLDER [--every N]

Each ``.json`` file below the folder that is a map in AIF is made a seed file, read as ``kb import`` would, written as
seed files and read again, and written as AIF. It must come out as it went in: the same nodes, edges and texts.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from kb.domain.knowledge import Knowledge
from kb.intake.aif.document import AifDocument, decoded_json, is_aif
from kb.intake.aif.seed import AifDraft, aif_draft
from kb.intake.seed_reader import read_written
from kb.intake.seed_writer import seed_files
from kb.intake.text_file import read_text
from kb.reports.exchange.aif import aif_text
from kb.reports.exchange.selection import whole_selection

MOST_LISTED = 20


class _Ids:
    """Ids that count."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def id(self) -> str:
        return f"id-{next(self._numbers)}"


def maps(folder: Path, every: int) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """Each map below ``folder``, or each ``every``-th: its path, its text and what that says."""
    for path in sorted(folder.rglob("*.json"))[::every]:
        text = read_text(path)
        whole = decoded_json(text, str(path)) if isinstance(text, str) else None
        if isinstance(text, str) and is_aif(whole):
            yield path, text, whole


def known(files: Mapping[str, str]) -> Knowledge:
    """What ``files`` say, in an empty base."""
    reading = read_written(files, Knowledge(), _Ids(), lambda _: None)
    if reading.problems:
        raise ValueError(str(reading.problems[0]))
    return Knowledge.of(reading.entities)


def brought_through(draft: AifDraft) -> Any:
    """The map that comes out once the seed file was imported, exported as seed files and imported from these."""
    written = seed_files(known({"map.yaml": draft.text}))
    again = known({f"{name}.yaml": text for name, text in written.items()})
    return json.loads(aif_text(again, whole_selection(again), lambda node: node.id))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take each N-th file only")
    arguments = parser.parse_args()
    changed: list[str] = []
    counts: Counter[str] = Counter()
    flaws: Counter[str] = Counter()
    start = time.process_time()
    for path, text, whole in maps(arguments.folder, arguments.every):
        draft = aif_draft(AifDocument(whole), text, "map", path.name, str(path))
        counts.update(maps=1, claims=draft.claim_count, arguments=draft.argument_count, kept=draft.kept_count)
        flaws.update(warning.what.split(" (")[0] for warning in draft.warnings)
        try:
            if brought_through(draft) != whole:
                changed.append(f"{path}: comes out otherwise")
        except ValueError as error:
            changed.append(f"{path}: {error}")
    seconds = time.process_time() - start
    print(f"{counts['maps'] - len(changed):,} of {counts['maps']:,} maps come out as they went in")
    print(f"{counts['claims']:,} claims, {counts['arguments']:,} arguments, {counts['kept']:,} nodes kept as they came")
    print(f"{seconds:.0f} s of CPU, {1000 * seconds / max(counts['maps'], 1):.0f} ms a map")
    for flaw, number in flaws.most_common():
        print(f"{number:6,} maps: {flaw}")
    for line in changed[:MOST_LISTED]:
        print(line)
    sys.exit(1 if changed else 0)


if __name__ == "__main__":
    main()
