#!/bin/bash
# How fast lists are while containers fail in a loop: RUNNING containers that run and FAILING that end at once with the
# policy "always"; then COUNT lists of the running ones over the socket, one every 50 ms. In namespaces of its own.
# Usage: bench/restart-loops.sh [RUNNING [FAILING [COUNT]]]. GANTRYD names another daemon. Needs root, curl and a static busybox.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ "${1-}" = --inside ] || exec unshare --mount --net --pid --fork --mount-proc -- "$0" --inside "$@"
shift
running=${1:-400} failing=${2:-100} count=${3:-600}
work=$(mktemp -d /var/tmp/gs.XXXXXX)
mount -t tmpfs none /run
ip link set lo up
call() { curl -sf --unix-socket "$work/s" -H 'Content-Type: application/json' "$@"; }
id() { sed 's/.*"Id":"\([0-9a-f]*\)".*/\1/'; }
"${GANTRYD:-systemd/target/gantry/bin/gantryd}" -H "unix://$work/s" --data-root "$work/data" --exec-root /run/g \
	>"$work/log" 2>&1 &
daemon=$!
until call http://gantry/_ping >/dev/null; do [ -d "/proc/$daemon" ] || { cat "$work/log"; exit 1; }; sleep 0.05; done
mkdir -p "$work/image/bin" && cp "$(command -v busybox)" "$work/image/bin/"
tar -C "$work/image" -c . | curl -sf --unix-socket "$work/s" -T - -X POST \
	'http://gantry/images/create?fromSrc=-&repo=bench' >/dev/null
make() { # COMMAND POLICY
	call -d "{\"Image\":\"bench\",\"Cmd\":[$1],\"HostConfig\":{\"NetworkMode\":\"none\",\"RestartPolicy\":{\"Name\":\"$2\"}}}" \
		http://gantry/containers/create | id
}
for _ in $(seq "$running"); do
	call -X POST "http://gantry/containers/$(make '"/bin/busybox","sleep","100000"' no)/start"
done
for _ in $(seq "$failing"); do
	call -X POST "http://gantry/containers/$(make '"/bin/busybox","false"' always)/start"
done
before=$(awk '{ print $14 + $15 + $16 + $17 }' "/proc/$daemon/stat")
for _ in $(seq "$count"); do
	call -o /dev/null -w '%{time_total}\n' http://gantry/containers/json
	sleep 0.05
done | sort -n >"$work/times"
after=$(awk '{ print $14 + $15 + $16 + $17 }' "/proc/$daemon/stat")
awk -v cpu="$((after - before))" '{ t[NR] = $1 * 1000 } END {
	printf "list of running containers: p50 %.1f ms, p99 %.1f ms, most %.1f ms; daemon and runtimes %.1f s of CPU\n",
		t[int(NR * 0.5)], t[int(NR * 0.99)], t[NR], cpu / 100 }' "$work/times"
kill -9 "$daemon"
wait "$daemon" 2>/dev/null || true
umount -R -l "$work/data" 2>/dev/null || true
rm -rf --one-file-system "$work"
