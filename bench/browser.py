"""A browser reduced to what a measurement needs: cookies, forms with their token, redirects, one connection.

Every browser speaks for an address of its own, told by `X-Forwarded-For` as a trusted proxy would, so that the
register's own rate limits stay on and meet many people instead of one very busy one.
"""

from __future__ import annotations

import html
import re
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, RemoteDisconnected
from itertools import count
from urllib.parse import urlencode, urljoin, urlsplit

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_LINK = re.compile(r'<a\s[^>]*href="([^"#]+)')
_numbers = count(1)


def new_address() -> str:
    """An address in a network (/24) that nobody else has; the numbers run within 10.0.0.0/8."""
    number = next(_numbers) % (1 << 16)
    return f"10.{number >> 8}.{number & 255}.1"


@dataclass(frozen=True)
class Page:
    path: str
    status: int
    body: bytes
    seconds: float  # until the whole answer was there, redirects not included

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def token(self) -> str:
        found = _TOKEN.search(self.text)
        if found is None:
            raise AssertionError(f"{self.path} ({self.status}) holds no form")
        return found[1]

    def links(self) -> Iterator[str]:
        """Paths on the same site."""
        for link in _LINK.findall(self.text):
            parts = urlsplit(urljoin(self.path, html.unescape(link)))
            if not parts.netloc:
                yield f"{parts.path}?{parts.query}" if parts.query else parts.path


@dataclass
class Browser:
    site: str  # http://host:port
    address: str = field(default_factory=new_address)
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = HTTPConnection(urlsplit(self.site).netloc, timeout=120)

    def get(self, path: str) -> Page:
        return self._follow(self.request("GET", path))

    def post(self, path: str, fields: Mapping[str, str], *, token: str) -> Page:
        """The answer, not followed."""
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self.request("POST", path, body, "application/x-www-form-urlencoded")

    def upload(self, path: str, fields: Mapping[str, str], file: bytes, *, token: str) -> Page:
        """The answer to one photo in the field `berkas`, not followed."""
        kind, body = multipart({"csrfmiddlewaretoken": token, **fields}, file)
        return self.request("POST", path, body, kind)

    def request(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Page:
        headers = self.headers() | ({"Content-Type": kind} if kind else {})
        started = time.perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
        except (RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            if method != "GET":
                raise
            self._connection.close()  # kept open longer than the server waits
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - started
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        self._location = response.headers.get("Location", "")
        return Page(path, response.status, content, seconds)

    def trickle(self, path: str, body: bytes, kind: str, piece: int, every: float) -> Page:
        """Posts `body` in pieces, one `every` so many seconds."""
        connection = self._connection
        connection.putrequest("POST", path)
        for name, value in (
            *self.headers().items(),
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
        ):
            connection.putheader(name, value)
        connection.endheaders()
        started = time.perf_counter()
        for number, at in enumerate(range(0, len(body), piece)):
            time.sleep(max(0.0, started + number * every - time.perf_counter()))
            connection.send(body[at : at + piece])
        sent = time.perf_counter()
        response = connection.getresponse()
        return Page(path, response.status, response.read(), time.perf_counter() - sent)

    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)
        return {
            "X-Forwarded-For": self.address,
            "Origin": self.site,
            **({"Cookie": cookies} if cookies else {}),
        }

    def _follow(self, page: Page) -> Page:
        while page.status in (301, 302, 303):
            page = self.request("GET", urljoin(page.path, self._location))
        return page

    def sent_to(self, page: Page) -> Page:
        """What a redirect leads to."""
        return self._follow(page)

    def close(self) -> None:
        self._connection.close()


def multipart(fields: Mapping[str, str], file: bytes) -> tuple[str, bytes]:
    """Content type and body of a form (RFC 7578) with one photo."""
    boundary = f"netral-{secrets.token_hex(16)}"
    parts: Iterable[bytes] = (
        *(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ),
        f'--{boundary}\r\nContent-Disposition: form-data; name="berkas"; filename="foto.jpg"\r\n'
        f"Content-Type: image/jpeg\r\n\r\n".encode(),
        file,
        f"\r\n--{boundary}--\r\n".encode(),
    )
    return f"multipart/form-data; boundary={boundary}", b"".join(parts)
