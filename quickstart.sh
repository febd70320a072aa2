#!/bin/bash
# From a clean clone to a running container: OS packages, build, daemon, main job. A second run changes nothing.
# GANTRY_DEMO_IMAGE names an image to pull as well, for example registry.example.org/team/app:1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

tree=$PWD/systemd/target/gantry
socket=/run/gantry/gantry.sock
pidfile=/run/gantry/gantryd.pid
log=/var/log/gantryd.log
image=gantry/busybox

step() { printf '\n\033[1m==> %s\033[0m\n' "$*"; }
fail() { printf 'quickstart: %s\n' "$@" >&2; exit 1; }
show() { printf '$ %s\n' "$*"; "$@"; }
gantry() { "$tree/bin/gantry" -H "unix://$socket" "$@"; }

[ "$(id -u)" = 0 ] || fail 'containers need root: run it as root, or with sudo.'
command -v apt-get >/dev/null || fail 'it knows Debian 12, Debian 13 and Ubuntu 24.04; there is no apt-get here.' \
	'Elsewhere install JDK 17+, Maven, crun, runc, conmon, libnftables, iproute2 and static busybox, then run: mvn -DskipTests package'

# Prints the major version of the JDK that Maven would take, or 0.
compiler() {
	local javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac version
	version=$("$javac" -version 2>/dev/null) || version='javac 0'
	version=${version#javac }
	echo "${version%%[!0-9]*}"
}

missing_packages() {
	local package
	[ "$(compiler)" -ge 17 ] || echo default-jdk-headless
	command -v mvn >/dev/null || echo maven
	for package in crun runc conmon nftables libnftables1 libisal2 busybox-static iproute2 tini; do
		dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
	done
}

install_packages() {
	local packages
	mapfile -t packages < <(missing_packages)
	if [ ${#packages[@]} = 0 ]; then
		echo 'all there'
		return
	fi
	echo "installing ${packages[*]}"
	{ apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "${packages[@]}"; } \
		>/tmp/gantry-quickstart-apt.log 2>&1 ||
		fail 'apt-get could not install them; its last lines:' "$(tail -n 5 /tmp/gantry-quickstart-apt.log)"
	[ "$(compiler)" -ge 17 ] ||
		fail 'the JDK in use is older than 17: unset JAVA_HOME, or choose another with update-alternatives --config javac.'
}

is_built() {
	[ -f "$tree/lib/cli/jars.id" ] && [ -z "$(find . -name target -prune -o -name .git -prune -o \
		-type f \( -name pom.xml -o -path '*/src/main/*' -o -path './systemd/src/*' \) \
		-newer "$tree/lib/cli/jars.id" -print -quit)" ]
}

build() {
	if is_built; then
		echo 'nothing has changed'
		return 1
	fi
	echo "mvn -DskipTests package (the first time it fetches its parts; some minutes)"
	mvn -q -B -DskipTests package || fail 'the build failed; its messages are above.'
}

answers() { gantry version >/dev/null 2>&1; }

# Ends the daemon that an earlier run has started. Its containers run on.
stop_daemon() {
	local pid
	pid=$(cat "$pidfile" 2>/dev/null) || return 0
	grep -qa engine-daemon.jar "/proc/$pid/cmdline" 2>/dev/null || return 0
	kill "$pid"
	for _ in {1..100}; do
		[ -d "/proc/$pid" ] || return 0
		sleep 0.1
	done
	fail "the daemon (process $pid) does not end; see $log."
}

start_daemon() {
	if answers; then
		echo "answers at $socket already"
		return
	fi
	mkdir -p /run/gantry
	setsid --fork "$tree/bin/gantryd" --pidfile "$pidfile" >>"$log" 2>&1 </dev/null
	for _ in {1..600}; do
		if [ -S "$socket" ] && answers; then
			echo "answers at $socket; its log is $log"
			return
		fi
		sleep 0.1
	done
	fail "the daemon does not answer; the end of $log:" "$(tail -n 5 "$log")"
}

# A root file system of nothing but the host's static busybox.
make_root_filesystem() {
	local root=$1 name
	mkdir -p "$root"/{bin,etc,proc,sys,dev,root,var} "$root/tmp"
	chmod 1777 "$root/tmp"
	cp "$(dpkg -L busybox-static | grep -m 1 -E '/bin/busybox$')" "$root/bin/busybox"
	"$root/bin/busybox" --list | while read -r name; do
		[ "$name" = busybox ] || ln -s busybox "$root/bin/$name"
	done
	echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
	echo 'root:x:0:' >"$root/etc/group"
}

make_image() {
	local work
	if gantry inspect --type image "$image" >/dev/null 2>&1; then
		echo "$image is there"
		return
	fi
	work=$(mktemp -d)
	make_root_filesystem "$work"
	tar -C "$work" --sort=name --mtime=@0 --numeric-owner --owner=0 --group=0 -c . |
		gantry import --change 'CMD ["sh"]' - "$image"
	rm -rf "$work"
}

# Prints the name of a small image in a registry on this host, if there is one.
image_on_this_host() {
	local answer name
	exec 3<>/dev/tcp/127.0.0.1/5000 || return 0
	printf 'GET /v2/_catalog HTTP/1.0\r\nHost: 127.0.0.1:5000\r\n\r\n' >&3
	answer=$(timeout 5 cat <&3)
	exec 3>&-
	name=$(grep -oE '"[a-z0-9._/-]*(busybox|alpine|hello-world)"' <<<"$answer" | head -n 1 | tr -d '"')
	[ -z "$name" ] || echo "127.0.0.1:5000/$name"
}

pull() {
	local remote=${GANTRY_DEMO_IMAGE:-$(image_on_this_host 2>/dev/null || true)}
	if [ -z "$remote" ]; then
		echo 'no registry on this host; set GANTRY_DEMO_IMAGE to an image that can be reached to see a pull'
		return
	fi
	show gantry pull "$remote"
}

main_job() {
	local id
	show gantry run --rm "$image" echo 'Hello from a container'
	id=$(gantry run -d "$image" sh -c 'echo "started as $(hostname)"; exec sleep 60')
	show gantry ps
	show gantry logs "$id"
	show gantry rm -f "$id"
}

step 'Packages of the distribution'
install_packages
step 'Build'
if build; then
	stop_daemon
fi
step 'Daemon'
start_daemon
step 'Image'
make_image
step 'Main job'
main_job
step 'Pull'
pull
step 'What next'
cat <<TEXT
$tree/bin/gantry run -it --rm $image
$tree/bin/gantry run -d --name web -p 8080:80 $image httpd -f -p 80 -h /etc
DOCKER_HOST=unix://$socket docker ps
kill -9 \$(cat $pidfile)     # containers run on; ./quickstart.sh starts the daemon again
TEXT
