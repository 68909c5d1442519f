#!/usr/bin/env python3
"""Checks an archive of a knowledge base:  python3 verify.py ARCHIVE [--head POSITION:HASH]

Prints the head of the log, or the first fault with exit code 1. Needs Python 3.8 or newer and nothing else.

What an archive promises, in the order in which it is checked:

1. The file is as it was written: its last 64 bytes, the comment of the ZIP, are the SHA-256 of all bytes before them.
2. It holds README.txt, verify.py, schema.sql, log.jsonl, head.txt, then documents/SHA256, and nothing else.
3. Line N of log.jsonl is the event at position N: a JSON array of the columns of Event.
4. payload_digest is the SHA-256 of the salt, followed by [data,actor,reason] as JSON; data is JSON text already.
   Of a redacted event data and salt are null, actor and reason are empty, and a later event says that it was redacted.
5. hash is the SHA-256 of the JSON array [previous,position,stream,version,event_id,type,recorded_at,batch,
   payload_digest], and previous is the hash of the event before; for the first event it is 64 zeros.
6. The versions of each stream count from 1, and no event id occurs twice.
7. head.txt names the last event. A head that was kept elsewhere (--head) names an event of the log.
8. The SHA-256 of a document is its name, and an event of the log attached it.

Texts are hashed as UTF-8; JSON has no spaces, and escapes only what it must. Only a head that was kept where nobody can
change it together with the archive (--head) shows that a log was cut off or written anew.
"""

import argparse
import hashlib
import io
import json
import re
import sqlite3
import struct
import sys
import zipfile
import zlib
from collections import namedtuple
from contextlib import closing
from pathlib import Path

MEMBERS = ["README.txt", "verify.py", "schema.sql", "log.jsonl", "head.txt"]
COLUMNS = "position stream version event_id type recorded_at actor reason batch data salt payload_digest previous hash"
Event = namedtuple("Event", COLUMNS)
TYPES = {"position": (int,), "version": (int,), "data": (str, type(None)), "salt": (str, type(None))}
NO_EVENT = (0, "0" * 64)
LONGEST_LINE = 1 << 28
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)


class Fault(Exception):
    """What is wrong, and where."""


def verify(file, kept=None):
    """Position and hash of the last event of the archive in the binary file; raises Fault."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if digest_of(file, size - 64).encode() == file.read():
        return check_contents(file, kept)
    changed = "this is not an archive, or it was changed: its bytes do not match the digest at its end"
    try:
        check_contents(file, kept)
    except Fault as fault:
        raise Fault(f"{fault}\n{changed}") from None
    raise Fault(changed)


def check_contents(file, kept=None):
    """The same without promise 1."""
    try:
        # A temporary database of what was read before: memory does not grow with the log.
        with zipfile.ZipFile(file) as archive, closing(sqlite3.connect("")) as earlier:
            check_members(archive)
            head, attached = check_log(archive, kept, earlier)
            if archive.open("head.txt").read(100) != "{}:{}\n".format(*head).encode():
                raise Fault("head.txt does not name the last event, which is {}:{}".format(*head))
            for name in archive.namelist()[len(MEMBERS) :]:
                if name != f"documents/{digest_of(archive.open(name))}":
                    raise Fault(f"{name}: its bytes do not have this SHA-256")
                if name.split("/")[1] not in attached:
                    raise Fault(f"{name}: no event of the log attached it")
            return head
    except DAMAGE as error:
        raise Fault(f"the ZIP is damaged: {error}") from error


def check_members(archive):
    """Checks promise 2."""
    names = archive.namelist()
    for name in names:
        if name not in MEMBERS and not re.fullmatch("documents/[0-9a-f]{64}", name):
            raise Fault(f"{name!r} does not belong in an archive")
    if names != MEMBERS + sorted(set(names) - set(MEMBERS)):
        raise Fault("{} and documents do not stand in this order, each once".format(", ".join(MEMBERS)))
    if archive.open("README.txt").readline(100) != b"kb archive 1\n":
        raise Fault("the archive has another format than this program reads")


def check_log(archive, kept, earlier):
    """The head of the log, and the documents that it attached; checks promises 3 to 6."""
    redacted, attached, head = set(), set(), NO_EVENT
    earlier.execute("CREATE TABLE event (stream, version, id UNIQUE, PRIMARY KEY (stream, version)) WITHOUT ROWID")
    if kept and kept[0] == 0 and kept != NO_EVENT:
        raise Fault("position 0: the hash before the first event is 64 zeros")
    del archive.getinfo("log.jsonl").CRC  # a mismatch would hide the event at fault, and digests say more
    lines = io.BufferedReader(archive.open("log.jsonl"), 1 << 13)  # small, for a fault hides what is read with it
    while event := event_of(lines, head[0] + 1):
        check_event(event, head[1], earlier)
        head = (event.position, event.hash)
        if kept and kept[0] == event.position and kept != head:
            raise Fault(f"position {event.position}: this is not the event that --head names")
        if event.data is None:
            redacted.add(f"position-{event.position}")
        if event.type == "event.redacted.v1":
            redacted.discard(event.stream)
        if event.type.startswith("document.attached."):
            attached.add(event.stream)
    if redacted:
        first = min(int(stream.split("-")[1]) for stream in redacted)
        raise Fault(f"position {first}: the payload is gone, but no later event says that it was redacted")
    if kept and kept[0] > head[0]:
        raise Fault(f"position {head[0]}: the log ends here, before the position that --head names")
    return head, attached


def event_of(lines, position):
    """The event in the next line of log.jsonl, None at its end; checks promise 3."""
    try:
        line = lines.readline(LONGEST_LINE)
        event = Event(*json.loads(line.decode())) if line else None
        as_json(event).encode()  # half a surrogate pair is no text
    except (ValueError, TypeError, RecursionError):
        raise Fault(f"position {position}: the line is not a JSON array of {len(Event._fields)} columns") from None
    except DAMAGE as error:
        raise Fault(f"position {position}: from here on the log cannot be read: {error}") from None
    for column, value in event._asdict().items() if event else ():
        if type(value) not in TYPES.get(column, (str,)):
            raise Fault(f"position {position}: {column} has the wrong type")
    if event and event.position != position:
        raise Fault(f"position {position}: the event at position {event.position} stands here")
    return event


def check_event(event, previous, earlier):
    """Checks promises 4 to 6 for an event, except that a later one must say that it was redacted."""
    where = f"position {event.position}"
    if event.previous != previous:
        raise Fault(f"{where}: previous is not the hash of the event before it")
    if event.data is None or event.salt is None:
        if (event.data, event.salt, event.actor, event.reason) != (None, None, "", ""):
            raise Fault(f"{where}: a part of the payload is gone")
    elif sha256(f"{event.salt}[{event.data},{as_json(event.actor)},{as_json(event.reason)}]") != event.payload_digest:
        raise Fault(f"{where}: data, actor, reason or salt does not match payload_digest")
    if sha256(as_json([event.previous, *event[:6], event.batch, event.payload_digest])) != event.hash:
        raise Fault(f"{where}: a column does not match the hash")
    (last,) = earlier.execute("SELECT max(version) FROM event WHERE stream = ?", [event.stream]).fetchone()
    if event.version != (last or 0) + 1:
        raise Fault(f"{where}: the version is not one above the last of its stream")
    if not earlier.execute("INSERT OR IGNORE INTO event VALUES (?, ?, ?)", event[1:4]).rowcount:
        raise Fault(f"{where}: the event id was used before")


def as_json(value):
    """The JSON text that is hashed."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sha256(text):
    """SHA-256 of the text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(stream, size=sys.maxsize):
    """SHA-256 of the next bytes of the stream, at most that many."""
    digest = hashlib.sha256()
    while size > 0 and (block := stream.read(min(size, 1 << 20))):
        digest.update(block)
        size -= len(block)
    return digest.hexdigest()


def main():
    """The exit code: 1 where the archive that the command line names has a fault."""
    parser = argparse.ArgumentParser(description="Checks an archive of a knowledge base.")
    parser.add_argument("archive", help="the file that kb backup or kb export wrote")
    parser.add_argument("--head", metavar="POSITION:HASH", help="a head that was kept elsewhere")
    options = parser.parse_args()
    if options.head and not re.fullmatch("[0-9]{1,18}:[0-9a-fA-F]{64}", options.head):
        parser.error("--head needs POSITION:HASH, as `kb log head` prints it")
    position, _, digits = (options.head or "").lower().partition(":")
    try:
        with Path(options.archive).open("rb") as file:
            head = verify(file, (int(position), digits) if digits else None)
    except (Fault, OSError, sqlite3.Error) as fault:
        # What the system says of a file it cannot open would name the file twice.
        print(f"{options.archive}: {getattr(fault, 'strerror', None) or fault}", file=sys.stderr)
        return 1
    print("{0} events, no damage; head {0}:{1}".format(*head))
    return 0


if __name__ == "__main__":
    sys.exit(main())
