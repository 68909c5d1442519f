"""What are drafts worth that are imported untouched? Names, scopes, stances, voices, and the conflicts that follow.

    python -m benchmarks.drafts FOLDER                  # kb draft A B C -o seeds/
    python -m benchmarks.drafts FOLDER --one-by-one     # kb draft A -o seeds/a.yaml, then B beside it, …
    python -m benchmarks.drafts FOLDER --misses         # also each figure that is missed, and how

The folder holds ``documents/`` and what a careful reader records of them in tables separated by tabs: ``figures.tsv``,
``conflicts.tsv`` and ``sources.tsv``. The columns are described in ``benchmarks/README.md``. The drafts are imported
into a fresh base with the commands that a user runs, and compared with the tables.
"""

import argparse
import csv
import hashlib
import json
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from kb.cli import main as kb
from kb.intake.period import read_period
from kb.numbers.word_tables import words

Row = Mapping[str, str]

WEIGHT = 0.2
"""The severity from which a tension counts as one that a reader is bothered with."""
ALIKE = 0.66
"""How much of two names has to be the same, of 1."""


# Names, compared leniently

_SMALL = words("""
a an the of in on at for to by from and or with per its their his her our it that which was were is are be been has had
der die das des dem den ein eine einer eines von im in am an auf für zu zum zur je und oder pro bei mit
across among over under between during within through number total amount zahl anzahl each every one as""")
_ENDINGS = ("ings", "ing", "ies", "ied", "ers", "ern", "en", "es", "ed", "er", "s", "e", "n", "y", "t")


def stems(name: str) -> frozenset[str]:
    """The content words of ``name`` without their endings; of a script without blanks its pairs of characters."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    han = re.findall(r"[\u4e00-\u9fff]+", folded)
    pairs = {run[at : at + 2] for run in han for at in range(max(len(run) - 1, 1)) if "的" not in run[at : at + 2]}
    others = re.findall(r"[^\W\d_]+", re.sub(r"[\u4e00-\u9fff]+", " ", re.sub(r"'s\b", "", folded)))
    return frozenset(pairs | {_stem(word) for word in others if word not in _SMALL})


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def is_named(names: Iterable[str], accepted: Iterable[str], scope: frozenset[str]) -> bool:
    """Whether one of ``names`` has the content words of one ``accepted``; words of the ``scope`` count in neither."""
    wanted = [stems(name) for name in accepted]
    for name in names:
        if name.startswith("unnamed"):
            continue
        own = stems(name)
        for other in wanted:
            left, right = own - (scope - other), other - (scope - own)
            if left and right and 2 * len(left & right) / (len(left) + len(right)) >= ALIKE:
                return True
    return False


# Times of the tables

_QUARTER = re.compile(r"Q([1-4]) (\d{4})")
_YEAR_PAIR = re.compile(r"(?:(H[12]) )?(\d{4})-(\d\d)(?!\d)")
_MONTHS = {
    name: number
    for names in ("jan feb mar apr may jun jul aug sep oct nov dec", "jan feb mär apr mai jun jul aug sep okt nov dez")
    for number, name in enumerate(names.split(), 1)
}
_SPAN = re.compile(r"([^\W\d_]{3})[^\W\d_]*-([^\W\d_]{3})[^\W\d_]* (\d{4})")
_NAMED_MONTH = re.compile(r"([^\W\d_]{3})[^\W\d_]* (\d{4})")
Months = tuple[int, int]
"""First and last month, counted from the year 0."""


def months_of(text: str) -> tuple[Months, bool] | None:
    """The months that ``text`` of a table means, and whether it may be any part of them; None for what is no time."""
    if match := re.fullmatch(_QUARTER, text):
        first = int(match[2]) * 12 + 3 * int(match[1]) - 3
        return (first, first + 2), False
    if match := re.fullmatch(_SPAN, text):
        year = int(match[3]) * 12 - 1
        return (year + _MONTHS[match[1].lower()], year + _MONTHS[match[2].lower()]), False
    if (match := re.fullmatch(_NAMED_MONTH, text)) and match[1].lower() in _MONTHS:
        month = int(match[2]) * 12 + _MONTHS[match[1].lower()] - 1
        return (month, month), False
    if re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", text) and not (
        (pair := re.fullmatch(r"(\d{4})-(\d\d)", text)) and int(pair[2]) > 12
    ):
        return drafted_months(text), False
    if match := re.match(_YEAR_PAIR, text):
        return (int(match[2]) * 12, int(match[2]) * 12 + 23), True
    if match := re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text):
        return (int(match[0]) * 12, int(match[0]) * 12 + 11), True
    return None


def drafted_months(written: str) -> Months:
    """The months of a time as a seed file writes it."""
    period = read_period(written)
    if isinstance(period, str) or period.start is None or period.end is None:
        return (0, 0)
    first, last = period.start, period.end
    return (first.year * 12 + first.month - 1, last.year * 12 + last.month - 1)


def is_same_time(wanted: str, drafted: Sequence[str]) -> bool | None:
    """Whether a drafted time is the wanted one; None where the table states none that can be compared."""
    stated = months_of(wanted)
    if stated is None:
        return None
    (first, last), is_loose = stated
    for text in drafted:
        start, end = drafted_months(text)
        if (start, end) == (first, last) or (is_loose and first <= start and end <= last):
            return True
    return False


# A base made of drafts


@dataclass(frozen=True)
class Drafted:
    """What the base holds after the import, as ``kb export`` and ``kb findings`` print it, with the seeds."""

    exported: Mapping[str, Any]
    findings: Sequence[Mapping[str, Any]]
    seeds: Mapping[str, str]
    said: str

    @cached_property
    def measures(self) -> Mapping[str, Any]:
        return {measure["id"]: measure for measure in self.exported["measures"]}

    @cached_property
    def terms(self) -> Mapping[str, str]:
        return {term["id"]: term["label"] for term in self.exported["terms"]}


def drafted(documents: Sequence[Path], *, one_by_one: bool) -> Drafted:
    """The documents drafted, imported and reconciled in a workspace that is thrown away."""
    runner, said = CliRunner(), []

    def run(*arguments: str) -> str:
        result = runner.invoke(kb, arguments, catch_exceptions=False)
        said.append(f"$ kb {' '.join(arguments)[:200]}\n{result.output}")
        if result.exit_code:
            raise SystemExit("\n".join(said))
        return result.stdout

    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        run("init", ".")
        for seed in Path("seeds").iterdir():
            seed.unlink()
        if one_by_one:
            for path in documents:
                run("draft", str(path), "-o", f"seeds/{path.stem}.yaml")
        else:
            run("draft", *map(str, documents), "-o", "seeds/")
        run("check")
        run("import", "--actor", "nobody", "--reason", "drafts, untouched")
        run("attach", str(documents[0].parent), "--actor", "nobody")
        run("reconcile")
        run("export", "--format", "json", "-o", "base.json")
        findings = json.loads(run("findings", "--json"))
        seeds = {path.stem: path.read_text(encoding="utf-8") for path in Path("seeds").iterdir()}
        return Drafted(json.loads(Path("base.json").read_text(encoding="utf-8")), findings, seeds, "\n".join(said))


# The comparison


@dataclass(frozen=True)
class Matched:
    """A number of the tables with the figure that was drafted of it."""

    row: Row
    figure: Mapping[str, Any]


@dataclass
class Score:
    """How many were right of how many; the others with what was drafted."""

    right: int = 0
    of: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, is_right: bool, miss: str = "") -> None:
        """Counts one more."""
        self.of += 1
        self.right += is_right
        if not is_right:
            self.misses.append(miss)

    def __str__(self) -> str:
        return f"{self.right:4} of {self.of:4}  {self.right / self.of:6.1%}" if self.of else "   0 of    0"


def digits_of(literal: str) -> str:
    """The digits of ``literal``; its last word where it has none."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", literal))
    return digits or literal.casefold().split()[0]


def matches(rows: Sequence[Row], figures: Sequence[Mapping[str, Any]]) -> Iterator[Matched]:
    """The rows of one document with the figures drafted of them: digits are matched in the order of the document."""
    ordered = sorted(figures, key=lambda figure: (figure["char_start"] or 0, figure["line"]))
    left = [digits_of(row["literal"]) for row in rows]
    right = [digits_of(figure["as_written"]) for figure in ordered]
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        for at in range(block.size):
            yield Matched(rows[block.a + at], ordered[block.b + at])


def stated_scope(row: Row) -> dict[str, str]:
    """The scope of a row: ``period: 2025; place: Harrowmere``."""
    return dict(part.strip().split(": ", 1) for part in row["scope"].split(";") if ": " in part)


class Comparison:
    """Drafted figures, conflicts and sources against the tables."""

    def __init__(self, folder: Path, base: Drafted) -> None:
        self._rows = list(_table(folder / "figures.tsv"))
        self._conflicts = list(_table(folder / "conflicts.tsv"))
        self._sources = list(_table(folder / "sources.tsv"))
        self._base = base
        digests = {path.name: _digest(path) for path in (folder / "documents").iterdir()}
        by_digest = {source["document_sha256"]: source for source in base.exported["sources"]}
        self._drafted_sources = {name: by_digest[digest] for name, digest in digests.items() if digest in by_digest}
        self._figures = {figure["id"]: figure for figure in base.exported["figures"]}

    @cached_property
    def matched(self) -> list[Matched]:
        """The rows that were found, with their figures."""
        made: list[Matched] = []
        for name, source in self._drafted_sources.items():
            own = [figure for figure in self._figures.values() if figure["source"] == source["id"]]
            made += matches([row for row in self._rows if row["document"] == name], own)
        return made

    def figures(self) -> dict[str, Score]:
        """The scores of figures."""
        names = ("found", "named", "time", "time, where one is drafted", "place", "firm", "stance", "voice")
        scores = {name: Score() for name in names}
        found = {id(match.row): match for match in self.matched}
        for row in self._rows:
            where = f"{row['document']}:{row['line']} {row['literal']!r}"
            match = found.get(id(row))
            scores["found"].add(match is not None, where)
            # A figure that is missing has no name that a reader would keep.
            scores["named"].add(match is not None and self._is_named(match), f"{where}: {self._named(match)}")
            if match:
                self._add_scope(scores, match, where)
                stance, voice = match.figure["stance"], match.figure["voice"]
                scores["stance"].add(stance == row["stance"], f"{where}: {stance} for {row['stance']}")
                scores["voice"].add(self._is_voice(match), f"{where}: {voice} for {row['voice'] or 'the author'}")
        return scores

    def _named(self, match: Matched | None) -> str:
        if match is None:
            return "missing"
        label = self._base.measures[match.figure["measure"]]["label"]
        return f"{label!r} for {match.row['measure']!r} | {match.row['also']}"

    def _is_named(self, match: Matched) -> bool:
        measure = self._base.measures[match.figure["measure"]]
        scope = [*stated_scope(match.row).values(), *self._scope_labels(match.figure)]
        accepted = [match.row["measure"], *filter(None, match.row["also"].split("|"))]
        return is_named([measure["label"], *measure["aliases"]], accepted, stems(" ".join(scope)))

    def _scope_labels(self, figure: Mapping[str, Any]) -> list[str]:
        values = ((key, value) for key, stated in figure["scope"].items() for value in _listed(stated))
        return [self._base.terms.get(f"{key}/{value}", value) for key, value in values]

    def _add_scope(self, scores: Mapping[str, Score], match: Matched, where: str) -> None:
        stated = stated_scope(match.row)
        times = [str(match.figure["scope"][key]) for key in ("period", "as-of") if key in match.figure["scope"]]
        wanted = stated.get("period") or stated.get("as-of") or ""
        is_right = is_same_time(wanted, times) if wanted else None
        if is_right is not None:
            scores["time"].add(is_right, f"{where}: {', '.join(times) or 'none'} for {wanted}")
            if times:
                scores["time, where one is drafted"].add(is_right, f"{where}: {', '.join(times)} for {wanted}")
        label = self._base.measures[match.figure["measure"]]["label"]
        source = self._drafted_sources[match.row["document"]]
        for key in ("place", "firm"):
            if key in stated:
                own = " ".join(
                    (*self._scope_labels(match.figure), label, *(source["authors"] if key == "firm" else ()))
                )
                scores[key].add(bool(stems(stated[key]) & stems(own)), f"{where}: {own} for {stated[key]}")

    def _is_voice(self, match: Matched) -> bool:
        voice, wanted = match.figure["voice"], match.row["voice"]
        source = self._drafted_sources[match.row["document"]]
        if not wanted:
            return not match.figure["via"] or voice in (*source["authors"], source["title"], source["id"])
        return bool(stems(wanted) & stems(voice))

    def sources(self) -> dict[str, Score]:
        """The scores of titles, authors, dates and originals."""
        scores = {name: Score() for name in ("title", "author", "date", "original")}
        for row in self._sources:
            source = self._drafted_sources.get(row["document"])
            if source is None:
                continue
            own = {
                "title": source["title"] if "title" not in source["inferred"] else "",
                "author": "; ".join(source["authors"]),
                "date": source["issued"] or "",
            }
            for key, value in own.items():
                scores[key].add(_plain(value) == _plain(row[key]), f"{row['document']}: {value!r} for {row[key]!r}")
            if row["original"]:
                title = row["original"].split("(")[0].strip()
                seed = next((text for text in self._base.seeds.values() if source["document_sha256"] in text), "")
                scores["original"].add(_plain(title) in _plain(seed), f"{row['document']}: {title}")
        return scores

    def conflicts(self) -> tuple[Score, list[str], list[str]]:
        """The planted conflicts that are raised; then conflicts, and tensions of weight, that were not planted."""
        planted, others, tensions = Score(), [], []
        raised = [finding for finding in self._base.findings if finding["verdict"] in ("conflict", "tension")]
        true: set[str] = set()
        for row in self._conflicts:
            found = [finding for finding in raised if self._is_planted(finding, row)]
            true.update(finding["id"] for finding in found)
            what = f"{row['pair']}: {row['measure']}: {row['literal_a']} against {row['literal_b']}"
            planted.add(bool(found), what)
        for finding in raised:
            if finding["id"] in true:
                continue
            line = f"{finding['severity']} {finding['kind']} {finding['measure']}: {finding['explanation']}"
            if finding["verdict"] == "conflict":
                others.append(line)
            elif float(finding["severity"]) >= WEIGHT:
                tensions.append(line)
        return planted, others, tensions

    def _is_planted(self, finding: Mapping[str, Any], row: Row) -> bool:
        sides = {
            (figure["source"], digits_of(figure["as_written"]))
            for figure in (self._figures[id] for id in finding["figures"] if id in self._figures)
        }
        wanted = {
            (self._drafted_sources[row[f"document_{side}"]]["id"], digits_of(row[f"literal_{side}"])) for side in "ab"
        }
        return wanted <= sides


def _table(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {key: value or "" for key, value in row.items()}


def _listed(stated: Any) -> list[str]:
    return [str(value) for value in stated] if isinstance(stated, list) else [str(stated)]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> int:
    """Prints the scores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--one-by-one", action="store_true", help="draft each document on its own, beside the others")
    parser.add_argument("--misses", action="store_true", help="list what was missed")
    asked = parser.parse_args()
    documents = sorted(path.resolve() for path in (asked.folder / "documents").iterdir())
    comparison = Comparison(asked.folder, drafted(documents, one_by_one=asked.one_by_one))
    planted, conflicts, tensions = comparison.conflicts()
    scores = {**comparison.figures(), **comparison.sources(), "planted conflicts raised": planted}
    for name, score in scores.items():
        print(f"{name:27} {score}")
        for miss in score.misses if asked.misses or score is planted else ():
            print(f"    {miss}")
    print(f"conflicts that are not planted: {len(conflicts)}")
    print(*(f"    {line}" for line in conflicts), sep="\n")
    print(f"tensions of weight that are not planted: {len(tensions)}")
    print(*(f"    {line}" for line in tensions), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
