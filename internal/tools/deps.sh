#!/bin/sh
# Installs what the tests need and a machine may lack: PostgreSQL 15 and Chromium.
set -eu
[ -x /usr/lib/postgresql/15/bin/initdb ] && command -v chromium >/dev/null && exit 0
line='apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql-15 chromium'
if [ "$(id -u)" = 0 ]; then sh -c "$line"
elif sudo -n true 2>/dev/null; then sudo -n sh -c "$line"
else echo "The tests need PostgreSQL 15 and Chromium. As root, run: $line" >&2; exit 1
fi
