#!/usr/bin/env bash
# with-keyring.sh <command…>: runs the command with a D-Bus session and an unlocked, throw-away GNOME Keyring of its own.
# Nothing of the machine's real keyring is seen or touched; the exit code is the command's. Ctrl-C and SIGTERM end all of it.
# COUNTER_TEST_KEYRING_FOLDER keeps the keyring there for the next run; with another COUNTER_TEST_KEYRING_PASSWORD than
# that of the first run it stays locked.
set -euo pipefail
folder=$(mktemp -d)
started=()
end() {
  trap '' INT TERM HUP
  # Newest first: the command still needs its keyring.
  for ((index = ${#started[@]} - 1; index >= 0; index--)); do
    kill "${started[index]}" 2>/dev/null || true
    wait "${started[index]}" 2>/dev/null || true
  done
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

mkdir -m 700 "$folder/run"
data=${COUNTER_TEST_KEYRING_FOLDER:-$folder/data}
mkdir -p "$data"
export XDG_RUNTIME_DIR=$folder/run XDG_DATA_HOME=$data
export DBUS_SESSION_BUS_ADDRESS=unix:path=$folder/run/bus

# Without a display, so that no keyring asks for its password in a window; the command keeps its own.
blind() { exec env -u DISPLAY -u WAYLAND_DISPLAY "$@"; }
blind dbus-daemon --session --nofork --nopidfile --address="$DBUS_SESSION_BUS_ADDRESS" 2>/dev/null &
started+=($!)
printf %s "${COUNTER_TEST_KEYRING_PASSWORD:-throw-away}" >"$folder/password"
has_secrets() {
  dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q true
}
for attempt in $(seq 400); do
  [ -S "$folder/run/bus" ] && break
  sleep 0.02
done
blind gnome-keyring-daemon --foreground --unlock --components=secrets <"$folder/password" >/dev/null 2>&1 &
started+=($!)
for attempt in $(seq 400); do
  has_secrets && break
  [ "$attempt" = 400 ] && { echo "The Secret Service did not start." >&2; exit 70; }
  sleep 0.02
done
"$@" <&0 &
started+=($!)
status=0
wait "${started[-1]}" || status=$?
exit "$status"
