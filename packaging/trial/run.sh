#!/bin/bash
# Installs the .deb into a clean Debian without Python, leads its window as a new user would, without network, and
# removes it again:
#
#     packaging/trial/run.sh DEB OUTPUT
#
# As root, from a Python environment with the tests' packages (PYTHON names another). It needs debootstrap, Xvfb,
# openbox, xdotool, xclip and ImageMagick. The clean Debian is kept in CACHE (default: ~/.cache/guie-desktop-trial) and
# made in WORK (default: a temporary folder); SUITE is the release of Debian, MIRROR another place to get it from.
set -euo pipefail

if [ "$#" -ne 2 ]; then
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
if [ -z "${TRIAL_STARTED:-}" ]; then
    # In namespaces of its own, so that whatever happens nothing stays mounted, and no process of it runs on.
    exec env TRIAL_STARTED=1 unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi

deb=$(realpath "$1")
mkdir -p "$2"
output=$(realpath "$2")
checkout=$(realpath "$(dirname "$0")/../..")
suite=${SUITE:-bookworm}
cache=${CACHE:-$HOME/.cache/guie-desktop-trial}
python=${PYTHON:-python3}
user=newcomer
missing=$(for name in debootstrap Xvfb openbox xdotool xclip import; do command -v "$name" >/dev/null || echo "$name"; done)
if [ -n "$missing" ]; then
    echo "The trial needs ${missing//$'\n'/, }." >&2
    exit 2
fi

fail() {
    echo "$1" >&2
    exit 1
}

# --- a computer without Python

if [ ! -f "$cache/$suite.tar" ]; then
    mkdir -p "$cache"
    work=$(mktemp -d)
    debootstrap --variant=minbase "$suite" "$work" ${MIRROR:+"$MIRROR"} >"$output/debootstrap.log"
    tar --create --file "$cache/$suite.part" --directory "$work" .
    mv "$cache/$suite.part" "$cache/$suite.tar"
    rm -rf "$work"
fi
root=$(mktemp -d ${WORK:+--tmpdir="$WORK"})
elsewhere=$(mktemp -d)
trap 'umount --lazy --recursive "$root" 2>/dev/null || true; rm -rf --one-file-system "$root" "$elsewhere"' EXIT
mount --bind "$root" "$root"
tar --extract --file "$cache/$suite.tar" --directory "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t tmpfs tmpfs "$root/tmp"
mount --rbind --make-rslave /dev "$root/dev"
mkdir -p "$root/tmp/.X11-unix" "$root$elsewhere"
chmod 755 "$elsewhere"
mount --bind "$elsewhere" "$root$elsewhere"
chmod 1777 "$root/tmp" "$root/tmp/.X11-unix"

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

# All that is on the computer, but for what the package manager writes down for itself, and the users' homes.
all_files() {
    inside find / -xdev \( -path /proc -o -path /dev -o -path /sys -o -path /tmp -o -path /home -o -path /var/lib/dpkg \
        -o -path /var/lib/apt -o -path /var/cache -o -path /var/log \) -prune -o -print | LC_ALL=C sort
}

if inside sh -c "command -v python3" >/dev/null; then
    fail "The clean computer has a Python, so the trial would prove nothing."
fi

# --- install: first what the package asks for, then the package itself

inside useradd --create-home "$user"
inside apt-get -q update >"$output/apt.log"
inside apt-get -q -y --no-install-recommends satisfy "$(dpkg-deb --field "$deb" Depends)" >>"$output/apt.log"
before=$(all_files)
cp "$deb" "$root/tmp/guie-desktop.deb"
started=$(date +%s.%N)
inside apt-get -q -y --no-install-recommends install /tmp/guie-desktop.deb >>"$output/apt.log" 2>&1 ||
    fail "The package was not installed; see $output/apt.log."
echo "  this step  since the first command"
echo "$(date +%s.%N) $started" | awk '{ printf "%7.1f s  %7.1f s  It is installed\n", $1 - $2, $1 - $2 }'
rm "$root/tmp/guie-desktop.deb"

# --- use it, without network

mount --bind "$root/tmp/.X11-unix" /tmp/.X11-unix
mkfifo "$root/tmp/display"
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -ac 3>"$root/tmp/display" 2>"$output/xvfb.log" &
read -r number <"$root/tmp/display"
export DISPLAY=":$number"
openbox 2>/dev/null &
as_user=(unshare --net chroot --userspec="$user:$user" "$root" env -i PATH=/usr/bin:/bin LANG=C.UTF-8
    HOME="/home/$user" DISPLAY="$DISPLAY")
cd "$checkout"
export PYTHONPATH="$checkout"
"$python" -c 'import pathlib, sys; from tests.tour.photos import make_photos; make_photos(pathlib.Path(sys.argv[1]))' \
    "$root/home/$user/Pictures"
inside chown --recursive "$user:$user" "/home/$user/Pictures"
"$python" packaging/trial/window.py \
    "$root/home/$user" "/home/$user" "$elsewhere" "$output" "$started" "${as_user[@]}" guie-desktop

# --- remove it

inside apt-get -q -y purge guie-desktop >>"$output/apt.log" 2>&1 || fail "The package was not removed."
left=$(comm -13 <(echo "$before") <(all_files))
[ -z "$left" ] || fail "Files are left after the package was removed: $left"
echo "It is removed, and nothing of it is left on the computer. What is the user's:"
(cd "$root/home/$user" && find . -type f | LC_ALL=C sort) >"$output/left-in-the-home.txt"
(cd "$root/home/$user" && find . -mindepth 1 -maxdepth 3 -not -name ".bash*" | LC_ALL=C sort)
