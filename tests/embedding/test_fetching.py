"""Weights arrive whole whatever happens on the way; a server on this computer plays the Hub, the library is real."""

import dataclasses
import errno
import hashlib
import itertools
import os
import random
import shutil
import subprocess
import sys
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import huggingface_hub
import pytest
from filelock import FileLock
from huggingface_hub import constants

from guie_desktop.embedding import fetching
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.checksummed_file import is_intact
from guie_desktop.embedding.fetching import FetchCancelled, fetch_tokenizer, fetch_weights
from guie_desktop.embedding.weights import TOKENIZER_FILES, installed_file
from guie_desktop.errors import UserError
from tests.hub import COMMIT, TINY, Hub, HubHandler, point_at

CONTENT = random.Random(1).randbytes(3_000_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
SPEAKING = dataclasses.replace(TINY, own_tokenizer=True)
KILLED_IN_THE_MIDDLE = """
import os, sys
from pathlib import Path
from guie_desktop.embedding.fetching import fetch_weights
from tests.hub import TINY

fetch_weights(TINY, Path(sys.argv[1]), lambda done, total: done > 1_000_000 and os.kill(os.getpid(), 9), lambda: False)
"""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", False)  # the program is to switch it off
    with Hub(CONTENT) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        point_at(monkeypatch, server.port)
        yield server
        huggingface_hub.close_session()
        server.shutdown()


def fetch(folder: Path, card: ModelCard = TINY, cancel_at: int | None = None) -> list[tuple[int, int]]:
    """What was told on the way."""
    told: list[tuple[int, int]] = []
    fetch_weights(
        card,
        folder,
        lambda done, total: told.append((done, total)),
        lambda: cancel_at is not None and told[-1][0] >= cancel_at,
    )
    return told


def assert_installed(folder: Path) -> None:
    file = installed_file(TINY, folder)
    assert file is not None
    assert file.read_bytes() == CONTENT
    assert is_intact(file)
    left = {entry.name for entry in file.parent.iterdir()} - {"fetching.lock"}
    assert left == {"weights.safetensors", "weights.safetensors.sha256"}


def assert_went_on(hub: Hub, folder: Path) -> None:
    kept = sum(file.stat().st_size for file in folder.rglob("*.partial"))
    assert 0 < kept < len(CONTENT)
    assert installed_file(TINY, folder) is None
    hub.cut_at = None
    assert fetch(folder)[0] == (kept, len(CONTENT))
    assert hub.starts == [0, kept]
    assert_installed(folder)


def test_the_file_arrives_whole_with_its_checksum_and_progress_is_told(
    hub: Hub, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    told = fetch(tmp_path)
    assert_installed(tmp_path)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[0] == (0, len(CONTENT))
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert max(after - before for (before, _), (after, _) in itertools.pairwise(told)) <= 1_000_000
    assert capfd.readouterr() == ("", "")


def test_nothing_else_is_asked_and_the_users_token_stays_on_the_hub(hub: Hub, tmp_path: Path) -> None:
    fetch(tmp_path)
    assert hub.asked == [
        "HEAD /someone/model/resolve/main/weights.safetensors",
        f"GET /someone/model/resolve/{COMMIT}/weights.safetensors",
        "GET /storage/file",
    ]
    assert all(secret != path.startswith("/storage/") for path, secret in hub.secrets)


def test_after_a_cancellation_it_goes_on(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(FetchCancelled):
        fetch(tmp_path, cancel_at=1_000_000)
    assert_went_on(hub, tmp_path)


@pytest.mark.parametrize("states_length", [True, False])
def test_after_a_broken_connection_it_goes_on(hub: Hub, tmp_path: Path, states_length: bool) -> None:
    hub.cut_at, hub.states_length = 1_500_000, states_length
    with pytest.raises(UserError, match=r"connection broke.*goes on"):
        fetch(tmp_path)
    assert_went_on(hub, tmp_path)


def test_after_a_killed_process_it_goes_on(hub: Hub, tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = subprocess.run(
        [sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(tmp_path)],
        env=os.environ | {"HF_ENDPOINT": f"http://127.0.0.1:{hub.port}", "HF_HOME": str(home)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (-9 if os.name == "posix" else 9, "")
    assert not home.exists()
    assert_went_on(hub, tmp_path)


def test_a_process_killed_before_the_checksum_fetches_nothing_twice(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(_: Path) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(fetching, "note_checksum", killed)
        with pytest.raises(Killed):
            fetch(tmp_path)
    assert installed_file(TINY, tmp_path) is None
    fetch(tmp_path)
    assert hub.starts == [0]
    assert_installed(tmp_path)


def test_a_server_that_cannot_go_on_in_the_middle_sends_all_again(hub: Hub, tmp_path: Path) -> None:
    hub.knows_ranges = False
    with pytest.raises(FetchCancelled):
        fetch(tmp_path, cancel_at=1_000_000)
    assert fetch(tmp_path)[0] == (0, len(CONTENT))
    assert_installed(tmp_path)


def test_half_of_an_older_file_is_not_gone_on_with(hub: Hub, tmp_path: Path) -> None:
    hub.content = CONTENT[::-1]
    hub.etag = "1" * 40
    with pytest.raises(FetchCancelled):
        fetch(tmp_path, cancel_at=1_000_000)
    hub.content, hub.etag = CONTENT, SHA256
    fetch(tmp_path)
    assert hub.starts == [0, 0]
    assert_installed(tmp_path)


def test_a_file_of_the_same_model_gives_way(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "tiny").mkdir()
    for name in ("weights.pt", "weights.pt.sha256", "weights.safetensors", "weights.safetensors.sha256"):
        (tmp_path / "tiny" / name).write_text("old")
    fetch(tmp_path)
    assert_installed(tmp_path)


def damaged(folder: Path) -> Path:
    """Weights that were fetched once, and have a byte that is another one now."""
    fetch(folder)
    place = folder / "tiny" / "weights.safetensors"
    place.write_bytes(b"?" + CONTENT[1:])
    return place


def test_a_damaged_file_stays_until_the_new_one_is_whole(hub: Hub, tmp_path: Path) -> None:
    place = damaged(tmp_path)
    with pytest.raises(FetchCancelled):
        fetch(tmp_path, cancel_at=1_000_000)
    assert place.read_bytes()[:1] == b"?"
    fetch(tmp_path)
    assert_installed(tmp_path)


def test_a_damaged_file_that_lost_its_checksum_to_a_kill_is_not_taken_for_the_new_one(hub: Hub, tmp_path: Path) -> None:
    place = damaged(tmp_path)
    place.with_name("weights.safetensors.sha256").unlink()
    fetch(tmp_path)
    assert hub.starts == [0, 0]
    assert_installed(tmp_path)


def fetch_words(folder: Path, *, cancelled: bool = False) -> None:
    fetch_tokenizer(SPEAKING, folder, lambda: cancelled)


def test_a_tokenizer_is_fetched_once_and_again_where_it_is_damaged_or_missing(hub: Hub, tmp_path: Path) -> None:
    fetch_words(tmp_path)
    fetch_words(tmp_path)
    assert len(hub.starts) == 2
    (tmp_path / "tiny" / "tokenizer.json").write_text("damaged")
    (tmp_path / "tiny" / "tokenizer_config.json").unlink()
    fetch_words(tmp_path)
    assert len(hub.starts) == 4
    assert all((tmp_path / "tiny" / name).read_bytes() == CONTENT for name in TOKENIZER_FILES)


def test_half_a_tokenizer_is_none_and_leaves_half_the_weights_alone(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(FetchCancelled):
        fetch(tmp_path, cancel_at=1_000_000)
    with pytest.raises(FetchCancelled):
        fetch_words(tmp_path, cancelled=True)
    assert not [name for name in TOKENIZER_FILES if (tmp_path / "tiny" / name).exists()]
    fetch_words(tmp_path)
    fetch(tmp_path)
    assert 0 not in (hub.starts[2], hub.starts[4])  # both went on


@pytest.mark.parametrize(
    ("etag", "stated_by_card"),
    [("0" * 64, ""), (SHA256, "0" * 64), ("0" * 40, "0" * 64)],
    ids=["hub's", "card's", "card's alone"],
)
def test_a_wrong_hash_is_refused_and_nothing_stays(hub: Hub, tmp_path: Path, etag: str, stated_by_card: str) -> None:
    hub.etag = etag
    card = dataclasses.replace(TINY, weights_sha256=stated_by_card)
    with pytest.raises(UserError, match="not the one expected"):
        fetch(tmp_path, card)
    assert installed_file(card, tmp_path) is None
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and file.stat().st_size]


def test_without_any_hash_the_length_is_enough(hub: Hub, tmp_path: Path) -> None:
    hub.etag = "0" * 40
    fetch(tmp_path)
    assert_installed(tmp_path)


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (404, "EntryNotFound", "no longer on the Hugging Face Hub"),
        (404, "RepoNotFound", "no longer on the Hugging Face Hub"),
        (401, "RepoNotFound", "no longer on the Hugging Face Hub"),
        (404, "", "no longer on the Hugging Face Hub"),
        (401, "GatedRepo", "hf auth login.*guie-desktop model add FILE"),
        (403, "GatedRepo", "hf auth login"),
        (401, "", "hf auth login"),
        (503, "", r"answered 503.*later"),
    ],
)
def test_a_refusal_is_told_in_a_sentence(hub: Hub, tmp_path: Path, status: int, code: str, sentence: str) -> None:
    hub.status, hub.error = status, code
    with pytest.raises(UserError, match=sentence):
        fetch(tmp_path)


def test_without_a_network_another_way_is_told(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Hub(CONTENT) as gone:
        port = gone.port
    point_at(monkeypatch, port)
    with pytest.raises(UserError, match=r"cannot be reached.*another computer.*guie-desktop model add FILE"):
        fetch(tmp_path)
    with pytest.raises(UserError, match=r"cannot be reached.*tokenizer\.json.*guie-desktop model add FOLDER"):
        fetch_words(tmp_path)


def test_a_login_page_of_the_network_is_not_taken_for_the_hub(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HubHandler, "do_HEAD", lambda answer: (answer.send_response(200), answer.end_headers()))
    with pytest.raises(UserError, match="is not the Hugging Face Hub"):
        fetch(tmp_path)


def test_offline_by_wish_is_told(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(UserError, match=r"HF_HUB_OFFLINE is set.*guie-desktop model add FILE"):
        fetch(tmp_path)
    assert not hub.asked


def test_too_little_room_is_told_before_and_only_the_rest_counts(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = namedtuple("room", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: room(2_500_000))
    with pytest.raises(UserError, match="3 MB are needed, 2 MB are free"):
        fetch(tmp_path)
    assert not hub.starts
    monkeypatch.undo()
    point_at(monkeypatch, hub.port)
    with pytest.raises(FetchCancelled):
        fetch(tmp_path, cancel_at=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: room(2_500_000))
    fetch(tmp_path)
    assert_installed(tmp_path)


def test_a_disk_that_fills_up_keeps_what_is_there(hub: Hub, tmp_path: Path) -> None:
    def full(done: int, _: int) -> None:
        if done > 1_000_000:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(UserError, match="became full"):
        fetch_weights(TINY, tmp_path, full, lambda: False)
    assert_went_on(hub, tmp_path)


def test_a_folder_that_cannot_be_written_is_told(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be kept in"):
        fetch(tmp_path / "file")


def test_two_do_not_fetch_into_one_file(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "tiny").mkdir()
    with FileLock(tmp_path / "tiny" / "fetching.lock"), pytest.raises(UserError, match="already being fetched"):
        fetch(tmp_path)


def test_the_library_is_loaded_only_when_it_is_needed() -> None:
    script = "import guie_desktop.embedding.fetching, sys; print({'huggingface_hub', 'httpx2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
