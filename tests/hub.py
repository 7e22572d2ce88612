"""A server on this computer that plays the Hugging Face Hub."""

import dataclasses
import hashlib
import re
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event

import pytest
from huggingface_hub import constants

from guie_desktop.embedding.assets import load_card

COMMIT = "c0ffee" * 6 + "c0ff"
TINY = dataclasses.replace(
    load_card("efficientnet-lite2"), weights="hub:someone/model/weights.safetensors", weights_sha256="", name="tiny"
)
"""A model whose weights any file may be."""


class Hub(ThreadingHTTPServer):
    """Answers as the Hub does: what it knows of a file, and a redirection to the storage on another host."""

    def __init__(self, content: bytes) -> None:
        super().__init__(("127.0.0.1", 0), HubHandler)
        self.content = content
        self.etag = hashlib.sha256(content).hexdigest()
        self.status = 200
        self.error = ""
        self.knows_ranges = True
        self.states_length = True
        self.cut_at: int | None = None
        self.halfway = Event()
        self.may_hang_up = Event()
        self.may_hang_up.set()
        self.asked: list[str] = []
        self.starts: list[int] = []
        self.secrets: list[tuple[str, bool]] = []

    @property
    def port(self) -> int:
        return self.server_address[1]


class HubHandler(BaseHTTPRequestHandler):
    server: Hub

    def do_HEAD(self) -> None:
        self.hub_answer()

    def do_GET(self) -> None:
        if not self.path.startswith("/storage/"):
            self.hub_answer()
            return
        self.note()
        hub = self.server
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", "")) if hub.knows_ranges else None
        start = int(asked[1]) if asked else 0
        hub.starts.append(start)
        self.send_response(206 if asked else 200)
        if hub.states_length:
            self.send_header("Content-Length", str(len(hub.content) - start))
        if asked:
            self.send_header("Content-Range", f"bytes {start}-{len(hub.content) - 1}/{len(hub.content)}")
        self.end_headers()
        with suppress(OSError):  # the client may hang up
            self.wfile.write(hub.content[start : hub.cut_at])
            self.wfile.flush()
        hub.halfway.set()
        hub.may_hang_up.wait()
        self.close_connection = True

    def hub_answer(self) -> None:
        self.note()
        hub = self.server
        self.send_response(302 if hub.status == 200 else hub.status)
        if hub.status == 200:
            self.send_header("Location", f"http://localhost:{hub.port}/storage/file")
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("X-Linked-Etag", f'"{hub.etag}"')
            self.send_header("X-Linked-Size", str(len(hub.content)))
        elif hub.error:
            self.send_header("X-Error-Code", hub.error)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def note(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        self.server.secrets.append((self.path, "Authorization" in self.headers))

    def log_message(self, *_: object) -> None:
        pass


def point_at(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    """Let huggingface_hub take the server at this port for the Hub."""
    monkeypatch.setattr(constants, "ENDPOINT", f"http://127.0.0.1:{port}")
    template = f"http://127.0.0.1:{port}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
