#!/bin/bash
# Two drives of one name, plugged in, exchanged and mounted elsewhere: real file systems under real UUIDs. As root:
#   unshare -m tests/benchmarks/volumes.sh EMPTY_FOLDER PHOTOS MORE_PHOTOS
# The mounts, and a /dev with links by UUID as udev makes them, are seen by this script alone. Not a test, a measurement.
set -e
X=${X:-python -m guie_desktop}
photos=$(realpath "$2") more=$(realpath "$3")
mkdir -p "$1" && cd "$1"
for n in 1 2; do truncate -s 64M "$n.img"; mkfs.ext4 -q -F "$n.img"; done
first=$(losetup -f --show 1.img) second=$(losetup -f --show 2.img)
trap 'umount -q m/* || true; losetup -d "$first"; losetup -d "$second"' EXIT
first_id=$(blkid -s UUID -o value "$first") second_id=$(blkid -s UUID -o value "$second")
mkdir dev m "m/USB DISK" "m/USB DISK1" m/elsewhere keep
mount --bind /dev dev && mount -t tmpfs none /dev
cp -a dev/{null,zero,random,urandom} dev/loop* /dev/ && mkdir -p /dev/disk/by-uuid
ln -s "$first" "/dev/disk/by-uuid/$first_id" && ln -s "$second" "/dev/disk/by-uuid/$second_id"

scan() { # what a rescan finds, and where the folders are
    $X --library lib index keep 2>/dev/null | tail -1
    $X --library lib folder list
    $X --library lib album list
}

mount "$first" "m/USB DISK" && cp -r "$photos" "m/USB DISK/Photos"
mount "$second" "m/USB DISK1" && cp -r "$more" "m/USB DISK1/Photos"
$X --library lib index "m/USB DISK/Photos" "m/USB DISK1/Photos" 2>/dev/null | tail -1
$X --library lib album add First "m/USB DISK/Photos" >/dev/null
echo "Both away"; umount "m/USB DISK" "m/USB DISK1"; scan
echo "Exchanged"; mount "$second" "m/USB DISK"; mount "$first" "m/USB DISK1"; scan
echo "The first one elsewhere, the second one away"; umount "m/USB DISK" "m/USB DISK1"; mount "$first" m/elsewhere; scan
