#!/bin/sh
# Makes the frozen program, a .deb and a .tar.gz of it in packaging/build; packaging/README.md says what is needed.
#
# PYTHON is the Python that is bundled (python3), BUILD another place.
# What is installed comes from where pip is told to look (pip.conf, PIP_EXTRA_INDEX_URL): the CPU build of torch lies on
# an index of its own. DEB_COMPRESSION=none is faster, for trying.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-$PWD/packaging/build}
here=packaging/linux
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0 PIP_NO_CACHE_DIR=1

rm -rf "$build/source" "$build/dist" "$build/work"
"${PYTHON:-python3}" -m venv --clear "$build/venv"
"${PYTHON:-python3}" -m venv --clear "$build/tools"
"$build/venv/bin/pip" install --no-deps --require-hashes -r $here/requirements.txt
"$build/tools/bin/pip" install --no-deps --require-hashes -r $here/tools.txt
# Built from a copy of what is committed: setuptools leaves folders beside what it builds.
mkdir "$build/source"
git archive HEAD | tar -x -C "$build/source"
"$build/venv/bin/pip" install --no-deps --no-build-isolation "$build/source"

"$build/venv/bin/pyinstaller" --noconfirm --log-level WARN \
    --distpath "$build/dist" --workpath "$build/work" packaging/guie-desktop.spec

BUILD=$build exec $here/pack.sh
