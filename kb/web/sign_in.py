"""Who may write: a link that works once gives a browser a session."""

import secrets
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

SIGN_IN = "/sign-in"


class SignIn:
    """The current link to sign in, and the session that it gives.

    Pages can be read by every user of the machine, for all of them reach the loopback interface. Writing takes what
    only the user who started the server has seen: a link on her terminal.
    """

    def __init__(self, address: str, announce: Callable[[str], None]) -> None:
        """A new session, which ends with the server.

        Args:
            address: Address of the server without a slash at its end, e.g. ``http://127.0.0.1:8000``.
            announce: Shows a link to the user who started the server; called with the next one when one was used.
        """
        self._address = address
        self._announce = announce
        # Browsers send the cookies of a host to each of its ports, so two servers on one machine need two names.
        self.cookie = f"kb_session_{urlsplit(address).port}"
        self._session = secrets.token_urlsafe(32)
        self._token = secrets.token_urlsafe(32)

    @property
    def link(self) -> str:
        """The link that works now, once."""
        return f"{self._address}{SIGN_IN}?token={self._token}"

    @property
    def set_cookie(self) -> str:
        """The value of a ``Set-Cookie`` header that starts the session in a browser."""
        return f"{self.cookie}={self._session}; HttpOnly; SameSite=Strict; Path=/"

    def redeem(self, token: str) -> bool:
        """Whether ``token`` is that of the current link; if so, the link is used up, and the next one is announced."""
        # The next one at once, and not when the server is started again: a second browser needs one, too; a virus
        # scanner may have opened this one; and if a stranger did, the new line on the terminal shows it.
        if not secrets.compare_digest(token.encode(errors="replace"), self._token.encode()):
            return False
        self._token = secrets.token_urlsafe(32)
        self._announce(self.link)
        return True

    def admits(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Whether a request with ``headers`` belongs to the session."""
        expected = f"{self.cookie}={self._session}".encode()
        # Any of them: a server at another port of the host can set a cookie of the same name that comes first.
        cookies = [cookie.strip() for name, value in headers if name == b"cookie" for cookie in value.split(b";")]
        return any(secrets.compare_digest(cookie, expected) for cookie in cookies)
