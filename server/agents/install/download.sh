# Downloading from the server, for both installers: what is listed in FILES, by its checksum.

# Sets $downloader; fails where there is none.
choose_downloader() {
  if has curl; then
    downloader=curl
  elif has wget; then
    downloader=wget
  else
    return 1
  fi
}

platform() {
  case $(uname -m) in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) arch=$(uname -m) ;;
  esac
  libc=''
  for loader in /lib/ld-musl-*; do
    [ ! -e "$loader" ] || libc=-musl
  done
  echo "$(uname -s | tr '[:upper:]' '[:lower:]')-$arch$libc"
}

available_nodes() {
  names=$(printf '%s\n' "$FILES" | sed -n 's/^node-\([^ ]*\) .*/\1/p' | tr '\n' ' ')
  echo "${names:-none }" | sed 's/ $//'
}

# The checksum of one of the server's files; nothing when it has no such file.
listed() { printf '%s\n' "$FILES" | while read -r file sum _; do [ "$file" != "$1" ] || echo "$sum"; done; }

# download NAME PATH: replaces PATH in one step, once the checksum is right. What is there already stays.
download() {
  sum=$(listed "$1")
  [ -n "$sum" ] || fail "the server has no file $1. Is it set up completely? On it, run: npm run build"
  if [ -f "$2" ] && [ "$(checksum "$2")" = "$sum" ]; then return; fi
  say "Downloading $1 from $SERVER."
  case $downloader in
    curl) curl -fsSL --connect-timeout 15 --retry 2 -o "$2.part" "$SERVER/agent/files/$1" ;;
    wget) wget -q -T 15 -t 3 -O "$2.part" "$SERVER/agent/files/$1" ;;
  esac || fail "$SERVER/agent/files/$1 can't be downloaded."
  [ "$(checksum "$2.part")" = "$sum" ] || {
    rm -f "$2.part"
    fail "$1 arrived damaged, or the server was upgraded just now. Run the command again."
  }
  mv "$2.part" "$2"
  chmod 644 "$2"
}

checksum() {
  if has sha256sum; then sha256sum "$1" | cut -d ' ' -f 1; else openssl dgst -sha256 -r "$1" | cut -d ' ' -f 1; fi
}

has() { command -v "$1" >/dev/null 2>&1; }
say() { printf '%s\n' "$*"; }
fail() {
  printf 'culvert: %s\n' "$*" >&2
  exit 1
}
