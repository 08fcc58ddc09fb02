"""What stands between the network and the pages: headers, hosts, a password, a limit on how often.

Pure ASGI: each wraps the application and looks at the request before it is read. Document text is hostile, and so may
be whoever reaches the port: a page of another site must not be able to read the record through the user's browser.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The Content Security Policy of every answer."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LOCAL = ("localhost", "127.0.0.1", "::1")
SESSION = "dragoman_session"
SESSION_SECONDS = 12 * 3600
LARGEST_FORM = 4096
"""Bytes of a form that are read."""

_OPEN = ("/login", "/static/")


class SecurityHeaders:
    """Sets the security headers of every answer, and says how long it took (Server-Timing)."""

    def __init__(self, app: ASGIApp) -> None:
        """Around an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "private, no-cache")
                headers["Server-Timing"] = f"app;dur={1000 * (time.perf_counter() - started):.1f}"
            await send(message)

        await self.app(scope, receive, sending)


class KnownHosts:
    """Refuses requests that name another host: a page elsewhere whose name is made to lead here (DNS rebinding)."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        """Around an application, for these hosts; with none given any host goes."""
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and self.hosts and _host(Headers(scope=scope).get("host", "")) not in self.hosts:
            await PlainTextResponse("This address is not served here.", 400)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class SameSite:
    """Refuses what would change something (only cookies are ever set) where another site's page asks for it."""

    def __init__(self, app: ASGIApp) -> None:
        """Around an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            site = headers.get("sec-fetch-site", "same-origin")
            foreign = origin is not None and urlsplit(origin).netloc != headers.get("host", "")
            if foreign or site not in ("same-origin", "none"):
                await PlainTextResponse("Asked for by another site.", 403)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class Limit:
    """A token bucket for each key: `burst` at once, `rate` a second from then on."""

    def __init__(self, rate: float, burst: int) -> None:
        """With nothing taken yet."""
        self.rate, self.burst = rate, burst
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, key: str, now: float | None = None) -> float:
        """Take one; the seconds to wait if there is none, else 0."""
        now = time.monotonic() if now is None else now
        with self._lock:
            if len(self._left) > 10_000:  # many addresses at once: forget those that have been full again for long
                full = self.burst / self.rate
                self._left = {k: v for k, v in self._left.items() if now - v[1] < full}
            left, since = self._left.get(key, (float(self.burst), now))
            left = min(float(self.burst), left + (now - since) * self.rate)
            if left < 1:
                self._left[key] = (left, now)
                return (1 - left) / self.rate
            self._left[key] = (left - 1, now)
            return 0.0


class Password:
    """Lets in only who knows the password: by a form and a cookie, programs by `Authorization: Bearer`.

    The password is kept as a scrypt hash (RFC 7914); a session is a signed time at which it ends, so that the server
    keeps nothing, and all sessions end with it.
    """

    def __init__(self, app: ASGIApp, password: str) -> None:
        """Around an application."""
        self.app = app
        self._salt = secrets.token_bytes(16)
        self._hash = self._scrypt(password)
        self._secret = secrets.token_bytes(32)
        self._known = b""  # a keyed hash of the right password, so that a program's every call need not cost scrypt
        self.requests = Limit(rate=30, burst=150)
        self.attempts = Limit(rate=5 / 60, burst=5)
        self.all_attempts = Limit(rate=1, burst=20)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = await self._answer(scope, receive)
        if answer is None:
            await self.app(scope, receive, send)
        else:
            await answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Response | None:
        """What to say instead of the page; None where the page may be seen."""
        client = scope["client"][0] if scope.get("client") else "unknown"
        wait = self.requests.take(client)
        if wait:
            return _wait(wait)
        path, method = scope["path"], scope["method"]
        if path == "/login" and method == "POST":
            return await self._login(client, receive)
        headers = Headers(scope=scope)
        if path.startswith(_OPEN) or self._session(headers.get("cookie", "")):
            return None
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and token:
            wait = 0.0 if self._remembered(token) else self._attempt(client)
            if wait:
                return _wait(wait)
            if self.right(token):
                return None
        if path.startswith("/api/"):
            return PlainTextResponse("A password is needed.", 401, {"WWW-Authenticate": "Bearer"})
        asked = path + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        return RedirectResponse(f"/login?next={quote(asked, safe='')}", 303)

    async def _login(self, client: str, receive: Receive) -> Response:
        given = {k: v[0] for k, v in (await form(receive)).items()}
        wait = self._attempt(client)
        if wait:
            return _wait(wait)
        if not self.right(given.get("password", "")):
            return RedirectResponse(f"/login?wrong=1&next={quote(inside(given.get('next')), safe='')}", 303)
        answer = RedirectResponse(inside(given.get("next")), 303)
        ends = str(int(time.time()) + SESSION_SECONDS)
        answer.set_cookie(
            SESSION, f"{ends}.{self._signed(ends)}", max_age=SESSION_SECONDS, httponly=True, samesite="lax"
        )
        return answer

    def _attempt(self, client: str) -> float:
        return max(self.attempts.take(client), self.all_attempts.take(""))

    def right(self, password: str) -> bool:
        """Whether this is the password."""
        if self._remembered(password):
            return True
        found = hmac.compare_digest(self._scrypt(password), self._hash)
        if found:
            self._known = self._keyed(password)
        return found

    def _remembered(self, password: str) -> bool:
        return bool(self._known) and hmac.compare_digest(self._keyed(password), self._known)

    def _keyed(self, password: str) -> bytes:
        return hmac.digest(self._secret, password.encode("utf-8", "replace"), "sha256")

    def _scrypt(self, password: str) -> bytes:
        return hashlib.scrypt(password.encode("utf-8", "replace"), salt=self._salt, n=2**14, r=8, p=1)

    def _signed(self, ends: str) -> str:
        return hmac.digest(self._secret, ends.encode("utf-8", "replace"), "sha256").hex()

    def _session(self, cookies: str) -> bool:
        ends, _, signature = cookie(cookies, SESSION).partition(".")
        fits = hmac.compare_digest(signature.encode("utf-8", "replace"), self._signed(ends).encode())
        return fits and int(ends) > time.time()


def inside(address: str | None) -> str:
    """An address on this server; "/" for any other, and for what a browser might take for another."""
    here = address is not None and address.startswith("/") and not address.startswith("//")
    return address if here and address and all(0x20 < ord(c) < 0x7F and c != "\\" for c in address) else "/"


def cookie(header: str, name: str) -> str:
    """The value of a cookie in a Cookie header, "" if there is none."""
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


async def form(receive: Receive) -> dict[str, list[str]]:
    """The fields of a form that was posted; of one that is too long none."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        if len(body) > LARGEST_FORM:
            return {}
        if not message.get("more_body", False):
            break
    try:
        return parse_qs(body.decode("ascii", "replace"), max_num_fields=20)
    except ValueError:
        return {}


def _host(header: str) -> str:
    """The name in a Host header, without its port."""
    name = header.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.rpartition(":")[0] if name.rpartition(":")[2].isdigit() and ":" in name else name


def _wait(seconds: float) -> Response:
    return PlainTextResponse("Too many requests; wait a little.", 429, {"Retry-After": str(int(seconds) + 1)})
