"""Fetching a model's weights from the Hugging Face Hub; what has arrived is kept, and the next try goes on there.

The library's own hf_hub_download begins anew after every interruption, so that only its requests are used here.
"""

import errno
import hashlib
import math
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.checksummed_file import is_intact, note_checksum, noted_checksum, sha256_of
from guie_desktop.embedding.weights import TOKENIZER_FILES, hub_file, remove_others
from guie_desktop.errors import UserError, reason_of
from guie_desktop.sentences import Sentence, tr_noop

ProgressCallback = Callable[[int, int], None]
"""Takes the bytes that are here and the bytes in all."""


class FetchCancelled(Exception):
    """Fetching was cancelled; what has arrived is kept."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file of a card's repository, and where it shall lie."""

    card: ModelCard
    name: str
    place: Path
    sha256: str = ""
    """Empty where the card does not state it."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the Hub says of the file."""

    url: str
    size: int
    sha256: str
    """Empty where neither the card nor the Hub states it."""
    partial_name: str
    """Differs where the content differs, so that halves of two files never become one."""


def fetch_weights(
    card: ModelCard, folder: Path, on_progress: ProgressCallback, is_cancelled: Callable[[], bool]
) -> Path:
    """Bring the card's weights to where `installed_file(card, folder)` finds them, and note their checksum.

    Both functions are called often, about every 64 KB. What lies there is in its place until the new file is whole.
    `FetchCancelled` once `is_cancelled` says so. UserError where the Hub cannot be reached or refuses, the connection
    breaks, the disk is full, or the file is not the one expected.
    """
    name = hub_file(card)[1]
    place = folder / card.name / f"weights{Path(name).suffix.lower()}"
    with _alone(card, place.parent):
        _fetch(_Wanted(card, name, place, card.weights_sha256), on_progress, is_cancelled)
        remove_others(place)
    return place


def fetch_tokenizer(card: ModelCard, folder: Path, is_cancelled: Callable[[], bool]) -> None:
    """Bring the files of a card's own tokenizer, if it has one, to lie beside its weights, as `fetch_weights` does.

    Those that lie there as they were fetched are not fetched again.
    """
    if not card.own_tokenizer:
        return
    with _alone(card, folder / card.name):
        for name in TOKENIZER_FILES:
            place = folder / card.name / name
            if not is_intact(place):
                _fetch(_Wanted(card, name, place), lambda _done, _total: None, is_cancelled)


@contextmanager
def _alone(card: ModelCard, folder: Path) -> Iterator[None]:
    # Nobody else fetches into the folder meanwhile; what the disk refuses is said in a user's words.
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "fetching.lock", timeout=0):
            yield
    except Timeout as error:
        problem = Sentence("{model} is already being fetched by another window or command.", model=card.title)
        raise UserError(problem, "Wait until it is there.") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            remedy = tr_noop("Make room and fetch again; it goes on where it stopped.")
            raise UserError(
                Sentence("The disk became full while {model} was being fetched.", model=card.title), remedy
            ) from error
        problem = Sentence(
            "{model} cannot be kept in {folder} ({reason}).", model=card.title, folder=folder, reason=reason_of(error)
        )
        raise UserError(problem, "Make that folder writable and try again.") from error


def _fetch(wanted: _Wanted, on_progress: ProgressCallback, is_cancelled: Callable[[], bool]) -> None:
    offer, place = _ask_hub(wanted), wanted.place
    partial = place.with_name(offer.partial_name)
    if not noted_checksum(place) and place.exists() and sha256_of(place) == offer.sha256:
        place.replace(partial)  # a kill between the last two steps
    for other in place.parent.glob(f"{place.name}.*.partial"):
        if other != partial:
            other.unlink()
    missing = offer.size - _size(partial)
    free = shutil.disk_usage(place.parent).free
    if missing > free:
        problem = Sentence(
            "The disk is too full for {model}: {needed} MB are needed, {free} MB are free.",
            model=wanted.card.title,
            needed=math.ceil(missing / 1e6),
            free=math.floor(free / 1e6),
        )
        raise UserError(problem, "Make room and try again.")
    if missing > 0:
        _receive(wanted, offer, partial, on_progress, is_cancelled)
    if _size(partial) != offer.size or offer.sha256 not in ("", sha256_of(partial)):
        partial.unlink()
        raise _unexpected(wanted.card)
    place.with_name(f"{place.name}.sha256").unlink(missing_ok=True)  # never the old checksum beside the new file
    partial.replace(place)
    note_checksum(place)
    on_progress(offer.size, offer.size)


def _ask_hub(wanted: _Wanted) -> _Offer:
    from huggingface_hub import constants, get_hf_file_metadata, hf_hub_url

    # The environment is read only once, when the library is imported, which others may have done before.
    constants.HF_HUB_DISABLE_TELEMETRY = True
    by_hand, command = _by_hand(wanted.card)
    repository, _ = hub_file(wanted.card)
    remedy = Sentence("Check the connection. {by_hand}", by_hand=by_hand)
    with _told(wanted, UserError("The Hugging Face Hub cannot be reached.", remedy, command)):
        known = get_hf_file_metadata(hf_hub_url(repository, wanted.name))
    if not (known.commit_hash and known.etag and known.size):
        problem = tr_noop("What answered is not the Hugging Face Hub; this network may want you to log in first.")
        raise UserError(problem, Sentence("Open a web page to see. {by_hand}", by_hand=by_hand), command)
    stated = known.etag.lower() if re.fullmatch("[0-9a-fA-F]{64}", known.etag) else ""
    expected = wanted.sha256.lower() or stated
    if stated not in ("", expected):
        raise _unexpected(wanted.card)  # better now than after hundreds of megabytes
    content = hashlib.sha256(known.etag.encode()).hexdigest()[:16]
    return _Offer(
        url=hf_hub_url(repository, wanted.name, revision=known.commit_hash),
        size=known.size,
        sha256=expected,
        partial_name=f"{wanted.place.name}.{content}.partial",
    )


def _receive(
    wanted: _Wanted, offer: _Offer, partial: Path, on_progress: ProgressCallback, is_cancelled: Callable[[], bool]
) -> None:
    from huggingface_hub import constants, get_session
    from huggingface_hub.utils import build_hf_headers, hf_raise_for_status  # type: ignore[attr-defined]  # documented

    done = _size(partial)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={done}-"} if done else {})
    broken = UserError(
        Sentence("The connection broke while {model} was being fetched.", model=wanted.card.title),
        "Fetch again; it goes on where it stopped.",
    )
    with (
        _told(wanted, broken),
        get_session().stream(
            "GET", offer.url, headers=build_hf_headers(headers=headers), timeout=constants.HF_HUB_DOWNLOAD_TIMEOUT
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
                    raise FetchCancelled
    if done < offer.size:
        raise broken


@contextmanager
def _told(wanted: _Wanted, unreachable: UserError) -> Iterator[None]:
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

    card, file = wanted.card, wanted.name
    repository, _ = hub_file(card)
    by_hand, command = _by_hand(card)
    try:
        yield
    except (OfflineModeIsEnabled, LocalEntryNotFoundError) as error:
        if isinstance(error, LocalEntryNotFoundError) and not isinstance(error.__cause__, OfflineModeIsEnabled):
            raise unreachable from error
        problem = tr_noop("HF_HUB_OFFLINE is set, so that nothing is fetched.")
        raise UserError(problem, Sentence("Unset it. {by_hand}", by_hand=by_hand), command) from error
    except HfHubHTTPError as error:
        status = error.response.status_code
        if status == HTTPStatus.NOT_FOUND or type(error) in (NotFound, DisabledRepoError):
            problem = Sentence(
                "{file} of {repository} is no longer on the Hugging Face Hub.", file=file, repository=repository
            )
            remedy = tr_noop("Look for a newer version of this program, or choose another model.")
        elif status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) or isinstance(error, GatedRepoError):
            problem = Sentence(
                "The publisher of {repository} lets only people fetch it who have agreed to the terms.",
                repository=repository,
            )
            remedy = Sentence(
                "Agree on its page on the Hugging Face Hub, and log in with its program: hf auth login. {by_hand}",
                by_hand=by_hand,
            )
            raise UserError(problem, remedy, command) from error
        else:
            problem = Sentence(
                "The Hugging Face Hub cannot serve {model} now (it answered {status}).", model=card.title, status=status
            )
            remedy = tr_noop("Try again later; what has arrived is kept.")
        raise UserError(problem, remedy) from error
    except httpx2.HTTPError as error:
        raise unreachable from error


def _by_hand(card: ModelCard) -> tuple[Sentence, str]:
    repository, file = hub_file(card)
    if not card.own_tokenizer:
        one = tr_noop("Or fetch {file} of {repository} on another computer, and add the file to the models here.")
        return Sentence(one, file=file, repository=repository), "model add FILE"
    files = ", ".join((file, *TOKENIZER_FILES))
    several = tr_noop("Or fetch {files} of {repository} on another computer, and add the folder to the models here.")
    return Sentence(several, files=files, repository=repository), "model add FOLDER"


def _unexpected(card: ModelCard) -> UserError:
    return UserError(
        Sentence(
            "The file that the Hugging Face Hub has for {model} is damaged or not the one expected; it is not used.",
            model=card.title,
        ),
        "Fetch it again; if that does not help, look for a newer version of this program.",
    )


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
