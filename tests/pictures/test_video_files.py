"""No video opens another file or an address, and whatever is wrong with one, there is a sentence or what is there."""

import errno
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures import videos
from guie_desktop.pictures.video_files import VideoFile
from tests.drawing import save_photos
from tests.videos import number_of, picture_of, read_video, write_sound, write_video

FILM = [picture_of(i) for i in range(20)]


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what it was asked for."""
    paths: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("suffix", [".avi", ".mp4", ".m3u8", ".mpd"])
def test_a_playlist_opens_nothing(tmp_path: Path, suffix: str, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    other = write_video(tmp_path / "other.mp4", FILM)
    for other_name in (other.name, str(other), f"file:{other}", f"{address}/film.mp4"):
        for text in (
            f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{other_name}\n#EXT-X-ENDLIST\n",
            f"ffconcat version 1.0\nfile '{other_name}'\n",
            '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet>'
            f'<Representation id="1"><BaseURL>{other_name}</BaseURL></Representation></AdaptationSet></Period></MPD>',
        ):
            path = tmp_path / f"list{suffix}"
            path.write_text(text)
            with pytest.raises(UnreadablePhoto) as told:
                read_video(path, 60)
            assert "not a video" in str(told.value), repr(told.value.__cause__)
    assert paths == []


def test_pictures_that_lie_in_another_file_are_not_looked_for(tmp_path: Path) -> None:
    path = write_video(tmp_path / "film.mov", FILM)
    data = path.read_bytes()
    whole = b"url \0\0\0\1"  # the pictures lie in this file
    assert whole in data
    path.write_bytes(data.replace(whole, b"url \0\0\0\0"))
    (tmp_path / "alis").write_bytes(data)
    with path.open("rb") as file, VideoFile(file) as opened:
        assert opened.width == 160


def test_names_need_not_be_text(tmp_path: Path) -> None:
    path = write_video(tmp_path / "film.mp4", FILM)
    odd = path.rename(tmp_path / "caf\udce9 \n.mp4")
    assert len(read_video(odd, 60).moments) == 2


@pytest.mark.parametrize("name", ["photo.mp4", "photo.avi", "photo.mkv"])
def test_what_is_no_video_is_refused(tmp_path: Path, name: str) -> None:
    (photo,) = save_photos(tmp_path, 1)
    with pytest.raises(UnreadablePhoto, match="not a video"):
        read_video(photo.rename(tmp_path / name), 60)
    (tmp_path / name).write_bytes(b"some words")
    with pytest.raises(UnreadablePhoto, match="not a video"):
        read_video(tmp_path / name, 60)


def test_sound_is_no_video_even_with_a_cover(tmp_path: Path) -> None:
    for cover in (None, picture_of(3)):
        with pytest.raises(UnreadablePhoto, match="sound in this file"):
            read_video(write_sound(tmp_path / "song.mp4", cover=cover), 60)


def test_a_protected_video_is_told(tmp_path: Path) -> None:
    key = {"encryption_scheme": "cenc-aes-ctr", "encryption_key": "0" * 31 + "1", "encryption_kid": "0" * 31 + "2"}
    with pytest.raises(UnreadablePhoto, match="protected"):
        read_video(write_video(tmp_path / "rented.mp4", FILM, container_options=key), 60)


def test_a_codec_that_is_not_known_is_told(tmp_path: Path) -> None:
    path = write_video(tmp_path / "film.mkv", FILM)
    path.write_bytes(path.read_bytes().replace(b"V_MPEG4/ISO/AVC", b"V_MPEG9/ISO/XYZ"))
    with pytest.raises(UnreadablePhoto, match="coded in a way"):
        read_video(path, 60)


def test_a_film_without_its_index_is_cut_off(tmp_path: Path) -> None:
    path = write_video(tmp_path / "film.mp4", FILM)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(UnreadablePhoto, match="the part that says how to read the rest is missing"):
        read_video(path, 60)


class FailingDisk(BytesIO):
    """A file of whose reads only so many succeed."""

    left = 0

    def read(self, size: int | None = -1) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().read(size)


@pytest.mark.parametrize("succeed", [1, 2, 3])
def test_a_failing_disk_is_not_the_videos_fault(tmp_path: Path, succeed: int) -> None:
    file = FailingDisk(write_video(tmp_path / "film.mkv", FILM).read_bytes())
    file.left = succeed
    with pytest.raises(OSError, match=os.strerror(errno.EIO)) as failure, VideoFile(file) as opened:
        videos.read_video(opened, "film.mkv", 60)
    assert type(failure.value) is OSError


@pytest.mark.parametrize("name", ["film.mkv", "film.avi", "film.webm", "first.mp4", "film.mts", "film.flv"])
def test_of_a_film_that_is_cut_off_the_part_that_is_there_is_shown(tmp_path: Path, name: str) -> None:
    options = {"movflags": "faststart"} if name == "first.mp4" else {}
    path = write_video(tmp_path / name, [picture_of(i) for i in range(60)], container_options=options)
    whole = read_video(path, 60)
    assert (whole.cut_off, len(whole.moments)) == (False, 6)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    video = read_video(path, 60)
    assert video.cut_off or name == "film.mts"  # which announces nothing
    assert 20 < video.seconds < 40
    assert 2 <= len(video.moments) <= 4
    for moment in video.moments:
        assert number_of(moment.image) == moment.at // 1000
        assert moment.at < 1000 * video.seconds
        (again,) = read_video(path, 60, moment.at).moments
        assert np.array_equal(np.asarray(again.image), np.asarray(moment.image))


def test_a_stream_that_does_not_say_how_long_it_is_is_measured(tmp_path: Path) -> None:
    path = write_video(tmp_path / "recorded.webm", FILM, container_options={"live": "1"})
    with path.open("rb") as file, VideoFile(file) as opened:
        seconds, is_cut = opened.length()
    assert seconds == pytest.approx(20, abs=0.2)
    assert not is_cut
    moments = read_video(path, 60).moments
    assert [number_of(moment.image) for moment in moments] == [moment.at // 1000 for moment in moments]
    assert len(moments) == 2


def test_nothing_but_a_beginning_shows_nothing(tmp_path: Path) -> None:
    path = write_video(tmp_path / "first.mp4", FILM, container_options={"movflags": "faststart"})
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"mdat") + 8])
    with pytest.raises(UnreadablePhoto, match="None of the video's pictures"):
        read_video(path, 60)
