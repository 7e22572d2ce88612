"""A directory is known by its volume, wherever and under whatever name that is mounted."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.disk.mounts import Mount
from guie_desktop.disk.volumes import VolumePlace, Volumes, mounted_volumes

STICK, HOME = "uuid:stick", "uuid:home"
ROOT = Mount("uuid:root", Path(), Path("/"))


def place(volume: str, path: str) -> VolumePlace:
    return VolumePlace(volume, Path(path))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/media/STICK/Photos/a", place(STICK, "Photos/a")),
        ("/media/STICK", place(STICK, "")),
        ("/media/STICKY", place("uuid:root", "media/STICKY")),
        ("/home/me/Pictures", place(HOME, "@home/me/Pictures")),
        ("/tmp/photos", None),
    ],
)
def test_a_path_lies_on_the_volume_that_is_mounted_deepest_above_it(path: str, expected: VolumePlace | None) -> None:
    volumes = Volumes(
        [
            ROOT,
            Mount(STICK, Path(), Path("/media/STICK")),
            Mount(HOME, Path("@home"), Path("/home")),
            Mount(None, Path(), Path("/tmp")),
        ]
    )
    assert volumes.place_of(Path(path)) == expected


def test_a_volume_is_found_under_its_new_name_and_its_parts_where_they_show_it() -> None:
    volumes = Volumes(
        [
            ROOT,
            Mount(STICK, Path(), Path("/run/media/me/STICK1")),
            Mount(STICK, Path("Photos"), Path("/home/me/bound")),
        ]
    )
    whole, part = Path("/run/media/me/STICK1/Photos/2020"), Path("/home/me/bound/2020")
    assert volumes.paths_of(place(STICK, "Photos/2020")) == [whole, part]
    assert volumes.paths_of(place(STICK, "Other")) == [Path("/run/media/me/STICK1/Other")]
    assert volumes.paths_of(place("uuid:away", "Photos")) == []


def test_what_another_volume_hides_is_not_there() -> None:
    volumes = Volumes(
        [ROOT, Mount(STICK, Path(), Path("/media/USB DISK")), Mount("uuid:other", Path(), Path("/media/USB DISK"))]
    )
    assert volumes.place_of(Path("/media/USB DISK/a")) == place("uuid:other", "a")
    assert volumes.paths_of(place(STICK, "a")) == []


def test_without_mounts_nothing_is_known() -> None:
    assert Volumes([]).place_of(Path("/a")) is None


_PARTS = st.lists(st.sampled_from("abc"), max_size=3)
_MOUNT = st.builds(
    lambda volume, root, point: Mount(volume, Path(*root), Path("/", *point)), st.sampled_from("VW"), _PARTS, _PARTS
)


@given(mounted=st.lists(_MOUNT, max_size=4), path=_PARTS)
def test_where_a_path_lies_there_it_is_found(mounted: list[Mount], path: list[str]) -> None:
    volumes, absolute = Volumes(mounted), Path("/", *path)
    found = volumes.place_of(absolute)
    if found is not None:
        assert absolute in volumes.paths_of(found)


def test_a_place_of_this_machine_is_found_again(tmp_path: Path) -> None:
    volumes = mounted_volumes()
    found = volumes.place_of(tmp_path.resolve())
    assert found is None or tmp_path.resolve() in volumes.paths_of(found)
