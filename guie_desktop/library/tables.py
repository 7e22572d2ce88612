"""The tables of the catalog, as SQLAlchemy Core; only this package reads or writes them."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

from guie_desktop.asking import COLOURS


class PathBytes(TypeDecorator[Path]):
    """A path as the bytes that the file system knows it by; names that are not UTF-8 survive."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Path | None, dialect: Dialect) -> bytes | None:
        """Path to bytes."""
        return None if value is None else os.fsencode(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Path | None:
        """Bytes to path."""
        return None if value is None else Path(os.fsdecode(value))


metadata = MetaData()

folders = Table(
    "folders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", PathBytes, nullable=False, unique=True),
    Column("online", Boolean, nullable=False, default=True),
    Column("device", Integer),  # of the file system, to tell an emptied folder from an unmounted one
    Column("added_at", Float, nullable=False),
    Column("volume", String),  # the name of its file system, wherever that is mounted; none where it has none
    Column("volume_path", PathBytes),  # the folder, from the root of its volume
    Column("watched", Boolean, nullable=False, server_default="1"),  # whether what happens there is noticed at once
    sqlite_autoincrement=True,
)

# A row outlives its file: what vanishes is marked, so that it is recognised when it comes back or turns up elsewhere.
photos = Table(
    "photos",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folder_id", ForeignKey("folders.id", ondelete="SET NULL")),
    Column("directory", PathBytes, nullable=False),
    Column("name", PathBytes, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("mtime_ns", Integer, nullable=False),
    Column("inode", Integer, nullable=False),
    Column("state", String, nullable=False),  # new, ready or failed
    Column("content_hash", LargeBinary),
    Column("width", Integer),
    Column("height", Integer),
    Column("taken", Float),
    Column("reason", String),  # why it could not be read
    Column("passing", Boolean, key="transient", nullable=False, default=False),  # whether that may heal by itself
    Column("crashes", Integer, nullable=False, default=0),  # of earlier versions
    Column("missing_since", Float),
    Column("ctime_ns", Integer),  # of the last change to the file or its entry; none where no scan has looked since
    Column("device", Integer),  # an inode says nothing without it
    Column("rule", Integer, nullable=False, server_default="1"),  # the decode rule by which it was read
    Column("checked_at", Float),  # when the file was last seen to hold what its hash says
    Column("unconfirmed", Boolean, nullable=False, server_default="0"),  # it was followed here without being opened
    Column("former_hash", LargeBinary),  # its content before it was read in the run that goes on; empty: it had none
    Column("taken_from", String),  # where `taken` comes from, a DateSource
    Column("cut_off", Boolean, nullable=False, server_default="0"),  # only the part that is there is shown
    Column("kind", String),  # what it is other than a plain photo, a PhotoKind
    Column("seconds", Float),  # how long a video lasts
    Column("sidecar_ns", Integer),  # when the notes of other programs beside it were changed last
    UniqueConstraint("directory", "name"),
    # With what says whether one is there, so that asking that of all of them reads no row.
    Index("photos_by_hash", "content_hash", "missing_since", "folder_id", "kind"),
    Index("photos_by_folder", "folder_id", "taken"),
    # Nearly all are ready, and no index helps to find these.
    Index("photos_not_ready", "state", sqlite_where=text("state <> 'ready'")),
    Index("photos_vanished", "missing_since", sqlite_where=text("missing_since IS NOT NULL")),
    Index("photos_raw", "directory", "kind", sqlite_where=text("kind IN ('raw', 'sidecar raw')")),
    # The grid of all photos is read from it alone, in its order; the condition is conditions.SHOWN.
    Index(
        "photos_shown",
        *("taken", "id", "width", "height", "folder_id", "content_hash", "missing_since", "kind"),
        sqlite_where=text(
            "missing_since IS NULL AND folder_id IS NOT NULL AND kind IS NOT 'sidecar raw' AND content_hash IS NOT NULL"
        ),
    ),
    Index("photos_by_inode", "inode"),
    Index("photos_by_former_hash", "former_hash", sqlite_where=text("former_hash IS NOT NULL")),
    Index("photos_unconfirmed", "unconfirmed", sqlite_where=text("unconfirmed")),
    sqlite_autoincrement=True,
)

# What a file and the notes beside it say in words. That is read again where it is of another content, of other notes
# beside it, or by an earlier rule.
notes = Table(
    "notes",
    metadata,
    Column("photo_id", ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True),
    Column("content_hash", LargeBinary),  # of the file that was read
    Column("sidecar_ns", Integer),
    Column("rule", Integer, nullable=False),  # NOTES_RULE by which they were read
    Column("camera", String),  # where nothing is said there is NULL
    Column("lens", String),
    Column("title", String),
    Column("description", String),
    Column("keywords", String),  # one a line
    Column("people", String),  # likewise
    Column("place", String),
    Column("latitude", Float),  # degrees
    Column("longitude", Float),
    Column("looked_up", Boolean, nullable=False, server_default="0"),  # whether a gazetteer was asked for the place
    Index("notes_by_camera", "camera", sqlite_where=text("camera IS NOT NULL")),
    Index("notes_by_lens", "lens", sqlite_where=text("lens IS NOT NULL")),
    Index("notes_by_place", "place", sqlite_where=text("place IS NOT NULL")),
    Index(
        "notes_without_place",
        "photo_id",
        sqlite_where=text("latitude IS NOT NULL AND place IS NULL AND NOT looked_up"),
    ),
)

# The id of a feature is its key in the vector index. A row never changes, so neither does what a key stands for.
features = Table(
    "features",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("backbone", String, nullable=False),
    Column("content_hash", LargeBinary, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # float16, little endian
    UniqueConstraint("backbone", "content_hash"),
    Index("features_by_hash", "content_hash"),
    sqlite_autoincrement=True,
)

# The pictures of a video are contents of their own, and their features are found by these. The first one's is the
# video's own, so that all that is asked of a photo's feature answers for a video, too.
frames = Table(
    "frames",
    metadata,
    Column("content_hash", LargeBinary, primary_key=True),
    Column("video", LargeBinary, nullable=False),  # content hash
    Column("moment", Integer, nullable=False),  # milliseconds from its beginning
    Index("frames_by_video", "video"),
)

# What percentage of its small picture each colour has. Read from one end to the other this is as fast as an index of
# each colour would be, and takes a sixth of the room.
colours = Table(
    "colours",
    metadata,
    Column("content_hash", LargeBinary, primary_key=True),
    *(Column(colour, Integer, nullable=False, server_default="0") for colour in COLOURS),
)

heads = Table(
    "heads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("backbone", String, nullable=False),
    Column("kind", String, nullable=False),  # "general": fitted to the library; "trained": taken in
    Column("fitted_on", Integer, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("data", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

# What the user chose for this library, such as its backbone.
choices = Table(
    "choices",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

# What the user sorted by hand. A removed album keeps its rows, so that it can be brought back.
albums = Table(
    "albums",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("removed_at", Float),
    Index("albums_by_name", "name"),
    sqlite_autoincrement=True,
)

album_photos = Table(
    "album_photos",
    metadata,
    Column("album_id", ForeignKey("albums.id"), primary_key=True),
    Column("photo_id", ForeignKey("photos.id"), primary_key=True),
    Column("verdict", String, nullable=False),  # a Verdict
    Column("decided_at", Float, nullable=False),
    Column(
        "said_of", Integer
    ),  # the photo for which this one stands, while that is gone; none where it is its own word
    Index("album_photos_by_photo", "photo_id"),
    Index("album_photos_said_of", "said_of", sqlite_where=text("said_of IS NOT NULL")),
)

# What the user looks for again and again. One that was removed keeps its row, so that it can be brought back.
searches = Table(
    "searches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("question", String, nullable=False),  # JSON, see kept_questions.py
    Column("made_at", Float, nullable=False),
    Column("removed_at", Float),
    sqlite_autoincrement=True,
)

# Heads that were learned from albums, or came from another library.
personal_heads = Table(
    "personal_heads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("backbone", String, nullable=False),
    Column("title", String, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("data", LargeBinary, nullable=False),  # the portable head file
    Column("taught", LargeBinary, key="trained_on", nullable=False),  # int64, little endian: keys of its features
    Column("report", String),  # JSON; none for a head that came from elsewhere
    sqlite_autoincrement=True,
)

# What the user thinks of a photo; all copies of it say the same.
marks = Table(
    "marks",
    metadata,
    Column("photo_id", ForeignKey("photos.id"), primary_key=True),
    Column("kind", String, primary_key=True),  # a MarkKind
    Column("value", Integer, nullable=False),
    Column("said_at", Float, nullable=False),
)

# All that was ever said of it, nothing of which is taken away.
mark_history = Table(
    "mark_history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("photo_id", ForeignKey("photos.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("value", Integer, nullable=False),
    Column("said_at", Float, nullable=False),
    Index("mark_history_by_photo", "photo_id"),
    sqlite_autoincrement=True,
)

# Of which contents the user said that they are no duplicates; of one content twice, that its copies are to be left.
not_duplicates = Table(
    "not_duplicates",
    metadata,
    Column("one", LargeBinary, primary_key=True),  # content hash, the lower one of both
    Column("other", LargeBinary, primary_key=True),
    Column("said_at", Float, nullable=False),
)

# What the last search for duplicates found: a cache.
duplicate_groups = Table(
    "duplicate_groups",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("content_hash", LargeBinary, primary_key=True),
    Column("kind", String, nullable=False),  # a DuplicateKind
    Column("place", Integer, nullable=False),  # from 0, the largest
    Column("detail", Float, nullable=False),  # how sharp it is
    Index("duplicate_groups_by_hash", "content_hash"),
)
