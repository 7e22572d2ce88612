"""Fetching a model's weights from the Hugging Face Hub; what has arrived is kept, and the next try goes on there.

The library's own hf_hub_download begins anew after every interruption, so that only its requests are used here.
"""

import errno
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.sealed_file import seal, sealed_hash, sha256_of
from guie_desktop.embedding.weights import TOKENIZER_FILES, hub_file, remove_others
from guie_desktop.errors import UserError

Tell = Callable[[int, int], None]
"""Takes the bytes that are here and the bytes in all."""


class Cancelled(Exception):
    """Fetching was cancelled; what has arrived is kept."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the Hub says of the file."""

    url: str
    size: int
    sha256: str
    """Empty where neither the card nor the Hub states it."""
    partial_name: str
    """Differs where the content differs, so that halves of two files never become one."""


def fetch_weights(card: ModelCard, folder: Path, on_progress: Tell, is_cancelled: Callable[[], bool]) -> Path:
    """Bring the card's weights to where `installed_file(card, folder)` finds them, and seal them.

    Both functions are called often, about every 64 KB. `Cancelled` once `is_cancelled` says so. UserError where the
    Hub cannot be reached or refuses, the connection breaks, the disk is full, or the file is not the one expected.
    """
    from filelock import FileLock, Timeout

    place = folder / card.name / f"weights{Path(hub_file(card)[1]).suffix.lower()}"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(place.with_name("fetching.lock"), timeout=0):
            _fetch(card, place, on_progress, is_cancelled)
    except Timeout as error:
        problem = f"{card.title} is already being fetched by another window or command."
        raise UserError(problem, "Wait until it is there.") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            remedy = "Make room and fetch again; it goes on where it stopped."
            raise UserError(f"The disk became full while {card.title} was being fetched.", remedy) from error
        problem = f"{card.title} cannot be kept in {place.parent} ({error.strerror or error})."
        raise UserError(problem, "Make that folder writable and try again.") from error
    return place


def fetch_tokenizer(card: ModelCard, folder: Path) -> None:
    """Bring the files of a card's own tokenizer, if it has one, to lie beside its weights; UserError as above."""
    from huggingface_hub import constants, hf_hub_download

    if not card.own_tokenizer:
        return
    constants.HF_HUB_DISABLE_TELEMETRY = True
    place = folder / card.name
    place.mkdir(parents=True, exist_ok=True)
    with _told(card, UserError("The Hugging Face Hub cannot be reached.", f"Check the connection. {_by_hand(card)}")):
        for name in TOKENIZER_FILES:
            hf_hub_download(hub_file(card)[0], name, local_dir=place)


def _fetch(card: ModelCard, place: Path, on_progress: Tell, is_cancelled: Callable[[], bool]) -> None:
    offer = _ask_hub(card)
    partial = place.with_name(offer.partial_name)
    if place.exists() and not sealed_hash(place):
        place.replace(partial)  # a kill between the last two steps
    for other in place.parent.glob("*.partial"):
        if other != partial:
            other.unlink()
    missing = offer.size - _size(partial)
    free = shutil.disk_usage(place.parent).free
    if missing > free:
        problem = f"The disk is too full for {card.title}: {_mb(missing)} are needed, {_mb(free)} are free."
        raise UserError(problem, "Make room and try again.")
    if missing > 0:
        _receive(card, offer, partial, on_progress, is_cancelled)
    if _size(partial) != offer.size or offer.sha256 not in ("", sha256_of(partial)):
        partial.unlink()
        raise _unexpected(card)
    place.with_name(f"{place.name}.sha256").unlink(missing_ok=True)  # never the old seal on the new file
    partial.replace(place)
    seal(place)
    remove_others(place)
    on_progress(offer.size, offer.size)


def _ask_hub(card: ModelCard) -> _Offer:
    from huggingface_hub import constants, get_hf_file_metadata, hf_hub_url

    # The environment is read only once, when the library is imported, which others may have done before.
    constants.HF_HUB_DISABLE_TELEMETRY = True
    repository, file = hub_file(card)
    with _told(card, UserError("The Hugging Face Hub cannot be reached.", f"Check the connection. {_by_hand(card)}")):
        known = get_hf_file_metadata(hf_hub_url(repository, file))
    if not (known.commit_hash and known.etag and known.size):
        problem = "What answered is not the Hugging Face Hub; this network may want you to log in first."
        raise UserError(problem, f"Open a web page to see. {_by_hand(card)}")
    stated = known.etag.lower() if re.fullmatch("[0-9a-fA-F]{64}", known.etag) else ""
    expected = card.weights_sha256.lower() or stated
    if stated not in ("", expected):
        raise _unexpected(card)  # better now than after hundreds of megabytes
    return _Offer(
        url=hf_hub_url(repository, file, revision=known.commit_hash),
        size=known.size,
        sha256=expected,
        partial_name=f"{hashlib.sha256(known.etag.encode()).hexdigest()[:16]}.partial",
    )


def _receive(
    card: ModelCard, offer: _Offer, partial: Path, on_progress: Tell, is_cancelled: Callable[[], bool]
) -> None:
    from huggingface_hub import constants, get_session
    from huggingface_hub.utils import build_hf_headers, hf_raise_for_status  # type: ignore[attr-defined]  # documented

    done = _size(partial)
    wanted = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={done}-"} if done else {})
    broken = UserError(
        f"The connection broke while {card.title} was being fetched.", "Fetch again; it goes on where it stopped."
    )
    with (
        _told(card, broken),
        get_session().stream(
            "GET", offer.url, headers=build_hf_headers(headers=wanted), timeout=constants.HF_HUB_DOWNLOAD_TIMEOUT
        ) as response,
    ):
        hf_raise_for_status(response)
        if response.status_code != HTTPStatus.PARTIAL_CONTENT:
            done = 0  # the server cannot go on in the middle
        with partial.open("ab" if done else "wb") as file:
            on_progress(done, offer.size)
            for chunk in response.iter_bytes():
                file.write(chunk)
                done += len(chunk)
                on_progress(min(done, offer.size), offer.size)
                if is_cancelled():
                    raise Cancelled
    if done < offer.size:
        raise broken


@contextmanager
def _told(card: ModelCard, unreachable: UserError) -> Iterator[None]:
    # Says what the Hub's library raises in a user's words; `unreachable` is for whatever the connection does.
    import httpx2
    from huggingface_hub.errors import (
        DisabledRepoError,
        GatedRepoError,
        HfHubHTTPError,
        LocalEntryNotFoundError,
        OfflineModeIsEnabled,
    )
    from huggingface_hub.errors import RepositoryNotFoundError as NotFound

    repository, file = hub_file(card)
    try:
        yield
    except (OfflineModeIsEnabled, LocalEntryNotFoundError) as error:
        if isinstance(error, LocalEntryNotFoundError) and not isinstance(error.__cause__, OfflineModeIsEnabled):
            raise unreachable from error
        raise UserError("HF_HUB_OFFLINE is set, so that nothing is fetched.", f"Unset it. {_by_hand(card)}") from error
    except HfHubHTTPError as error:
        status = error.response.status_code
        if status == HTTPStatus.NOT_FOUND or type(error) in (NotFound, DisabledRepoError):
            problem = f"{file} of {repository} is no longer on the Hugging Face Hub."
            remedy = "Look for a newer version of this program, or choose another model."
        elif status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) or isinstance(error, GatedRepoError):
            problem = f"The publisher of {repository} lets only people fetch it who have agreed to the terms."
            remedy = f"Agree on its page on the Hugging Face Hub and run: hf auth login. {_by_hand(card)}"
        else:
            problem = f"The Hugging Face Hub cannot serve {card.title} now (it answered {status})."
            remedy = "Try again later; what has arrived is kept."
        raise UserError(problem, remedy) from error
    except httpx2.HTTPError as error:
        raise unreachable from error


def _by_hand(card: ModelCard) -> str:
    repository, file = hub_file(card)
    return f"Or fetch {file} of {repository} on another computer and run: guie-desktop model add FILE"


def _unexpected(card: ModelCard) -> UserError:
    return UserError(
        f"The file that the Hugging Face Hub has for {card.title} is damaged or not the one expected; it is not used.",
        "Fetch it again; if that does not help, look for a newer version of this program.",
    )


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _mb(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
