# Installs, upgrades or removes the Culvert agent on this machine; docs/agent.md says what it changes.
# The server puts two settings before this text: SERVER, its address, and FILES, one "name sha256 size" a line; files.sh,
# download.sh, service.sh and the call of main come after it. So a download that was cut short does nothing.
set -eu
umask 077
LC_ALL=C
export LC_ALL

main() {
  token=${CULVERT_JOIN_TOKEN:-} prefix=/usr/local/lib/culvert-agent state=/var/lib/culvert-agent
  folder=${PWD:-/} name='' action=install with_strongswan=no foreground=no systemd=auto
  read_arguments "$@"
  check_machine
  [ "$(id -u)" = 0 ] || as_root "$@"
  # An agent with a state of its own is one of several: the machine's shells are the usual one's.
  case $state in
    /var/lib/culvert-agent) log=/var/log/culvert-agent.log profile=/etc/profile.d/culvert.sh ;;
    *) log=$state.log profile='' ;;
  esac
  [ "$systemd" = no ] || [ -d /run/systemd/system ] || systemd=no
  if [ "$action" = uninstall ]; then
    uninstall
    return
  fi
  [ -n "$token" ] || [ -f "$state/token.json" ] ||
    fail 'no join token. Copy the whole command from the page of the workspace: Replicas, Add a replica.'
  install_files
  check_ipsec
  start
}

usage() {
  cat <<'END'
Installs the Culvert agent: this machine becomes a replica of a workspace.

  --token TOKEN       join token of the workspace; needed once
  --folder DIR        the working folder, whose devcontainer.json declares ports (default: this one)
  --name NAME         what the replica calls itself (default: the host name)
  --with-strongswan   install strongSwan and what else IPsec needs, where it is missing (apt)
  --foreground        run the agent right here instead of as a service (containers)
  --no-systemd        start it in the background even where systemd runs
  --server URL        another address of the same server
  --prefix DIR        where the program goes (default: /usr/local/lib/culvert-agent)
  --state DIR         where its state goes (default: /var/lib/culvert-agent)
  --uninstall         take the tunnels down and remove the agent and its state
END
}

read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --with-strongswan) with_strongswan=yes ;;
      --foreground) foreground=yes ;;
      --no-systemd) systemd=no ;;
      --uninstall) action=uninstall ;;
      --help) usage && exit 0 ;;
      --token | --folder | --name | --server | --prefix | --state)
        [ $# -gt 1 ] && [ -n "$2" ] || fail "$1 needs a value."
        case $1 in
          --token) token=$2 ;;
          --folder) folder=$2 ;;
          --name) name=$2 ;;
          --server) SERVER=$2 ;;
          --prefix) prefix=$2 ;;
          --state) state=$2 ;;
        esac
        shift
        ;;
      *) fail "unknown option $1. See --help." ;;
    esac
    shift
  done
  # Any other name of a folder can be quoted.
  case $folder in
    *[[:cntrl:]]*) [ "$action" = uninstall ] || fail 'the name of this folder holds control characters. Name another one: --folder DIR.' ;;
    /*) ;;
    *) folder=${PWD:-}/$folder ;;
  esac
  # What passes here can stand in a service's file, unquoted.
  case $token in *[!A-Za-z0-9_-]*) fail 'that is no join token.' ;; '' | culv_join_?*) ;; *) fail 'that is no join token.' ;; esac
  case $name in *[!A-Za-z0-9._-]*) fail 'a name is made of letters, digits, dots, dashes and underscores.' ;; esac
  case $SERVER in http://?* | https://?*) ;; *) fail "$SERVER is no address of a server." ;; esac
  case $SERVER in *[!]A-Za-z0-9.:_/[-]* | */) fail "$SERVER is no address of a server." ;; esac
  for place in "$prefix" "$state"; do
    case $place in
      *[!A-Za-z0-9._/-]* | */../* | */.. | *//* | */) fail "$place can't be used as a folder." ;;
      /?*) ;;
      *) fail "$place can't be used as a folder: give the whole path." ;;
    esac
  done
}

check_machine() {
  [ "$(uname -s)" = Linux ] || fail "the agent runs on Linux; this is $(uname -s)."
  [ "$(id -u)" = 0 ] || has sudo ||
    fail 'this needs root: the agent manages IPsec tunnels, network addresses and a service. Run it as root.'
  choose_downloader || [ "$action" = uninstall ] ||
    fail 'curl or wget is needed to download the agent. Install one of them.'
  has sha256sum || has openssl || [ "$action" = uninstall ] ||
    fail 'sha256sum or openssl is needed to check what is downloaded. Install coreutils or openssl.'
}

# Runs the script again through sudo; this text came through a pipe, so it is fetched once more.
as_root() {
  [ -n "${downloader:-}" ] || fail 'this needs root. Run it as root.'
  again=$(mktemp)
  trap 'rm -f "$again"' EXIT
  case $downloader in
    curl) curl -fsSL --connect-timeout 15 -o "$again" "$SERVER/agent/install.sh" ;;
    wget) wget -q -T 15 -O "$again" "$SERVER/agent/install.sh" ;;
  esac || fail "$SERVER/agent/install.sh can't be downloaded."
  say 'The agent manages IPsec tunnels, network addresses and a service: sudo may ask for your password.'
  [ -z "${CULVERT_JOIN_TOKEN:-}" ] || set -- "$@" --token "$token"
  # sudo may start it somewhere else; what is given last counts.
  set -- "$@" --folder "$folder"
  status=0
  sudo -- sh "$again" "$@" || status=$?
  exit "$status"
}

uninstall() {
  # Only the unit of this installation: there may be another one under another prefix.
  if grep -q "^ExecStart=$prefix/culvert-agent " "$unit" 2>/dev/null; then
    [ ! -d /run/systemd/system ] || systemctl disable --quiet --now culvert-agent
    rm -f "$unit"
    [ ! -d /run/systemd/system ] || systemctl daemon-reload
  fi
  stop_detached
  if [ -x "$prefix/culvert-agent" ]; then
    "$prefix/culvert-agent" remove --state "$state" >/dev/null || fail 'the tunnels could not be taken down; nothing was deleted.'
  fi
  rm -f "$prefix/culvert-agent" "$prefix/culvert-agent.mjs" "$prefix/node" "$log"
  # What an installation left that was broken off.
  rm -f "$prefix/.launcher" "$prefix/culvert-agent.mjs.part" "$prefix/node.part" "$state/.join-token" "$state/join-token"
  [ ! -d "$state" ] || rmdir "$state" 2>/dev/null || true
  [ -z "$profile" ] || rm -f "$profile"
  [ ! -d "$prefix" ] || rmdir "$prefix" 2>/dev/null || say "$prefix holds other files and stays."
  say 'The Culvert agent, its tunnels and its state are gone. strongSwan stays installed. Remove the replica in the dashboard.'
}
