"""Makes a Debian package of the frozen program.

Usage: python deb.py FROZEN_FOLDER PREFIX VERSION LICENCES OUTPUT, where PREFIX is what tree.py has made.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

HERE = Path(__file__).parent
MAINTAINER = "The authors of guie-desktop <guie-desktop@localhost>"
CONTROL = """\
Package: guie-desktop
Version: {version}
Section: graphics
Priority: optional
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: ca-certificates, xdg-desktop-portal
Description: search your own photos by example
 Drag a photo onto the window and see its look-alikes among your own photos:
 thousands or a million of them, on your own disks. Sort photos into albums,
 and the program learns what look-alike means to you.
 .
 Nothing leaves your computer, and your photos are never written to.
"""
DATA_PACKAGES = ("fontconfig-config", "libx11-data", "xkb-data")
"""What bundled libraries read: fonts and which to choose, input methods, keyboards."""
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: guie-desktop
Comment: The licences of all that the program is made with are in LICENCES.txt beside this file.

Files: *
Copyright: 2026 The authors of guie-desktop
License: Apache-2.0
 On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.
"""


def build(frozen: Path, prefix: Path, version: str, licences: Path, output: Path) -> None:
    """Lay the package out in a folder of its own, and pack it."""
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        root = Path(folder) / "root"
        program, documents = root / "usr" / "lib" / "guie-desktop", root / "usr" / "share" / "doc" / "guie-desktop"
        shutil.copytree(prefix, root / "usr")
        shutil.copytree(frozen, program, symlinks=True)
        (root / "usr" / "bin").mkdir()
        (root / "usr" / "bin" / "guie-desktop").symlink_to("../lib/guie-desktop/guie-desktop")
        documents.mkdir(parents=True)
        (documents / "copyright").write_text(COPYRIGHT)
        shutil.copyfile(licences, documents / "LICENCES.txt")
        (documents / "changelog.gz").write_bytes(gzip.compress(changelog(version).encode(), mtime=0))
        overrides = root / "usr" / "share" / "lintian" / "overrides" / "guie-desktop"
        overrides.parent.mkdir(parents=True)
        shutil.copyfile(HERE / "lintian-overrides", overrides)
        for path in [root, *root.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path == program / "guie-desktop" else 0o644)
        facts = {
            "version": version,
            "maintainer": MAINTAINER,
            "architecture": output_of("dpkg", "--print-architecture").strip(),
            "kilobytes": sum(path.lstat().st_size for path in root.rglob("*")) // 1024,
            "depends": depends(program),
        }
        (root / "DEBIAN").mkdir(mode=0o755)
        (root / "DEBIAN" / "control").write_text(CONTROL.format(**facts))
        sums = output_of("sh", "-c", "find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum", folder=root)
        (root / "DEBIAN" / "md5sums").write_text(sums)
        how = ("-Zzstd", "-z9") if "DEB_COMPRESSION" not in os.environ else (f"-Z{os.environ['DEB_COMPRESSION']}",)
        pack = ("dpkg-deb", "--root-owner-group", *how, "--build")
        subprocess.run([*pack, root, output], check=True)


def depends(program: Path) -> str:
    """The packages of all libraries that are linked with and not bundled, and the C library that they want.

    dpkg-shlibdeps would tell the same, but refuses what a plugin of Qt links with and this machine lacks.
    """
    files = [path for path in program.rglob("*") if path.is_file() and not path.is_symlink()]
    binaries = [path for path in files if path.open("rb").read(4) == b"\x7fELF"]
    told = output_of("readelf", "--wide", "--dynamic", "--version-info", *map(str, binaries))
    bundled = {path.name for path in program.rglob("*")}
    wanted = set(re.findall(r"\(NEEDED\).*\[(.+)\]", told)) - bundled
    found = {name: owner(name) for name in sorted(wanted)}
    if missing := [name for name, package in found.items() if package is None]:
        raise SystemExit(f"No package of this system has {', '.join(missing)}. Install what has them, and build again.")
    newest = max(tuple(map(int, one.split("."))) for one in re.findall(r"Name: GLIBC_([\d.]+)", told))
    packages = {package for package in found.values() if package is not None} - {"libc6"}
    return ", ".join([f"libc6 (>= {'.'.join(map(str, newest))})", *sorted(packages.union(DATA_PACKAGES))])


def owner(library: str) -> str | None:
    """The package that a library of this system belongs to, without the machine that it is for."""
    found = subprocess.run(["dpkg", "-S", f"*/{library}"], check=False, capture_output=True, text=True).stdout
    matched = re.search(
        rf"^([^:,\s]+).*: (?:/usr)?/lib(?:64|/[^/]+-linux-gnu)?/{re.escape(library)}$", found, re.MULTILINE
    )
    return matched[1] if matched else None


def changelog(version: str) -> str:
    """What Debian wants of one; the program's own is in its repository."""
    day = format_datetime(datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC))
    return f"guie-desktop ({version}) unstable; urgency=medium\n\n  * Release.\n\n -- {MAINTAINER}  {day}\n"


def output_of(*command: str, folder: Path | None = None) -> str:
    """What a program prints."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=folder).stdout


if __name__ == "__main__":
    frozen, prefix, version, licences, output = sys.argv[1:]
    build(Path(frozen), Path(prefix), version, Path(licences), Path(output).absolute())
