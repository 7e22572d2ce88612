"""Seconds and memory that a decoder process takes for a video of a minute, beside those of a photo of 12 megapixels.

python -m tests.benchmarks.videos [--seconds 60] [--only NAME]
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

_RATE = 30
_QUIET = {"preset": "ultrafast", "x265-params": "log-level=none"}
_KINDS: dict[str, tuple[str, str, tuple[int, int], dict[str, str]]] = {
    "1080p h264": ("libx264", "yuv420p", (1920, 1080), {"preset": "superfast", "bf": "2", "refs": "4"}),
    "1080p hevc": ("libx265", "yuv420p", (1920, 1080), _QUIET),
    "4K h264": ("libx264", "yuv420p", (3840, 2160), {"preset": "ultrafast"}),
    "4K hevc 10 bit": (
        "libx265",
        "yuv420p10le",
        (3840, 2160),
        {"preset": "ultrafast", "x265-params": "log-level=none"},
    ),
    "8K h264": ("libx264", "yuv420p", (7680, 4320), {"preset": "ultrafast"}),
    "8K hevc": ("libx265", "yuv420p", (7680, 4320), _QUIET),
}
_MEASURE = """
import sys, time
from pathlib import Path
from guie_desktop.decoding.decoder_process import carry_out
from guie_desktop.decoding.wire import Task, Decoded, Weight
from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.embedding.view_preparation import ViewPreparation

class Pipe:
    def __init__(self): self.said = []
    def send(self, message): self.said.append(message)
    def recv(self): return True

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024

pipe, before = Pipe(), peak()
began = time.process_time()
carry_out(Task(Path(sys.argv[1]), ViewPreparation.of(load_card(DEFAULT_MODEL)), 320), pipe)
took = time.process_time() - began
answer = pipe.said[-1]
stills = [still.moment for still in answer.stills] if isinstance(answer, Decoded) else str(answer)
weights = [round(one.bytes / 2**20) for one in pipe.said if isinstance(one, Weight)]
print(f"{took:6.2f} s of computing, peak {peak():5.0f} MiB ({peak() - before:.0f} more, weighed {weights}), {stills}")
"""


def write_film(path: Path, kind: str, seconds: int) -> None:
    """A noisy landscape that the camera pans over; a keyframe every two seconds, as phones and cameras write."""
    codec, pixels, (width, height), options = _KINDS[kind]
    noise = np.random.default_rng(1).integers(0, 256, (height // 8, width // 4, 3), np.uint8)
    land = Image.fromarray(noise).resize((width * 2, height), Image.Resampling.BICUBIC)
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=_RATE, options=options)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = width, height, pixels, 2 * _RATE
        for frame in _frames(land, width, seconds * _RATE, pixels):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _frames(land: Image.Image, width: int, count: int, pixels: str) -> Iterator[av.VideoFrame]:
    made = [
        av.VideoFrame.from_image(land.crop((left, 0, left + width, land.height))).reformat(format=pixels)
        for left in range(0, 64, 4)
    ]
    for index in range(count):
        frame = made[index % len(made)]
        frame.pts = index
        yield frame


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--only", choices=[*_KINDS, "photo"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        for kind in [arguments.only] if arguments.only else [*_KINDS, "photo"]:
            path = Path(work) / ("photo.jpg" if kind == "photo" else "film.mp4")
            if kind == "photo":
                noise = np.random.default_rng(1).integers(0, 256, (375, 500, 3), np.uint8)
                Image.fromarray(noise).resize((4000, 3000), Image.Resampling.BICUBIC).save(path, quality=92)
            else:
                write_film(path, kind, arguments.seconds)
            done = subprocess.run([sys.executable, "-c", _MEASURE, path], capture_output=True, text=True, check=True)
            print(f"{kind:16} {path.stat().st_size / 1e6:6.1f} MB {done.stdout.strip()}", flush=True)


if __name__ == "__main__":
    main()
