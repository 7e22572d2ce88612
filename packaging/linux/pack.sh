#!/bin/sh
# The last part of build.sh: from the frozen program to a .deb and a .tar.gz, with licences and lists of what is in it.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-$PWD/packaging/build}
here=packaging/linux
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0
python=$build/venv/bin/python
version=$($python -c 'import guie_desktop; print(guie_desktop.__version__)')
name=guie-desktop-$version-linux-$(uname -m)

frozen=$build/dist/guie-desktop
rm -rf "$build/prefix" "$frozen/share"
$python $here/licences.py "$frozen" "$build/tools/bin/pip-licenses" "$build/LICENCES.txt"
cp "$build/LICENCES.txt" "$frozen"
"$build/tools/bin/cyclonedx-py" environment --output-reproducible --of JSON -o "$build/$name.cdx.json" "$python"
PATH=$build/tools/bin:$PATH PYTHONPATH=$($python -c 'import site; print(site.getsitepackages()[0])') \
    $python $here/tree.py "$build/prefix" "$version"
$python $here/deb.py "$frozen" "$build/prefix" "$version" "$build/LICENCES.txt" "$build/$name.deb"
cp -r "$build/prefix/share" "$frozen/share"
tar -C "$build/dist" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -cf - guie-desktop |
    gzip -n >"$build/$name.tar.gz"
(cd "$build/dist/guie-desktop" && find . -type f -o -type l | LC_ALL=C sort) >"$build/$name.files.txt"
du -sh "$frozen" "$build/$name".*
