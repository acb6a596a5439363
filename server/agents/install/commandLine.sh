# Installs, upgrades or removes the command line, culvert, for this user; for everybody where /usr/local/bin can be written.
# The server puts two settings before this text: SERVER, its address, and FILES, one "name sha256 size" a line; download.sh and
# the call of main come after it. So a download that was cut short does nothing.
set -eu
umask 022
LC_ALL=C
export LC_ALL

main() {
  bin='' lib='' action=install
  read_arguments "$@"
  choose_folders
  if [ "$action" = uninstall ]; then
    uninstall
    return
  fi
  choose_downloader || fail 'curl or wget is needed to download culvert. Install one of them.'
  has sha256sum || has openssl ||
    fail 'sha256sum or openssl is needed to check what is downloaded. Install coreutils or openssl.'
  install_program
}

usage() {
  cat <<'END'
Installs the command line, culvert.

  --bin DIR       where culvert goes (default: /usr/local/bin, or ~/.local/bin)
  --lib DIR       where its program goes (default: /usr/local/lib/culvert, or ~/.local/share/culvert)
  --server URL    another address of the same server
  --uninstall     remove it; what it keeps of sign-ins stays
END
}

read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --uninstall) action=uninstall ;;
      --help) usage && exit 0 ;;
      --bin | --lib | --server)
        [ $# -gt 1 ] && [ -n "$2" ] || fail "$1 needs a value."
        case $1 in
          --bin) bin=$2 ;;
          --lib) lib=$2 ;;
          --server) SERVER=$2 ;;
        esac
        shift
        ;;
      *) fail "unknown option $1. See --help." ;;
    esac
    shift
  done
  case $SERVER in http://?* | https://?*) ;; *) fail "$SERVER is no address of a server." ;; esac
  case $SERVER in *[!]A-Za-z0-9.:_/[-]* | */) fail "$SERVER is no address of a server." ;; esac
  for place in "$bin" "$lib"; do
    case $place in
      '' | /?*) ;;
      *) fail "$place can't be used as a folder: give the whole path." ;;
    esac
    case $place in *[[:cntrl:]]*) fail 'the name of a folder holds control characters.' ;; esac
  done
}

choose_folders() {
  [ -n "$bin" ] || {
    if [ -d /usr/local/bin ] && [ -w /usr/local/bin ]; then bin=/usr/local/bin; else bin=$(home)/.local/bin; fi
  }
  [ -n "$lib" ] || {
    if [ "$bin" = /usr/local/bin ]; then lib=/usr/local/lib/culvert; else lib=$(home)/.local/share/culvert; fi
  }
}

home() {
  [ -n "${HOME:-}" ] || fail 'HOME is not set. Say where culvert goes: --bin DIR --lib DIR.'
  printf '%s' "$HOME"
}

install_program() {
  mkdir -p "$bin" "$lib" 2>/dev/null && [ -w "$bin" ] && [ -w "$lib" ] ||
    fail "$bin or $lib can't be written. Name other folders: --bin DIR --lib DIR."
  find_node
  download culvert.mjs "$lib/culvert.mjs"
  printf '#!/bin/sh\nexec %s %s "$@"\n' "$(shell_word "$node")" "$(shell_word "$lib/culvert.mjs")" >"$bin/.culvert.part"
  chmod 755 "$bin/.culvert.part"
  mv "$bin/.culvert.part" "$bin/culvert"
  version=$("$bin/culvert" --version) || fail "culvert doesn't run with $node."
  say "culvert $version is in $bin."
  case :${PATH:-}: in
    *":$bin:"*) ;;
    *) say "Your shell doesn't look there yet. Add it: export PATH=$(shell_word "$bin"):\$PATH" ;;
  esac
  say "Sign in: culvert login --server $SERVER"
}

# Sets $node: the machine's own where it is new enough, else the server's.
find_node() {
  node=$(command -v node || true)
  new='const [major, minor] = process.versions.node.split(".").map(Number); major > 22 || (major === 22 && minor >= 12)'
  if [ -n "$node" ] && [ "$("$node" -p "$new" 2>/dev/null)" = true ]; then
    rm -f "$lib/node"
    return
  fi
  node=$lib/node
  platform=$(platform)
  [ -n "$(listed "node-$platform")" ] || fail "this machine has no Node 22.12 or newer, and the server has none for $platform \
(it has: $(available_nodes)). Install Node (https://nodejs.org/en/download), then run this again."
  download "node-$platform" "$node"
  chmod 755 "$node"
  "$node" --version >/dev/null 2>&1 ||
    fail "the server's Node doesn't run here: $("$node" --version 2>&1 | head -n 1) Install Node 22.12 or newer, then run this again."
}

uninstall() {
  rm -f "$bin/culvert" "$lib/culvert.mjs" "$lib/node"
  [ ! -d "$lib" ] || rmdir "$lib" 2>/dev/null || say "$lib holds other files and stays."
  say 'culvert is gone. What it keeps of sign-ins stays: culvert logout would have ended them.'
}

shell_word() { printf "'%s'" "$(printf '%s\n' "$1" | sed "s/'/'\\\\''/g")"; }
