#!/bin/sh
# Tries what a newcomer would do: a Debian 12 with git, make and certificates and nothing else, a clone of the
# last commit, `make demo`, `make check`, `make install` and a program that uses what it installed.
# Everything is in build-clean/; the base system is kept there as base.tar, without which debootstrap
# is needed. Run by root, in the repository.
# SPDX-License-Identifier: MIT
set -eu
place=$(pwd)/build-clean
system=$place/system

[ "$(id -u)" = 0 ] || { echo "check-clean changes its root and needs to be root" >&2; exit 1; }
mkdir -p "$place"

if [ ! -f "$place/base.tar" ]; then
    rm -rf --one-file-system "$place/base"
    debootstrap --variant=minbase --include=git,make,ca-certificates bookworm "$place/base" \
        "${DEBIAN_MIRROR:-http://deb.debian.org/debian}"
    tar -C "$place/base" -cf "$place/base.tar.part" .
    mv "$place/base.tar.part" "$place/base.tar"
    rm -rf --one-file-system "$place/base"
fi

leave() { umount -l "$system/dev/pts" "$system/proc" "$system/dev" 2>/dev/null || true; }
trap leave EXIT
leave
rm -rf --one-file-system "$system"
mkdir -p "$system"
tar -C "$system" -xf "$place/base.tar"
mount -t proc proc "$system/proc"
mount --bind /dev "$system/dev"
mount --bind /dev/pts "$system/dev/pts" # the tests of the pass open terminals

# Packages come from where this machine gets its own.
cp /etc/resolv.conf "$system/etc/resolv.conf"
rm -f "$system/etc/apt/sources.list"
for part in sources.list sources.list.d apt.conf apt.conf.d auth.conf auth.conf.d keyrings trusted.gpg.d; do
    [ ! -e "/etc/apt/$part" ] || cp -RT "/etc/apt/$part" "$system/etc/apt/$part"
done
mkdir -p "$system/usr/share/keyrings"
cp -R /usr/share/keyrings/. "$system/usr/share/keyrings/"
# Settings that call programs of this machine would fail in there.
grep -lE 'Invoke|/usr/' "$system"/etc/apt/apt.conf.d/* 2>/dev/null | xargs -r rm -f

git clone --quiet --no-hardlinks . "$system/root/stridec"
inside() {
    env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" chroot "$system" "$@"
}
for goal in demo check install; do
    echo "== make $goal"
    inside make -C /root/stridec "$goal"
done
echo "== the example, with pkg-config alone"
inside sh -euc 'ldconfig
    cd /tmp
    cc -o example /usr/local/share/doc/stridec/example.c $(pkg-config --cflags --libs stridec)
    ./example
    cp /root/stridec/samples/payment/payment.dfd .
    stridec build payment.dfd
    make -C /root/stridec uninstall
    [ -z "$(find /usr/local -name "*stridec*")" ]'
echo "a clean Debian 12 builds, checks and installs"
