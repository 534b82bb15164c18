#!/bin/sh
# Runs as root when the files have gone. What the shop has recorded is in its user's folder, and stays.
set -e

# An upgrade: dpkg says "upgrade"; rpm says how many versions are left, and runs this after the new version's installation.
case "$1" in upgrade | failed-upgrade | abort-upgrade | 1) exit 0 ;; esac

if [ -f /etc/apparmor.d/counter ]; then
  if command -v apparmor_parser >/dev/null; then apparmor_parser --remove /etc/apparmor.d/counter || true; fi
  rm -f /etc/apparmor.d/counter
fi

if command -v update-desktop-database >/dev/null; then update-desktop-database /usr/share/applications || true; fi
