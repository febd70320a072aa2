#!/bin/bash
# Installs what the tests need and runs all of them: formatting, unit, integration and acceptance tests on the default
# JDK, then the main job from the install tree, on JDK 25 where there is one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

tree=$PWD/systemd/target/gantry
started=$SECONDS
tests_wanted='docker-registry skopeo umoci mmdebstrap tmux docker-cli strace libcap2-bin xz-utils zstd attr'
work='' daemon=''

step() { printf '\n\033[1m==> %s (at %d s)\033[0m\n' "$*" $((SECONDS - started)); }
skip() { printf 'skipped: %s\n' "$*"; }
fail() { printf 'verify: %s\n' "$@" >&2; exit 1; }

[ "$(id -u)" = 0 ] || fail 'the tests make namespaces, mounts and bridges: run it as root, or with sudo.'

is_installed() { dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

# apt-get must not start the services of what it installs.
without_services() {
	local policy=/usr/sbin/policy-rc.d status=0
	if [ -e "$policy" ]; then
		"$@" || status=$?
		return "$status"
	fi
	printf '#!/bin/sh\nexit 101\n' >"$policy"
	chmod 755 "$policy"
	"$@" || status=$?
	rm -f "$policy"
	return "$status"
}

apt_install() {
	DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends "$@" >"$apt_log" 2>&1
}

install_packages() {
	local package needed=() wanted=()
	command -v javac >/dev/null || needed+=(default-jdk-headless)
	command -v mvn >/dev/null || needed+=(maven)
	for package in crun runc conmon nftables libnftables1 libisal2 busybox-static iproute2 tini; do
		is_installed "$package" || needed+=("$package")
	done
	for package in $tests_wanted; do
		is_installed "$package" || wanted+=("$package")
	done
	[ $((${#needed[@]} + ${#wanted[@]})) != 0 ] || return 0
	apt_log=$(mktemp)
	apt-get -q update >"$apt_log" 2>&1 || skip 'apt-get update: no package index could be fetched'
	if [ ${#needed[@]} != 0 ]; then
		without_services apt_install "${needed[@]}" ||
			fail "apt-get could not install ${needed[*]}; its last lines:" "$(tail -n 5 "$apt_log")"
	fi
	for package in "${wanted[@]}"; do
		# not every release has every one, and the name of docker's command line differs
		without_services apt_install "$package" || skip "tests that use $package: it cannot be installed here"
	done
	rm -f "$apt_log"
	command -v docker >/dev/null || skip 'tests with the docker command line: no package of this release brings it alone'
}

# An archive of a Debian for a test that pulls it from a registry; made once, from the packages that apt-get knows.
debian_archive() {
	local cache=${XDG_CACHE_HOME:-$HOME/.cache}/gantry-verify codename log
	local archive=$cache/debian.tar
	[ ! -f "$archive" ] || return 0
	command -v mmdebstrap >/dev/null || { skip 'the Debian image: mmdebstrap is not installed'; return 0; }
	# shellcheck source=/dev/null
	codename=$(. /etc/os-release && [ "$ID" = debian ] && echo "$VERSION_CODENAME") || codename=bookworm
	mkdir -p "$cache"
	log=$(mktemp)
	if timeout 600 mmdebstrap --quiet --variant=apt --include=procps --aptopt='Acquire::Retries "2"' \
		"$codename" "$cache/new.tar" >"$log" 2>&1; then
		mv "$cache/new.tar" "$archive"
	else
		rm -f "$cache/new.tar"
		skip "the Debian image: mmdebstrap could not make it ($(tail -n 1 "$log"))"
	fi
	rm -f "$log"
}

build_and_test() {
	mvn -B -ntp verify || fail 'the build or a test failed; see above.'
}

# Prints the home of a JDK of the given major version, if there is one.
jdk() {
	local release
	for release in "${JAVA_HOME:-/nowhere}/release" /usr/lib/jvm/*/release; do
		if grep -q "^JAVA_VERSION=\"$1[.\"+-]" "$release" 2>/dev/null; then
			dirname "$release"
			return
		fi
	done
}

gantry() { "$tree/bin/gantry" -H "unix://$work/run/gantry.sock" "$@"; }

start_daemon() {
	GANTRY_NO_CACHE=1 "$tree/bin/gantryd" -H "unix://$work/run/gantry.sock" --data-root "$work/data" \
		--exec-root "$work/run" --bridge gtverify0 --bip 172.29.211.1/24 >>"$work/log" 2>&1 &
	daemon=$!
	for _ in {1..300}; do
		if gantry version >/dev/null 2>&1; then return; fi
		[ -d "/proc/$daemon" ] || break
		sleep 0.1
	done
	fail 'the daemon does not answer; its log:' "$(tail -n 20 "$work/log")"
}

stop_daemon() {
	[ -n "$daemon" ] || return 0
	kill "-${1:-TERM}" "$daemon" 2>/dev/null || true
	wait "$daemon" 2>/dev/null || true
	daemon=''
}

expect() {
	local expected=$1 found
	shift
	found=$("$@" </dev/null 2>&1) || fail "$* failed with status $?: $found"
	[ "$found" = "$expected" ] || fail "$*: expected '$expected', found '$found'"
}

# A root file system of the host's static busybox.
busybox_archive() {
	local root=$work/root name
	mkdir -p "$root"/{bin,etc,proc,sys,dev,tmp}
	cp "$(dpkg -L busybox-static | grep -m 1 -E '/bin/busybox$')" "$root/bin/busybox"
	for name in sh true echo cat sleep seq nc wget hostname; do ln -s busybox "$root/bin/$name"; done
	tar -C "$root" -cf "$work/busybox.tar" .
}

# Everything on the host that a daemon may leave behind.
host_state() {
	local pid
	for pid in /proc/[0-9]*; do
		tr '\0' ' ' <"$pid/cmdline" 2>/dev/null | grep -F "$work" | grep -E '^[^ ]*(conmon|crun|runc|java)' || true
	done
	grep -F "$work" /proc/self/mountinfo | awk '{ print "mount", $5 }' || true
	ip -o link show | awk -F ': ' '{ sub(/@.*/, "", $2); print "link", $2 }' | grep -E ' (gv|gtverify)' || true
}

# The promise, on real parts: the daemon dies and nothing else does.
main_job() {
	local id count
	start_daemon
	busybox_archive
	gantry import "$work/busybox.tar" verify/busybox >/dev/null
	expect hello gantry run --rm verify/busybox echo hello
	[ "$(head -c 20000000 /dev/zero | gantry run --rm -i verify/busybox cat | wc -c)" = 20000000 ] ||
		fail '20 MB through run -i … cat did not come back whole'
	id=$(gantry run -d --name survivor -p 127.0.0.1:0:80 verify/busybox \
		sh -c 'i=0; while true; do echo $i; i=$((i + 1)); sleep 0.05; done')
	expect 'container' gantry exec survivor echo container
	stop_daemon KILL
	sleep 1
	start_daemon
	expect "${id:0:12}" gantry ps -q --filter status=running
	sleep 0.5
	gantry logs survivor >"$work/output"
	count=$(wc -l <"$work/output")
	[ "$count" -ge 20 ] || fail "only $count lines of output after the crash"
	seq 0 $((count - 1)) | cmp - "$work/output" || fail 'output was lost over the crash'
	gantry exec survivor true
	expect survivor gantry rm -f survivor
	expect verify/busybox:latest gantry images --format '{{.Repository}}:{{.Tag}}'
	gantry rmi verify/busybox >/dev/null
}

clean() {
	stop_daemon
	[ -n "$work" ] || return 0
	umount -R "$work/run" 2>/dev/null || true
	umount -R "$work/data" 2>/dev/null || true
	ip link delete gtverify0 2>/dev/null || true
	for table in $(comm -13 "$work/tables" <(nft list tables | sort) | awk '/^table ip gantry_/ { print $3 }'); do
		nft delete table ip "$table"
	done
	rm -rf "$work"
	work=''
}

smoke_test() {
	local left
	export JAVA_HOME=$1
	work=$(mktemp -d /var/tmp/gv.XXXXXX)
	nft list tables | sort >"$work/tables"
	main_job
	for _ in {1..50}; do
		left=$(host_state | grep -vE "^mount $work/(data|run)\$|^link gtverify0\$|/java " || true)
		[ -n "$left" ] || break
		sleep 0.1
	done
	[ -z "$left" ] || fail 'the main job left behind:' "$left"
	stop_daemon
	clean
	echo 'passed: run, streams, exec, crash and restart with a container running, logs, removal; nothing left behind'
}

step 'Packages'
install_packages
debian_archive
step "Build and tests on $(javac -version 2>&1)"
build_and_test
trap clean EXIT
home=$(jdk 25)
if [ -n "$home" ]; then
	step "Main job from the install tree on JDK 25"
	smoke_test "$home"
else
	skip 'the main job on JDK 25: there is none in /usr/lib/jvm'
	step 'Main job from the install tree on the default JDK'
	smoke_test "$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")"
fi
step 'All passed'
