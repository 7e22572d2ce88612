"""The one contract between window and worker: requests and replies, and the verbs that they carry.

A Request crosses the pipe one way; exactly one Reply with its number crosses back, however it ends. A bare event is
news that nobody asked for. A Withdrawal says that nobody waits for a reply any more.
"""

from dataclasses import dataclass
from typing import Any

from guie_desktop.messages.album_commands import (
    CreateAlbum,
    Decide,
    ExpectInAlbum,
    ExpectNoMore,
    ImportAlbums,
    Mark,
    PutBack,
    ReadDecisions,
    RemoveAlbum,
    RenameAlbum,
    Suggest,
)
from guie_desktop.messages.commands import (
    AddFolder,
    AddWeights,
    AnswerT,
    Cancel,
    CheckLibrary,
    Command,
    ExportHead,
    ImportHead,
    Learn,
    ListHeads,
    ListModels,
    NoteReturned,
    NoteTrashed,
    Pause,
    Question,
    ReadReport,
    RelocateFolder,
    RemoveFolder,
    Rescan,
    Resume,
    Search,
    Shutdown,
    UseDevice,
    UseHead,
    UseModel,
)
from guie_desktop.messages.duplicate_commands import (
    FindDuplicates,
    HandOn,
    KeepSo,
    PartDuplicates,
    TakeBackFromHeirs,
    UniteDuplicates,
)
from guie_desktop.messages.duplicate_events import DuplicatesFound, HandedOn, Parted
from guie_desktop.messages.events import (
    AlbumMade,
    AlbumRenamed,
    AlbumsImported,
    Cancelled,
    Changed,
    Checked,
    Damaged,
    Done,
    Event,
    Exported,
    FactsRead,
    Failed,
    Found,
    Heads,
    Learned,
    LibraryChanged,
    MapDrawn,
    Marked,
    Models,
    Moved,
    PictureReady,
    PixelsReady,
    Ready,
    SearchChanged,
    SearchSaved,
    Suggested,
)
from guie_desktop.messages.examination import Examined, Problem
from guie_desktop.messages.filing_commands import Export, MoveFiles
from guie_desktop.messages.map_commands import DrawMap, FindMap
from guie_desktop.messages.part_commands import EstimateParts, ForgetParts, LookInside, ReadParts
from guie_desktop.messages.part_events import PartsCost, PartsHeld
from guie_desktop.messages.picture_questions import MakePicture, ReadFacts, ReadPixels
from guie_desktop.messages.progress import JobEnded, LeftToDo, Progress, Stage
from guie_desktop.messages.search_commands import RemoveSearch, RenameSearch, ReplaceSearch, SaveSearch
from guie_desktop.messages.setting_commands import (
    ClearPictures,
    ComputeSo,
    ExamineLibrary,
    LeaveOut,
    ReadFoldersSo,
    WatchFolder,
)
from guie_desktop.messages.shared_commands import (
    BrowseShared,
    ForgetShared,
    OpenShared,
    ReadOriginal,
    RememberShared,
    SearchShared,
    TakeIn,
)
from guie_desktop.messages.shared_events import PageEnd, SharedOpened, SharedOriginal, SharedPage, TakenIn

__all__ = [
    "AddFolder",
    "AddWeights",
    "AlbumMade",
    "AlbumRenamed",
    "AlbumsImported",
    "AnswerT",
    "BrowseShared",
    "Cancel",
    "Cancelled",
    "Changed",
    "CheckLibrary",
    "Checked",
    "ClearPictures",
    "Command",
    "ComputeSo",
    "CreateAlbum",
    "Damaged",
    "Decide",
    "Done",
    "DrawMap",
    "DuplicatesFound",
    "EstimateParts",
    "Event",
    "ExamineLibrary",
    "Examined",
    "ExpectInAlbum",
    "ExpectNoMore",
    "Export",
    "ExportHead",
    "Exported",
    "FactsRead",
    "Failed",
    "FindDuplicates",
    "FindMap",
    "ForgetParts",
    "ForgetShared",
    "Found",
    "FromWorker",
    "HandOn",
    "HandedOn",
    "Heads",
    "ImportAlbums",
    "ImportHead",
    "JobEnded",
    "KeepSo",
    "Learn",
    "Learned",
    "LeaveOut",
    "LeftToDo",
    "LibraryChanged",
    "ListHeads",
    "ListModels",
    "LookInside",
    "MakePicture",
    "MapDrawn",
    "Mark",
    "Marked",
    "Models",
    "MoveFiles",
    "Moved",
    "NoteReturned",
    "NoteTrashed",
    "OpenShared",
    "PageEnd",
    "PartDuplicates",
    "Parted",
    "PartsCost",
    "PartsHeld",
    "Pause",
    "PictureReady",
    "PixelsReady",
    "Problem",
    "Progress",
    "PutBack",
    "Question",
    "ReadDecisions",
    "ReadFacts",
    "ReadFoldersSo",
    "ReadOriginal",
    "ReadParts",
    "ReadPixels",
    "ReadReport",
    "Ready",
    "RelocateFolder",
    "RememberShared",
    "RemoveAlbum",
    "RemoveFolder",
    "RemoveSearch",
    "RenameAlbum",
    "RenameSearch",
    "ReplaceSearch",
    "Reply",
    "Request",
    "Rescan",
    "Resume",
    "SaveSearch",
    "Search",
    "SearchChanged",
    "SearchSaved",
    "SearchShared",
    "SharedOpened",
    "SharedOriginal",
    "SharedPage",
    "Shutdown",
    "Stage",
    "Suggest",
    "Suggested",
    "TakeBackFromHeirs",
    "TakeIn",
    "TakenIn",
    "ToWorker",
    "UniteDuplicates",
    "UseDevice",
    "UseHead",
    "UseModel",
    "WatchFolder",
    "Withdrawal",
]


@dataclass(frozen=True, slots=True)
class Request:
    """A command that is to be answered under this number."""

    number: int
    command: Command[Any]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The answer to this request is not wanted any more: what has not begun need not be done.

    Sent for questions only; the request is answered all the same, by Cancelled where the worker had not come to it.
    """

    number: int


@dataclass(frozen=True, slots=True)
class Reply:
    """The one answer to a request: of the type that its command names, or Failed, or Cancelled."""

    number: int
    event: Event


ToWorker = Request | Withdrawal
FromWorker = Reply | Event
