"""From folders to a table, through Ray: nothing is lost or twice, and nothing is read that is there already."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import lance
import numpy as np
import psutil
import pytest
import ray

from guie_desktop.cluster.building import BuildOptions, BuildReport, build
from guie_desktop.cluster.kept_states import go_back, tag_library, tags_of
from guie_desktop.cluster.network import Network
from guie_desktop.cluster.projecting import project_library
from guie_desktop.cluster.ray_session import RaySession
from guie_desktop.disk.content import content_hash_at
from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.errors import UserError
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.kept_heads import CURRENT_HEAD, read_head
from guie_desktop.shared_library.schema import HASH, LEASE, PATH, REASON, feature_column
from tests.decoding.deadly import run_deadly, run_nothing
from tests.drawing import draw_scene, save_photos

pytestmark = pytest.mark.slow

NETWORK = Network(Path("/nowhere"))
COLUMN = feature_column(NETWORK.key)


class Missing(Network):
    """Weights that the driver has, and no worker."""

    @property
    def key(self) -> str:
        return "missing"


class Made:
    """A table that is made of one folder."""

    def __init__(self, root: Path, session: RaySession) -> None:
        self.photos, self.address = root / "photos", Address.parse(str(root / "made.lance"))
        self._session = session

    def job(self, network: Network = NETWORK, **options: Any) -> Generator[int, None, BuildReport]:
        sources = [Address.parse(str(self.photos))]
        return build(sources, self.address, network, self._session, BuildOptions(**options))

    def build(self, network: Network = NETWORK, **options: Any) -> tuple[int, ...]:
        """Added, changed, removed, unchanged, failed."""
        job = self.job(network, **options)
        try:
            while True:
                next(job)
        except StopIteration as end:
            report = end.value
        return report.added, report.changed, report.removed, report.unchanged, report.failed

    @property
    def table(self) -> Any:
        return lance.dataset(self.address.uri)

    def check(self) -> None:
        """Each file has one row, of its content."""
        rows = self.table.to_table(columns=[PATH, HASH, REASON]).to_pylist()
        files = sorted(str(path) for path in self.photos.rglob("*") if path.suffix == ".jpg")
        assert sorted(row[PATH] for row in rows) == files
        for row in rows:
            assert row[REASON] or row[HASH] == content_hash_at(Path(row[PATH]))
        assert LEASE not in self.table.config()


@pytest.fixture
def made(tmp_path: Path, ray_of_two: RaySession) -> Made:
    save_photos(tmp_path / "photos" / "below", 12)
    return Made(tmp_path, ray_of_two)


def head_of(made: Made) -> bytes:
    rows = made.table.to_table(columns=[COLUMN], filter=f"`{COLUMN}` IS NOT NULL")[COLUMN].to_pylist()
    some = np.random.default_rng(0).permuted(np.tile(np.array(rows, np.float32), (10, 1)), axis=1)
    return fit_general_head(some).to_bytes()


def test_a_second_run_reads_only_what_is_new_and_takes_out_what_is_gone(made: Made) -> None:
    (made.photos / "broken.jpg").write_bytes(b"\xff\xd8 and no more")
    assert made.build() == (13, 0, 0, 0, 1)
    made.check()
    before = made.table.version
    assert made.build() == (0, 0, 0, 13, 0)
    assert made.build(retry=True) == (0, 1, 0, 12, 1)
    below = sorted((made.photos / "below").iterdir())
    below[0].unlink()
    draw_scene("dots", 99).save(below[1])
    draw_scene("dots", 98).save(made.photos / "it's new.jpg")
    shutil.copy(below[2], made.photos / "copy.jpg")
    assert made.build() == (2, 1, 1, 11, 0)
    made.check()
    rows = made.table.to_table().to_pylist()
    assert [row[PATH] for row in rows if row[COLUMN] is None] == [str(made.photos / "broken.jpg")]
    assert len({row[HASH] for row in rows if str(row[PATH]) in (str(below[2]), str(made.photos / "copy.jpg"))}) == 1
    assert lance.dataset(made.address.uri, version=before).count_rows() == 13


def test_a_folder_that_is_suddenly_empty_takes_nothing_out(made: Made) -> None:
    made.build()
    made.photos.rename(made.photos.with_name("away"))
    made.photos.mkdir()
    with pytest.raises(UserError, match="nothing was taken out"):
        made.build()
    assert made.table.count_rows() == 12
    made.photos.rmdir()
    with pytest.raises(UserError, match="There is no folder"):
        made.build()
    assert LEASE not in made.table.config()


def test_a_run_that_is_cut_short_goes_on(made: Made) -> None:
    save_photos(made.photos, 24, first=12)
    job = made.job(portion=8)
    done = next(job)
    job.close()
    assert made.table.count_rows() == done < 36
    assert made.build() == (36 - done, 0, 0, done, 0)
    made.check()


def test_a_program_that_is_killed_goes_on(made: Made) -> None:
    save_photos(made.photos, 84, first=12)
    session = ray.get_runtime_context().gcs_address
    command = [sys.executable, "-m", "guie_desktop", "shared", "build", str(made.photos), "--to", made.address.uri]
    with subprocess.Popen(
        [*command, "--portion", "16", "--ray-address", session], stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stderr is not None
        assert any(line.startswith("Preparing for search") for line in program.stderr)
        program.send_signal(signal.SIGKILL)
    assert LEASE in made.table.config()
    done = made.table.count_rows()
    assert 0 < done <= 96
    assert made.build() == (96 - done, 0, 0, done, 0)
    made.check()


def test_nothing_is_lost_or_twice_where_actors_and_decoders_are_killed(made: Made) -> None:
    save_photos(made.photos, 84, first=12)
    job = made.job(portion=8)
    done = next(job)
    for process in psutil.process_iter(["cmdline"]):
        line = " ".join(process.info["cmdline"] or [])
        is_ours = any(one.pid == psutil.Process().pid for one in ancestors(process))
        if is_ours and ("(DecodePhotos)" in line or "(EmbedPhotos)" in line):
            process.kill()
    for done in job:
        assert done <= 96
    assert done == 96
    made.check()
    assert made.table.count_rows(f"`{COLUMN}` IS NULL") == 0


def ancestors(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.parents())
    except psutil.NoSuchProcess:
        return []


def test_a_file_that_kills_its_decoder_has_a_row_that_says_so(made: Made) -> None:
    for name in ("crash.jpg", "stumble.jpg"):
        draw_scene("dots", len(name)).save(made.photos / name)
    assert made.build(run=run_deadly) == (14, 0, 0, 0, 1)
    (reason,) = made.table.to_table(columns=[REASON], filter=f"{REASON} IS NOT NULL")[REASON].to_pylist()
    assert "makes the program crash" in reason


def test_where_no_decoder_can_be_started_nothing_is_written(made: Made) -> None:
    with pytest.raises(UserError, match="could not be started"):
        made.build(run=run_nothing)
    with pytest.raises(UserError, match=r"are damaged|not on this computer"):
        made.build(Missing(NETWORK.library, "siglip-b-16-224"))
    assert made.table.count_rows() == 0
    assert LEASE not in made.table.config()


def test_another_model_is_another_column_and_leaves_the_first_as_it_is(made: Made) -> None:
    made.build()
    head_id = project_library(made.address, head_of(made)).head_id
    first = made.table.to_table(columns=[PATH, COLUMN]).to_pylist()
    other = Network(NETWORK.library, "efficientnet-lite0")
    assert made.build(other) == (0, 12, 0, 0, 0)
    assert made.build(other) == (0, 0, 0, 12, 0)
    column = feature_column(other.key)
    assert made.table.count_rows(f"`{column}` IS NULL") == 0
    after = made.table.to_table(columns=[PATH, COLUMN, f"vector_{head_id}", HASH]).to_pylist()
    assert {row[PATH]: row[COLUMN] for row in after} == {row[PATH]: row[COLUMN] for row in first}
    assert all(row[HASH] and row[f"vector_{head_id}"] for row in after)
    assert made.build() == (0, 0, 0, 12, 0)


def test_a_head_is_a_column_that_later_photos_have_too_and_a_tag_leads_back(made: Made) -> None:
    (made.photos / "broken.jpg").write_bytes(b"no")
    made.build()
    assert tag_library(made.address, "before") == made.table.version
    with pytest.raises(UserError, match="has a tag before"):
        tag_library(made.address, "before")
    data = head_of(made)
    shutil.move(made.photos, made.photos.with_name("away"))  # no photo is opened
    projected = project_library(made.address, data)
    assert (projected.rows, projected.was_there) == (12, False)
    assert project_library(made.address, data).was_there
    shutil.move(made.photos.with_name("away"), made.photos)
    save_photos(made.photos, 2, first=50)
    changed = sorted((made.photos / "below").iterdir())[0]
    draw_scene("rings", 77).save(changed)
    assert made.build() == (2, 1, 0, 12, 0)
    head = read_head(made.address, projected.head_id)
    rows = [row for row in made.table.to_table().to_pylist() if row[REASON] is None]
    features = np.array([row[COLUMN] for row in rows], np.float32)
    vectors = np.array([row[projected.column] for row in rows], np.float32)
    assert np.abs(vectors - head.apply(features)).max() < 2e-3
    assert made.table.config()[CURRENT_HEAD] == projected.head_id
    assert list(tags_of(made.address)) == ["before"]
    go_back(made.address, "before")
    assert made.table.count_rows() == 13
    assert projected.column not in made.table.schema.names
    assert made.table.config() == {}
    with pytest.raises(UserError, match="nowhere"):
        go_back(made.address, "nowhere")


def test_a_damaged_table_is_not_built_on(made: Made) -> None:
    made.build()
    for file in Path(made.address.uri, "data").iterdir():
        os.truncate(file, file.stat().st_size // 2)
    with pytest.raises(UserError, match="is damaged"):
        made.build()


def test_a_head_of_another_length_is_refused(made: Made) -> None:
    made.build()
    with pytest.raises(UserError, match="takes features of 7 numbers"):
        project_library(made.address, fit_general_head(np.ones((3, 7), np.float32)).to_bytes())
    assert LEASE not in made.table.config()
