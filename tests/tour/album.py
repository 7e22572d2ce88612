"""The pictures of a tour, and the page that shows them."""

import html
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from tests.tour.guide import Guide


@dataclass(frozen=True)
class Stop:
    """A row of what must be shown."""

    title: str
    visit: Callable[["Guide"], None]
    prepares: bool = False
    """Whether later stops build on it."""


@dataclass
class Album:
    """Numbers the pictures in the order in which they are taken."""

    goes_on: ClassVar[bool] = False
    """Whether a stop that does not come out as it should leaves the others as they are."""
    folder: Path
    failures: list[str] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _pictures: int = 0
    _stop: str = ""

    def begin(self, stop: Stop) -> None:
        """The next pictures belong to this stop."""
        self._stop = stop.title
        self._lines.append(f"<h2>{html.escape(stop.title)}</h2>")
        print(stop.title, flush=True)

    def next_picture(self, caption: str) -> Path:
        """Where the next picture goes."""
        self._pictures += 1
        words = "-".join("".join(sign if sign.isalnum() else " " for sign in caption.casefold()).split())
        name = f"{self._pictures:03}-{words}.png"
        self._lines.append(f'<figure><img src="{name}"><figcaption>{html.escape(caption)}</figcaption></figure>')
        return self.folder / name

    def fail(self, error: BaseException) -> None:
        """A stop did not come out as it should."""
        told = "".join(traceback.format_exception(error))
        self.failures.append(self._stop)
        self._lines.append(f"<pre>{html.escape(told)}</pre>")
        print(f"{self._stop}:\n{told}", flush=True)

    def write(self) -> None:
        """Write the page."""
        style = "body{font:15px sans-serif;margin:2em}img{max-width:100%;border:1px solid #888}"
        page = f"<!doctype html><meta charset=utf-8><title>Tour</title><style>{style}</style>{''.join(self._lines)}"
        (self.folder / "index.html").write_text(page, encoding="utf-8")


class Named(Album):
    """Pictures that bear the names by which pages ask for them; no page of its own shows them."""

    goes_on = True

    def next_picture(self, caption: str) -> Path:
        """Where the picture of this name goes."""
        return self.folder / f"{caption}.png"

    def write(self) -> None:
        """Write no page."""
