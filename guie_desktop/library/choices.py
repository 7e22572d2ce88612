"""What the user chose for a library: the backbone, where networks run, the head of each backbone, what is skipped."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import bindparam, delete, select

from guie_desktop.asking import Filter
from guie_desktop.computing import PROCESSOR_SHARES, ComputingChoices, ProcessorShare
from guie_desktop.domain import (
    DEVICE_CHOICES,
    POLL_CHOICES,
    DeviceChoice,
    PollChoice,
    RawBesideJpeg,
    ReadingChoices,
    SharedLibrary,
)
from guie_desktop.duplicates import KeepChoices
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.database import reading, writing
from guie_desktop.library.plain_values import as_json, record, records
from guie_desktop.library.replacing import in_place
from guie_desktop.library.tables import choices

# As the rows are named since the first version that had them.
_MODEL = "model"
_PENDING_MODEL = "next model"
_DEVICE = "device"
_CHECK = "check begun at"
_LAST_CHECK = "last check begun at"
_RAW_BESIDE_JPEG = "raw beside jpeg"
_VIDEOS = "videos"
_SKIPPED = "skipped names"
_SMALLEST = "smallest file"
_POLL = "poll"
_SHARE = "processor share"
_BATTERY = "battery"
_PLANNED_ALBUMS = "folders to become albums"
_EXPECTED = "files to join albums"
_KEEPING = "which duplicates stay"
_LOOKED_INTO = "photos to look into"
_SHARED = "shared libraries"
_PRECISION_OF, _HEAD_OF, _GENERAL_HEAD_OF = "precision of {}".format, "head of {}".format, "general head of {}".format
NAMING_FOLDERS = _KEEPING, _LOOKED_INTO
"""Rows with JSON that names folders, and goes along with them."""
_LONGEST_ID = 19
"""Digits; SQLite has no larger numbers."""

_KEEP = in_place(choices)
_OF_NAME = select(choices.c.value).where(choices.c.name == bindparam("wanted"))


class Choices:
    """The choices of one library; each change is one transaction, and whoever reads sees all of it or nothing."""

    def __init__(self, catalog: Catalog) -> None:
        self._database = catalog.database

    @property
    def model(self) -> str:
        """Name of the backbone in use; empty where none was chosen yet."""
        return self._value(_MODEL)

    @property
    def pending_model(self) -> str:
        """Name of the backbone that the library is being embedded with, to be switched to when that is complete."""
        return self._value(_PENDING_MODEL)

    @property
    def device(self) -> DeviceChoice:
        """Where networks run."""
        found = self._value(_DEVICE)
        return found if found in DEVICE_CHOICES else "auto"

    @property
    def raw_beside_jpeg(self) -> RawBesideJpeg:
        """Whether a RAW and the JPEG of its name are one photo or two."""
        return "both" if self._value(_RAW_BESIDE_JPEG) == "both" else "one"

    @property
    def videos(self) -> bool:
        """Whether videos are read."""
        return self._value(_VIDEOS) != "left out"

    @property
    def check_begun_at(self) -> float | None:
        """When the check of all files began that is to be ended, in seconds since the epoch; None: there is none."""
        return self._time(_CHECK)

    @property
    def last_check(self) -> float:
        """When the last check began that came to its end; 0 where none did."""
        return self._time(_LAST_CHECK) or 0.0

    def begin_check(self, when: float) -> None:
        """All files are being checked, so that a later start goes on with it."""
        self._choose({_CHECK: repr(when)})

    def end_check(self) -> None:
        """All files were checked."""
        self._choose({_LAST_CHECK: self._value(_CHECK), _CHECK: None})

    def give_up_check(self) -> None:
        """The rest of the files is not to be checked."""
        self._choose({_CHECK: None})

    @property
    def skipped(self) -> tuple[str, ...]:
        """Patterns of the names of folders and photos that scans pass over; see disk/skipping.py."""
        return tuple(json.loads(self._value(_SKIPPED) or "[]"))

    @property
    def smallest(self) -> int:
        """Bytes that a file must have to be read."""
        found = self._value(_SMALLEST)
        return int(found) if found.isascii() and found.isdecimal() and len(found) < _LONGEST_ID else 0

    @property
    def poll(self) -> PollChoice:
        """Which folders are looked at every so often, since their changes may not be told."""
        found = self._value(_POLL)
        return found if found in POLL_CHOICES else "auto"

    @property
    def reading(self) -> ReadingChoices:
        """How the folders are read, all in one."""
        return ReadingChoices(self.raw_beside_jpeg, self.poll, self.videos, self.smallest)

    @property
    def share(self) -> ProcessorShare:
        """How much of the processor may be taken."""
        found = self._value(_SHARE)
        return found if found in PROCESSOR_SHARES else "all"

    @property
    def saves_battery(self) -> bool:
        """Whether jobs wait while the computer runs on its battery."""
        return self._value(_BATTERY) == "saved"

    @property
    def computing(self) -> ComputingChoices:
        """How hard the computer works, all in one."""
        return ComputingChoices(self.share, self.saves_battery)

    @property
    def planned_albums(self) -> tuple[Path, ...]:
        """Folders whose folders are to become albums, once their photos are read."""
        return tuple(map(Path, json.loads(self._value(_PLANNED_ALBUMS) or "[]")))

    @property
    def expected(self) -> set[tuple[int, Path]]:
        """Album ids with the files and folders that are to join them, once they are read."""
        return {(int(album), Path(path)) for album, path in json.loads(self._value(_EXPECTED) or "[]")}

    @property
    def looked_into(self) -> tuple[Filter, ...]:
        """The photos whose parts are to be known: those of a folder, of an album, or all."""
        return records(Filter, self._value(_LOOKED_INTO))

    @property
    def shared(self) -> tuple[SharedLibrary, ...]:
        """Libraries that many read, which the user has opened."""
        return records(SharedLibrary, self._value(_SHARED))

    def precision_of(self, model: str) -> str:
        """The numeric precision of a backbone's features; empty where none was chosen."""
        return self._value(_PRECISION_OF(model))

    def head_of(self, backbone_key: str) -> int:
        """Id of a backbone's personal head in use, or 0 for the general one."""
        return self._number(_HEAD_OF(backbone_key))

    def general_head_of(self, backbone_key: str) -> int:
        """Id of a backbone's general head that was taken in and is in use, or 0 for the one fitted to the library."""
        return self._number(_GENERAL_HEAD_OF(backbone_key))

    def choose_model(self, name: str) -> None:
        """Use this backbone from now on; nothing is pending then."""
        self._choose({_MODEL: name, _PENDING_MODEL: None})

    def settle_model(self, name: str) -> None:
        """Note the backbone of a library whose user chose none, so that it stays the same in later versions."""
        self._choose({_MODEL: name})

    def choose_pending_model(self, name: str | None) -> None:
        """Remember the backbone to be switched to, or (None) that there is none."""
        self._choose({_PENDING_MODEL: name})

    def choose_device(self, device: DeviceChoice) -> None:
        """Run networks there."""
        self._choose({_DEVICE: device})

    def choose_raw_beside_jpeg(self, choice: RawBesideJpeg) -> None:
        """Show a RAW and the JPEG of its name as one photo or as two, from the next scan on."""
        self._choose({_RAW_BESIDE_JPEG: choice})

    def read_videos(self, read: bool) -> None:
        """Read videos, or leave them out, from the next scan on."""
        self._choose({_VIDEOS: None if read else "left out"})

    def skip(self, patterns: Iterable[str]) -> None:
        """Pass over what has such a name, and nothing else, from the next scan on."""
        self._keep_list(_SKIPPED, sorted(set(patterns)))

    def leave_out_below(self, size: int) -> None:
        """Pass over files of fewer bytes, from the next scan on."""
        self._choose({_SMALLEST: str(size) if size else None})

    def choose_poll(self, poll: PollChoice) -> None:
        """Look at these folders every so often."""
        self._choose({_POLL: None if poll == "auto" else poll})

    def choose_reading(self, reading: ReadingChoices) -> None:
        """Read the folders so from the next scan on."""
        self.choose_raw_beside_jpeg(reading.raw_beside_jpeg)
        self.choose_poll(reading.poll)
        self.read_videos(reading.videos)
        self.leave_out_below(reading.smallest)

    def choose_computing(self, computing: ComputingChoices) -> None:
        """Let the computer work so hard from now on."""
        share = None if computing.share == "all" else computing.share
        self._choose({_SHARE: share, _BATTERY: "saved" if computing.saves_battery else None})

    def plan_albums(self, root: Path) -> None:
        """Remember that the folders in there are to become albums."""
        self._keep_list(_PLANNED_ALBUMS, sorted(map(str, {*self.planned_albums, root})))

    def end_planned_albums(self, root: Path) -> None:
        """The folders in there have become albums, or cannot."""
        self._keep_list(_PLANNED_ALBUMS, sorted(map(str, {*self.planned_albums} - {root})))

    def expect(self, files: set[tuple[int, Path]]) -> None:
        """Remember that these are to join albums."""
        self._expect(self.expected | files)

    def end_expecting(self, files: set[tuple[int, Path]]) -> None:
        """These have joined their albums, or cannot."""
        self._expect(self.expected - files)

    @property
    def keeping(self) -> KeepChoices:
        """How the duplicates that stay are chosen."""
        return record(KeepChoices, self._value(_KEEPING))

    def choose_keeping(self, keeping: KeepChoices) -> None:
        """Choose the duplicates that stay in this way."""
        self._choose({_KEEPING: as_json(keeping)})

    def look_into(self, chosen: Iterable[Filter]) -> None:
        """Let the parts of these photos be known, each a folder's, an album's or all; of none, and all is forgotten."""
        kept = tuple(dict.fromkeys(chosen))
        self._choose({_LOOKED_INTO: as_json(kept) if kept else None})

    def keep_shared(self, shared: tuple[SharedLibrary, ...]) -> None:
        """Remember these as the shared libraries that there are."""
        self._choose({_SHARED: as_json(shared) if shared else None})

    def choose_precision(self, model: str, precision: str) -> None:
        """Compute the features of this backbone in this precision."""
        self._choose({_PRECISION_OF(model): precision})

    def choose_heads(self, backbone_key: str, head_id: int, general_id: int) -> None:
        """Search with these where this backbone is in use, 0 being no personal head, and the fitted general one."""
        chosen = {_HEAD_OF(backbone_key): head_id, _GENERAL_HEAD_OF(backbone_key): general_id}
        self._choose({name: str(one) if one else None for name, one in chosen.items()})

    def _expect(self, files: set[tuple[int, Path]]) -> None:
        self._keep_list(_EXPECTED, sorted((album, str(path)) for album, path in files))

    def _keep_list(self, name: str, kept: Sequence[object]) -> None:
        self._choose({name: json.dumps(kept) if kept else None})

    def _number(self, name: str) -> int:
        found = self._value(name)
        return int(found) if found.isascii() and found.isdecimal() and len(found) < _LONGEST_ID else 0

    def _time(self, name: str) -> float | None:
        try:
            return float(self._value(name))
        except ValueError:
            return None  # there is none, or it is damaged

    def _value(self, name: str) -> str:
        with reading(self._database) as connection:
            value = connection.execute(_OF_NAME, {"wanted": name}).scalar_one_or_none()
        return "" if value is None else str(value)

    def _choose(self, values: dict[str, str | None]) -> None:
        with writing(self._database) as connection:
            for name, value in values.items():
                if value is None:
                    connection.execute(delete(choices).where(choices.c.name == name))
                else:
                    connection.execute(_KEEP, {"name": name, "value": value})
