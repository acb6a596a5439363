# What gets installed: Node where it is missing, the agent, its launcher, what IPsec needs.

install_files() {
  mkdir -p "$prefix" "$state"
  chmod 755 "$prefix"
  chmod 700 "$state"
  find_node
  download culvert-agent.mjs "$prefix/culvert-agent.mjs"
  # The agent does little at a time. A small young generation and no optimizing compilers, whose code and threads would
  # take a fifth of its memory.
  low_memory='--max-semi-space-size=1 --optimize-for-size --no-opt --no-maglev --v8-pool-size=0'
  printf '#!/bin/sh\nexec %s %s %s "$@"\n' "$node" "$low_memory" "$prefix/culvert-agent.mjs" >"$prefix/.launcher"
  chmod 755 "$prefix/.launcher"
  mv "$prefix/.launcher" "$prefix/culvert-agent"
  version=$("$prefix/culvert-agent" --version) || fail "the agent doesn't run with $node."
  install_profile
  if [ -n "$token" ]; then
    printf '%s\n' "$token" >"$state/.join-token"
    mv "$state/.join-token" "$state/join-token"
  fi
  say "Culvert agent $version is in $prefix, its state in $state."
}

# Where there is no /etc/profile.d, login shells don't look there either.
install_profile() {
  [ -n "$profile" ] && [ -d "${profile%/*}" ] || return 0
  (
    umask 022
    profile_text >"$profile.part"
    mv "$profile.part" "$profile"
  )
}

# -O: only for whoever the secrets were given to. What somebody else can put there must not run in this shell, root's above all:
# whoever has the folder can swap the file at any moment, for a link to one of root's too, so that it is the folder that counts. A
# shell that doesn't know -O takes it for no. "command" keeps a shell from ending where the file went in between.
profile_text() {
  cat <<'END'
# Culvert: the secrets of this replica, for login shells of the user that they were delivered to.
if [ -O /run/culvert ] 2>/dev/null && [ ! -L /run/culvert ] && [ -O /run/culvert/environment.sh ] && [ -r /run/culvert/environment.sh ]; then
  command . /run/culvert/environment.sh || :
fi
END
}

# Sets $node: the machine's own where it is new enough and a service can reach it, else the server's.
find_node() {
  node=$(command -v node || true)
  [ -z "$node" ] || node=$(readlink -f "$node")
  case $node in
    '' | *[!A-Za-z0-9._/+-]* | /home/* | /root/* | /snap/*) ;;
    *)
      major=$("$node" -p 'parseInt(process.versions.node)' 2>/dev/null || echo 0)
      case $major in '' | *[!0-9]*) major=0 ;; esac
      if [ "$major" -ge 22 ]; then
        say "Using this machine's Node $major, $node."
        rm -f "$prefix/node"
        return
      fi
      ;;
  esac
  node=$prefix/node
  platform=$(platform)
  [ -n "$(listed "node-$platform")" ] || fail "this machine has no Node 22 or newer, and the server has none for $platform \
(it has: $(available_nodes)). Install Node 22 or newer (https://nodejs.org/en/download), then run this again."
  download "node-$platform" "$node"
  chmod 755 "$node"
  "$node" --version >/dev/null 2>&1 ||
    fail "the server's Node doesn't run here: $("$node" --version 2>&1 | head -n 1) Install Node 22 or newer, then run this again."
}

# Without IPsec the agent runs too, and the dashboard says what is missing; so does this. The agent knows best what that is:
# it says why in one line and the command that mends it in the next.
check_ipsec() {
  for attempt in 1 2 3; do
    missing=$("$prefix/culvert-agent" check) && return
    fix=$(printf '%s\n' "$missing" | sed -n 2p)
    [ "$with_strongswan" = yes ] && [ -n "$fix" ] && [ "$attempt" != 3 ] || break
    say "$(printf '%s\n' "$missing" | head -n 1) Mending it: $fix"
    (umask 022 && DEBIAN_FRONTEND=noninteractive sh -c "$fix") >&2 || fail 'that did not work.'
  done
  say "Tunnels can not come up here yet. $(printf '%s\n' "$missing" | head -n 1)"
  [ -z "$fix" ] || say "This mends it: $fix"
  case $fix in *apt-get*) say 'Or run this again with --with-strongswan.' ;; esac
}
