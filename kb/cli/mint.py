"""Where do ids, salts and times really come from? From this machine's clock and randomness, and only here."""

import secrets
import uuid
from datetime import UTC, datetime


class SystemMint:
    """The mint of the command line; see ``kb.domain.identity.Mint``."""

    def id(self) -> str:
        """A random UUID, so that no two bases ever give the same id."""
        return str(uuid.uuid4())

    def salt(self) -> str:
        """128 bits from the operating system."""
        return secrets.token_hex(16)

    def now(self) -> str:
        """Now, in UTC, to the microsecond."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
