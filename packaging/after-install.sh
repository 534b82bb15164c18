#!/bin/sh
# Runs as root when the deb or the rpm has been unpacked, also at an upgrade.
set -e

# Chromium's sandbox where the kernel gives ordinary users no namespaces. Chrome's own packages do the same.
chmod 4755 /opt/Counter/chrome-sandbox

# Ubuntu from 23.10 on gives namespaces only to programs with an AppArmor profile. Older AppArmor does not know the word, and needs none.
profile=/opt/Counter/resources/apparmor-profile
if [ -d /etc/apparmor.d ] && command -v apparmor_parser >/dev/null && apparmor_parser --skip-kernel-load "$profile" >/dev/null 2>&1; then
  cp "$profile" /etc/apparmor.d/counter
  # Fails where a disk image is made, whose kernel is not this one.
  apparmor_parser --replace --write-cache --skip-read-cache /etc/apparmor.d/counter || true
fi

if command -v update-desktop-database >/dev/null; then update-desktop-database /usr/share/applications || true; fi
