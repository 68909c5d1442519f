"""Does a page or report still read as it did when a person last read it? Compared with a file beside the test."""

import difflib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Golden:
    """The golden files of one folder of tests.

    Attributes:
        folder: Where they lie.
        approve: Whether to write what comes instead of comparing it.
    """

    folder: Path
    approve: bool

    def __call__(self, name: str, text: str) -> None:
        """Check that ``text`` is what the file ``name`` holds, or write it there when approving.

        Raises:
            AssertionError: It is not; the message is the difference.
        """
        path = self.folder / name
        if self.approve:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        before = path.read_bytes().decode() if path.exists() else ""
        if text != before or not path.exists():
            lines = before.splitlines(keepends=True), text.splitlines(keepends=True)
            difference = "".join(difflib.unified_diff(*lines, f"{path.name} (approved)", f"{path.name} (now)"))
            raise AssertionError(f"read this, then approve it with pytest --approve:\n{difference}")
