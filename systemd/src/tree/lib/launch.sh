# shellcheck shell=sh
# What the launchers share; they have set tree. Nothing here starts a process on the usual path: each would cost 1 ms.

# Makes tree, as the launcher has found it, absolute and plain.
find_tree() {
	case $tree in
	/*/bin/..) tree=${tree%/bin/..} ;;
	esac
	case $tree in
	/*/./* | /*/../* | *//* | */. | */.. | [!/]*) tree=$(cd -P -- "$tree" && pwd -P) ;;
	esac
}

# Sets major and build from the release file of a JDK; fails where there is none.
read_release() {
	major='' build=''
	[ -r "$1/release" ] && [ -x "$1/bin/java" ] || return 1
	while IFS='=' read -r key value; do
		value=${value#\"} value=${value%\"}
		case $key in
		JAVA_VERSION) major=${value%%[!0-9]*} ;;
		JAVA_RUNTIME_VERSION) build=$value ;;
		esac
		[ -z "$major" ] || [ -z "$build" ] || break
	done <"$1/release"
	[ -n "$major" ]
}

# Sets java_home, java_major and java_build: JAVA_HOME where it is new enough, else the newest JDK there is.
find_java() {
	java_home='' java_major=0 java_build=''
	if [ -n "${JAVA_HOME-}" ] && consider "$JAVA_HOME"; then
		return
	fi
	for home in /usr/lib/jvm/*; do
		# links only lead to the same JDKs again
		[ -L "$home" ] || consider "$home"
	done
	[ -z "$java_home" ] || return 0
	if on_path=$(command -v java); then
		on_path=$(readlink -f -- "$on_path")
		consider "${on_path%/bin/java}" && return
	fi
	echo "${0##*/}: no Java runtime of version 17 or newer was found (JAVA_HOME, /usr/lib/jvm, PATH)." >&2
	echo "Install one, for example with 'apt-get install default-jre-headless', or set JAVA_HOME." >&2
	exit 1
}

consider() {
	read_release "$1" && [ "$major" -ge 17 ] && [ "$major" -gt "$java_major" ] || return 1
	java_home=$1 java_major=$major java_build=$build
}

# Sets native to the directory of the native libraries for this machine: loaded from there, none is unpacked into /tmp.
find_native() {
	if [ -e /lib/ld-linux-aarch64.so.1 ]; then
		native=$tree/lib/native/aarch64
	else
		native=$tree/lib/native/x86-64
	fi
}

# Names the start-up cache of a program (daemon or cli): what the JVM would otherwise do at each start, done once. A cache
# belongs to one build of the JVM, one set of jars and one place; the stamp beside it says which, so none is ever stale.
name_cache() {
	if [ "$java_major" -ge 25 ]; then
		cache_name=$1-$java_build.aot
	else
		cache_name=$1-$java_build.jsa
	fi
	jars=''
	read -r jars <"$tree/lib/$1/jars.id" || :
	stamp="$java_home $jars $tree"
}

# Sets cache to the cache to be used, or to nothing. A look-up costs two small reads.
find_cache() {
	name_cache "$1"
	for directory in "$tree/cache" /var/cache/gantry; do
		cache=$directory/$cache_name
		found=''
		[ -r "$cache" ] && [ -r "$cache.stamp" ] && read -r found <"$cache.stamp" || :
		[ "$found" = "$stamp" ] && return
	done
	cache=''
}

# Sets cache_option for the JVM. It is never empty, so that the launchers can quote it.
cache_option() {
	if [ -z "$cache" ]; then
		cache_option=-XX:+IgnoreUnrecognizedVMOptions
	elif [ "$java_major" -ge 25 ]; then
		cache_option=-XX:AOTCache=$cache
	else
		cache_option=-XX:SharedArchiveFile=$cache
	fi
}
