"""Python runs this first in each process that has its folder in PYTHONPATH: some packages are as if not there.

What wants to load one of them is noted in the file that NOTED_WANTED names, since a library may go on without.
"""

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

MISSING = ("torch", "torchvision", "timm", "open_clip", "onnx", "onnxscript")


class PathWithout(PathFinder):
    """Looks where Python does, and does not see these."""

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As PathFinder's."""
        if fullname not in MISSING:
            return super().find_spec(fullname, path, target)
        calls = traceback.extract_stack()
        if any(call.name == "_find_and_load" for call in calls[-4:]):  # it is not only asked whether it is there
            with Path(os.environ["NOTED_WANTED"]).open("a", encoding="utf-8") as noted:
                noted.write(f"{fullname}\n{''.join(traceback.format_list(calls))}\n")
        return None


sys.meta_path[sys.meta_path.index(PathFinder)] = PathWithout
importlib.invalidate_caches()
