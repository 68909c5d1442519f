"""Word documents: the styles that pandoc sets a paper in, and what pandoc leaves to be done."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def write_reference(folder: Path, target: Path) -> None:
    """Write the parts of a Word document in ``folder`` as the document ``target``, whose styles pandoc takes over."""
    with ZipFile(target, "w") as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(folder).as_posix())


def finished_document(content: bytes) -> bytes:
    """A document of pandoc's with its tables set; the same content gives the same bytes."""
    parts = dict(_parts(content))
    parts["word/document.xml"] = _set_rows(parts["word/document.xml"])
    return _zipped(parts)


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            # Without a time of its own, an entry would get that of the clock.
            archive.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return file.getvalue()


_ROW = re.compile(rb"<w:tr>(<w:trPr>)?.*?</w:tr>", re.DOTALL)
_CELL_STYLE = b'<w:pStyle w:val="%s" />'


def _set_rows(document: bytes) -> bytes:
    return _ROW.sub(lambda row: _set_row(row[0], has_properties=bool(row[1])), document)


def _set_row(row: bytes, *, has_properties: bool) -> bytes:
    """A row that stays on one page, with styles of its own: to pandoc its cells are lists without space."""
    style = b"TableHeading" if b"<w:tblHeader" in row else b"TableText"
    properties = b"<w:trPr><w:cantSplit />" + (b"" if has_properties else b"</w:trPr>")
    opened = b"<w:tr><w:trPr>" if has_properties else b"<w:tr>"
    restyled = row.replace(_CELL_STYLE % b"Compact", _CELL_STYLE % style)
    return b"<w:tr>" + properties + restyled.removeprefix(opened)
