"""Ids, salts and times from this machine's clock and randomness, which nothing else reads."""

import secrets
import time
import uuid
from datetime import UTC, datetime


class SystemMint:
    """A mint that draws on the machine; tests use one that counts instead. See ``kb.domain.identity.Mint``."""

    def id(self) -> str:
        """A UUID of version 7 (RFC 9562): the time in milliseconds, then random bits."""
        # Ids in order of time are inserted at the end of an index; random ones would touch a page of it each.
        moment = time.time_ns() // 1_000_000
        drawn = secrets.randbits(74)
        return str(uuid.UUID(int=moment << 80 | 7 << 76 | (drawn >> 62) << 64 | 2 << 62 | drawn & (1 << 62) - 1))

    def salt(self) -> str:
        """128 bits from the operating system."""
        return secrets.token_hex(16)

    def now(self) -> str:
        """Now, in UTC, to the microsecond."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
