#!/usr/bin/env bash
# with-keyring.sh <command…>: runs the command with a D-Bus session and an unlocked, throw-away GNOME Keyring of its own.
# Nothing of the machine's real keyring is seen or touched; the exit code is the command's.
# COUNTER_TEST_KEYRING_FOLDER keeps the keyring there for the next run; with another COUNTER_TEST_KEYRING_PASSWORD than
# that of the first run it stays locked.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -m 700 "$folder/run"
data=${COUNTER_TEST_KEYRING_FOLDER:-$folder/data}
mkdir -p "$data"
export XDG_RUNTIME_DIR=$folder/run XDG_DATA_HOME=$data
export COUNTER_TEST_KEYRING_PASSWORD=${COUNTER_TEST_KEYRING_PASSWORD:-throw-away}
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS || true
dbus-run-session -- bash -uo pipefail -c '
  gnome-keyring-daemon --foreground --unlock --components=secrets < <(printf %s "$COUNTER_TEST_KEYRING_PASSWORD") >/dev/null 2>&1 &
  keyring=$!
  trap "kill $keyring 2>/dev/null; wait $keyring 2>/dev/null" EXIT
  for attempt in $(seq 200); do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
      org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q true && break
    [ "$attempt" = 200 ] && { echo "The Secret Service did not start." >&2; exit 70; }
    sleep 0.05
  done
  "$@"' _ "$@"
