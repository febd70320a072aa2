#!/bin/bash
# Time from the launch of gantryd to its first answer, and its memory 2 s later; on roots and in namespaces of its own.
# Usage: bench/cold-start.sh [RUNS]; JAVA_HOME chooses the JDK, GANTRYD_JAVA_OPTS adds options. Needs root and curl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ "${1-}" = --inside ] || exec unshare --mount --net -- "$0" --inside "$@"
shift
work=$(mktemp -d /tmp/gs.XXXXXX)
trap 'umount -R "$work/data" "$work/run" 2>/dev/null || true; rm -rf "$work"' EXIT
export GANTRY_NO_CACHE=1
for _ in $(seq "${1:-5}"); do
	begin=${EPOCHREALTIME/./}
	systemd/target/gantry/bin/gantryd -H "unix://$work/s" --data-root "$work/data" --exec-root "$work/run" \
		>"$work/log" 2>&1 &
	daemon=$!
	until [ -S "$work/s" ] && curl -sf --unix-socket "$work/s" http://gantry/_ping >/dev/null; do
		[ -d "/proc/$daemon" ] || { cat "$work/log"; exit 1; }
		sleep 0.01
	done
	end=${EPOCHREALTIME/./}
	cpu=$(awk '{ print ($14 + $15) * 10 }' "/proc/$daemon/stat")
	sleep 2
	pss=$(awk '/^Pss:/ { printf "%d", $2 / 1024 }' "/proc/$daemon/smaps_rollup")
	printf 'first answer %d ms, CPU %d ms, PSS %d MiB\n' $(((end - begin) / 1000)) "$cpu" "$pss"
	kill "$daemon"
	wait "$daemon" || true
done
