#!/bin/bash
# What one health probe costs in CPU time, of the daemon and all it starts: a command, a page, a port. In namespaces of its own.
# Usage: bench/health-cost.sh [CONTAINERS [SECONDS]]. GANTRYD names another daemon. Needs root, curl and a static busybox.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ "${1-}" = --inside ] || exec unshare --mount --net --pid --fork --mount-proc -- "$0" --inside "$@"
shift
containers=${1:-10} seconds=${2:-20}
work=$(mktemp -d /var/tmp/gs.XXXXXX)
mount -t tmpfs none /run
ip link set lo up
call() { curl -sf --unix-socket "$work/s" -H 'Content-Type: application/json' "$@"; }
id() { sed 's/.*"Id":"\([0-9a-f]*\)".*/\1/'; }
"${GANTRYD:-systemd/target/gantry/bin/gantryd}" -H "unix://$work/s" --data-root "$work/data" --exec-root /run/g \
	>"$work/log" 2>&1 &
daemon=$!
until call http://gantry/_ping >/dev/null; do [ -d "/proc/$daemon" ] || { cat "$work/log"; exit 1; }; sleep 0.05; done
mkdir -p "$work/image/bin" "$work/image/www" && cp "$(command -v busybox)" "$work/image/bin/" && echo well >"$work/image/www/index.html"
tar -C "$work/image" -c . | curl -sf --unix-socket "$work/s" -T - -X POST \
	'http://gantry/images/create?fromSrc=-&repo=bench' >/dev/null
ticks() { awk '{ print $14 + $15 + $16 + $17 }' "/proc/$daemon/stat"; }
measure() { # NAME TEST
	local ids='' made
	for _ in $(seq "$containers"); do
		made=$(call -d "{\"Image\":\"bench\",\"Cmd\":[\"/bin/busybox\",\"httpd\",\"-f\",\"-p\",\"80\",\"-h\",\"/www\"],
			\"Healthcheck\":{\"Test\":[$2],\"Interval\":100000000},\"HostConfig\":{\"NetworkMode\":\"none\"}}" \
			http://gantry/containers/create | id)
		call -X POST "http://gantry/containers/$made/start"
		ids="$ids $made"
	done
	sleep "${WARM:-5}" # what is compiled late, is
	local before=$(ticks)
	sleep "$seconds"
	local after=$(ticks)
	local status=$(call "http://gantry/containers/$made/json" | grep -o '"Health":{"Status":"[a-z]*"' | cut -d'"' -f6)
	# each waits its interval after each probe
	local took=$(call "http://gantry/containers/$made/json" | grep -o '"Start":"[^"]*","End":"[^"]*"' | tail -1)
	local ms=$(awk -v a="$(date -d "$(cut -d'"' -f4 <<<"$took")" +%s.%N)" -v b="$(date -d "$(cut -d'"' -f8 <<<"$took")" +%s.%N)" \
		'BEGIN { print (b - a) * 1000 }')
	awk -v name="$1" -v status="$status" -v ms="$ms" -v n="$containers" -v s="$seconds" -v cpu="$((after - before))" 'BEGIN {
		probes = n * s * 1000 / (100 + ms)
		printf "%-8s %-10s about %d probes, the last took %.1f ms; %d µs of CPU each\n", name, status, probes, ms, cpu * 10000 / probes }'
	for made in $ids; do call -X DELETE "http://gantry/containers/$made?force=1"; done
}
measure idle '"NONE"'
measure command '"CMD","/bin/busybox","true"'
measure page '"HTTP","http://:80/"'
measure port '"TCP","tcp://:80"'
kill -9 "$daemon"
wait "$daemon" 2>/dev/null || true
umount -R -l "$work/data" 2>/dev/null || true
rm -rf --one-file-system "$work"
