"""How fast is a quantity read? Each one that the design names, again and again.

    python -m benchmarks.notation

Microseconds for each, warm; ``benchmarks.scan`` times prose, and text that means harm.
"""

import time
from collections.abc import Callable, Iterator

from kb.numbers import read_quantity

QUANTITIES = """
$2,000-3,000|upward of $2-3k/month|$8000|$14,000|$1.1 trillion|3580 亿美元|1.1 万亿美元|1000 亿美元以上|70-90%|
$3–$15 per million tokens|480T tokens / month|$100M+|negative 25%|between 20 and 70 times|10x|eighteen months|>80%|
40 out of 45|ninety percent|大约 20 到 30 美元|16M queries
"""


def timed(work: Callable[[], object]) -> float:
    """Seconds of CPU time that ``work`` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def parts(lines: str) -> Iterator[str]:
    """The texts between the strokes of ``lines``."""
    return (part for part in lines.replace("|\n", "|").strip("\n").split("|") if part)


def main() -> None:
    """Prints the table."""
    print("µs  a quantity, warm (the best of five rounds)")
    for text in parts(QUANTITIES):
        rounds = [timed(lambda text=text: [read_quantity(text) for _ in range(500)]) for _ in range(5)]  # type: ignore[misc]
        print(f"{min(rounds) * 2000:5.1f}  {text}")


if __name__ == "__main__":
    main()
