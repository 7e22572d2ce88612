"""Opens the file of a video within bounds: no other file and no network, and a sentence where it cannot be read."""

from __future__ import annotations  # PyAV's packets are generic for type checkers only

import contextlib
import errno
import math
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, islice
from types import TracebackType
from typing import Any, BinaryIO, Self

import av
from av.codec import CodecContext
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard, Disposition
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from guie_desktop.errors import UnreadablePhoto, UserError

MOST_PIXELS = 8192 * 8192
"""Of one picture of a video; its decoder refuses more, also where a file announces less."""

_OPTIONS = {
    # Playlists (HLS, DASH, concat) are formats as well, and name other files and addresses.
    "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,asf,flv,ogg",
    "protocol_whitelist": "none",
    "max_pixels": str(MOST_PIXELS),
}
_OF_MOVIES = re.compile(rb"....(?:ftyp|moov|mdat|wide|free|skip|pnot)", re.DOTALL)
"""First bytes of MP4 and QuickTime, where a box may stand before the one that says how to read the rest."""

_WITH_ALPHA = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""Decoders that heed the transparency that WebM stores beside the picture."""

_LONGEST = 30 * 86_400
"""Seconds; nobody films longer, and numbers from outside are bounded."""
_STEPS_BACK = 12
_MISSING = 0.1
"""Of its length: where that much is not there, the file is cut off."""
_SEEKS = 10
_MOST_BETWEEN = 10_000
"""Packets from one place where decoding can begin to the next; where it is more, none is looked for."""
_STEP_BACK = Fraction(1, 4)
"""Seconds by which a place is looked for earlier; the next time four times as much."""


class VideoFile:
    """An opened video: what its header says, and its pictures from any time on. Times are pts, in its time base."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the header of an open file. Raises UnreadablePhoto; OSError where the disk fails."""
        file.seek(0)
        start = file.read(16)
        file.seek(0)
        with saying_what_is_wrong():
            try:
                self._container: InputContainer = av.open(
                    _Nameless(file), "r", options=_OPTIONS, metadata_errors="replace", io_open=_refuse
                )
            except MemoryError:
                raise
            except av.FFmpegError as error:  # of no format, or of none that we open
                raise _cannot_open(start) from error
            try:
                self._prepare()
            except BaseException:
                self._container.close()
                raise

    def _prepare(self) -> None:
        self.stream = _stream_of(self._container)
        self._decoder = _decoder_of(self.stream)
        self._decoder.thread_count = 1
        self._decoder.thread_type = "NONE"
        self._decoder.options = {"max_pixels": str(MOST_PIXELS)}
        self._reordered = self._decoder.reorder_depth
        if not self.stream.time_base:
            raise _damaged()
        self._step: Fraction = self.stream.time_base
        self._start = self.stream.start_time or 0
        self._frames: Iterator[VideoFrame] | None = None
        self._position = 0
        self.width, self.height = self._decoder.width, self._decoder.height

    @property
    def bits_a_pixel(self) -> int:
        """In the decoder's memory; the most that is usual where that is not known before decoding."""
        name = self._decoder.pix_fmt
        return 32 if name is None else av.VideoFormat(name).padded_bits_per_pixel

    @property
    def notes(self) -> list[str]:
        """What the file says of when it was taken, in whatever words, the most telling first."""
        texts = [self._container.metadata, self.stream.metadata]
        keys = ("com.apple.quicktime.creationdate", "creation_time", "date")
        return [text[key] for key in keys for text in texts if key in text]

    def length(self) -> tuple[float, bool]:
        """How many seconds it lasts, and whether that is only the part that is there."""
        announced = (self._container.duration or 0) / av.time_base
        if self._container.format.name == "avi":  # of one that is cut off libav tells of the part, but of all pictures
            announced = max(announced, float(self.stream.frames * self._step))
        ends = self._ends(announced)
        there = max((end - begin for begin, end in ends.values()), default=0.0)
        # Some announce the time at which it ends, others how long it lasts.
        last = max((end for _, end in ends.values()), default=announced)
        is_cut = max(last, there) < announced * (1 - _MISSING)
        if is_cut and self.stream.index in ends:
            begin, end = ends[self.stream.index]
            there = end - begin
        return min(max(there or announced, 0.0), _LONGEST), is_cut

    def _ends(self, announced: float) -> dict[int, tuple[float, float]]:
        """When each stream begins, and when the last of its packets ends that is there."""
        ends: dict[int, tuple[float, float]] = {}
        for step in range(_STEPS_BACK, -1, -1):
            if announced > 0:
                self._seek(self._start + int(announced * step / _STEPS_BACK / self._step))
            for packet in self._container.demux():
                if packet.pts is not None and packet.time_base and packet.size:
                    begin = float((packet.stream.start_time or 0) * packet.time_base)
                    end = float((packet.pts + (packet.duration or 0)) * packet.time_base)
                    ends[packet.stream_index] = begin, max(end, ends.get(packet.stream_index, (0.0, end))[1])
            if ends or announced <= 0:
                break
        for stream in self._container.streams:
            stream.discard = Discard.default if stream.index == self.stream.index else Discard.all
        return ends

    def moment_of(self, frame: VideoFrame) -> int:
        """The first whole millisecond at which the picture is shown, from the start of the video."""
        at = math.ceil((self._time_of(frame) - self._start) * self._step * 1000)
        return min(max(at, 0), _LONGEST * 1000)

    def time_of(self, milliseconds: float) -> int:
        """The pts of a moment."""
        return self._start + math.floor(Fraction(min(milliseconds, _LONGEST * 1000)) / 1000 / self._step)

    def frames_from(self, at: int) -> Iterator[VideoFrame]:
        """Its pictures in their order, from the last one on that stands for itself at or before that time.

        Those that were begun go on where nothing is gained by jumping.
        """
        if self._frames is None or not self._is_reached(at):
            self._frames = self._decoded(*self._packets_from(at))
        return self._frames

    def _is_reached(self, at: int) -> bool:
        """Whether no picture that stands for itself lies between where we are and that time."""
        entries = self.stream.index_entries
        place = entries.search_timestamp(at, backward=True)
        return 0 <= place < len(entries) and entries[place].timestamp <= self._position <= at

    def _packets_from(self, at: int) -> tuple[Iterable[Packet[VideoStream]], int | None]:
        """From the last place before that time where decoding can begin, and the time of the first picture there."""
        back = 0
        for _ in range(_SEEKS):
            where = max(self._start, at - back)
            self._seek(where)
            packets = self._container.demux(self.stream)
            first = next((packet for packet in islice(packets, _MOST_BETWEEN) if packet.is_keyframe), None)
            # Places are found by the order of decoding, or roughly, so that the picture may be shown only later.
            if first is not None and (first.pts is None or first.pts <= at or where == self._start):
                return chain([first], packets), first.pts
            if where == self._start:
                break
            back = 4 * back or math.ceil(_STEP_BACK / self._step)
        self._rewind()
        return self._container.demux(self.stream), None  # damaged; the decoder makes of it what it can

    def _seek(self, at: int) -> None:
        try:
            self._container.seek(at, stream=self.stream)
        except av.FFmpegError:  # there is no index, or it leads nowhere
            self._rewind()
        self._forget_what_is_decoded()

    def _rewind(self) -> None:
        with contextlib.suppress(av.FFmpegError):  # then it is read on from where it is
            self._container.seek(0, unsupported_byte_offset=True)
        self._forget_what_is_decoded()

    def _forget_what_is_decoded(self) -> None:
        self._decoder.flush_buffers()
        self._decoder.reorder_depth = self._reordered  # which flushing forgets

    def _decoded(self, packets: Iterable[Packet[VideoStream]], first: int | None) -> Iterator[VideoFrame]:
        for packet in packets:
            if packet.has_sidedata("encryption_info"):
                raise UnreadablePhoto(
                    "The video is protected against copying, so that only its own player can show it.",
                    "If you have the right to, save a copy of it without protection.",
                )
            try:
                frames = self._decoder.decode(packet)
            except MemoryError:
                raise
            except av.FFmpegError:  # damaged; what follows may be whole
                continue
            for frame in frames:
                # What is shown before the first one refers to pictures that were jumped over.
                if first is None or self._time_of(frame) >= first:
                    self._position = self._time_of(frame)
                    yield frame

    def _time_of(self, frame: VideoFrame) -> int:
        return frame.pts if frame.pts is not None else frame.dts if frame.dts is not None else self._position

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._frames = None
        self._container.close()


class _Nameless:
    """An open file without its name, by which libav would guess what it holds."""

    def __init__(self, file: BinaryIO) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell


@contextlib.contextmanager
def saying_what_is_wrong() -> Iterator[None]:
    """Say in a sentence why a video cannot be read; errors of the disk and of memory are others' to tell."""
    try:
        yield
    except (UserError, MemoryError):
        raise
    except Exception as error:
        # A damaged file sends its reader to places that no file has.
        is_of_disk = isinstance(error, OSError) and error.errno != errno.EINVAL
        if is_of_disk and not isinstance(error, av.FFmpegError):
            raise
        raise _damaged() from error


def no_picture() -> UnreadablePhoto:
    """What to say of a video of which not one picture can be shown."""
    return UnreadablePhoto(
        "None of the video's pictures can be shown: it is damaged, or nothing but its beginning is there.",
        "Copy it again from where it came, or restore it from a backup.",
    )


def _refuse(url: str, _flags: int, _options: Any) -> BinaryIO:
    raise PermissionError(url)


def _stream_of(container: InputContainer) -> VideoStream:
    """The first stream of pictures that is not the cover of an album."""
    for stream in container.streams.video:
        if not stream.disposition & (Disposition.attached_pic | Disposition.timed_thumbnails):
            return stream
    raise UnreadablePhoto(
        "There is sound in this file, or other things, but no video.",
        "Leave it where it is, or move it to where your music is.",
    )


def _decoder_of(stream: VideoStream) -> VideoCodecContext:
    found: VideoCodecContext | None = stream.codec_context
    if found is None:
        raise UnreadablePhoto(
            "The video is coded in a way that the program cannot read.",
            "If another program shows it, save it there as an MP4 with H.264.",
        )
    if stream.metadata.get("alpha_mode") == "1" and found.name in _WITH_ALPHA:
        heeding = CodecContext.create(_WITH_ALPHA[found.name], "r")
        assert isinstance(heeding, VideoCodecContext)
        return heeding
    return found


def _cannot_open(start: bytes) -> UnreadablePhoto:
    if _OF_MOVIES.match(start):
        return UnreadablePhoto(
            "The video is cut off: the part that says how to read the rest is missing.",
            "Copy it again from where it came, or restore it from a backup.",
        )
    return UnreadablePhoto(
        "This is not a video that the program can read, whatever its name says.",
        "It reads MP4, MOV, MKV, WebM, AVI, MPEG, WMV, FLV and Ogg videos.",
    )


def _damaged() -> UnreadablePhoto:
    return UnreadablePhoto(
        "The video is damaged, or of a rare kind that the program cannot read.",
        "If another program shows it, save it there as an MP4; otherwise restore it from a backup.",
    )
