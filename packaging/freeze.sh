#!/bin/sh
# Makes the frozen program in packaging/build/dist, on Windows (in Git's shell) and macOS; Linux has linux/build.sh.
#
# PYTHON   the Python that is bundled (python3)
set -eu
cd "$(dirname "$0")/.."
build=packaging/build
export PYTHONUTF8=1 PIP_NO_CACHE_DIR=1

rm -rf $build
mkdir -p $build
for place in venv tools; do
    "${PYTHON:-python3}" -m venv $build/$place
done
# On Windows the folder of programs has another name.
programs=$(dirname "$(echo $build/venv/*/activate)")
tools=$(dirname "$(echo $build/tools/*/activate)")

"$programs/python" -m pip install . pyinstaller
"$tools/python" -m pip install pip-licenses cyclonedx-bom
"$programs/python" packaging/linux/licences.py $build "$tools/pip-licenses" $build/LICENCES.txt
"$tools/cyclonedx-py" environment --output-reproducible --of JSON -o $build/guie-desktop.cdx.json "$programs/python"
"$programs/pyinstaller" --noconfirm --log-level WARN \
    --distpath $build/dist --workpath $build/work packaging/guie-desktop.spec
