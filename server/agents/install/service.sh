# Starting and stopping the agent: under systemd, in the background, or right here.

start() {
  set -- run --server "$SERVER" --state "$state" --token-file "$state/join-token"
  [ -f "$state/join-token" ] || set -- run --server "$SERVER" --state "$state"
  set -- "$@" --folder "$folder"
  [ -z "$name" ] || set -- "$@" --name "$name"
  rm -f "$state/status"
  if [ "$foreground" = yes ]; then
    stop_detached
    exec "$prefix/culvert-agent" "$@"
  elif [ "$systemd" = no ]; then
    start_detached "$@"
  else
    start_service "$@"
  fi
  report
}

unit=/etc/systemd/system/culvert-agent.service

start_service() {
  stop_detached
  (
    umask 022
    unit_text "$@" >"$unit.part"
    mv "$unit.part" "$unit"
  )
  systemctl daemon-reload
  systemctl enable --quiet culvert-agent
  systemctl restart culvert-agent
  follow='journalctl -u culvert-agent'
}

# Exit status 3 means that the server sent this replica away. KillMode: the tunnels outlive an agent that was killed, and
# the next one takes them over; an agent that is stopped takes them down itself. Home folders hold the working folder and
# its devcontainer.json. CAP_SYS_PTRACE: without it /proc doesn't say which program of somebody else's listens on a port.
unit_text() {
  arguments=''
  for word; do arguments="$arguments $(unit_word "$word")"; done
  cat <<END
[Unit]
Description=Culvert agent
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=$prefix/culvert-agent$arguments
Restart=always
RestartSec=2
RestartPreventExitStatus=2 3
KillMode=process
TimeoutStopSec=20
UMask=0077
CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW CAP_NET_BIND_SERVICE CAP_DAC_OVERRIDE CAP_CHOWN CAP_FOWNER CAP_KILL CAP_SETUID CAP_SETGID CAP_SETPCAP CAP_SYS_ADMIN CAP_SYS_MODULE CAP_SYS_PTRACE
NoNewPrivileges=yes
DevicePolicy=closed
DeviceAllow=/dev/net/tun rw
ProtectSystem=full
ProtectHome=read-only
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_PACKET AF_KEY AF_ALG
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native

[Install]
WantedBy=multi-user.target
END
}

# Quoted where it has to be. systemd.service(5), "Command lines": percent signs and dollars are doubled, backslashes and
# double quotes escaped.
unit_word() {
  case $1 in
    *[!A-Za-z0-9._:/[-]* | *']'*) printf '"%s"' "$(printf '%s\n' "$1" | sed 's/[\\"]/\\&/g; s/[%$]/&&/g')" ;;
    *) printf '%s' "$1" ;;
  esac
}

# The same for a shell.
shell_word() {
  case $1 in
    '' | *[!A-Za-z0-9._:/-]*) printf "'%s'" "$(printf '%s\n' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf '%s' "$1" ;;
  esac
}

start_detached() {
  [ ! -f "$unit" ] || [ ! -d /run/systemd/system ] || systemctl disable --quiet --now culvert-agent
  stop_detached
  : >>"$log"
  # A session of its own: it outlives this terminal.
  if has setsid; then
    setsid "$prefix/culvert-agent" "$@" >>"$log" 2>&1 </dev/null &
  else
    nohup "$prefix/culvert-agent" "$@" >>"$log" 2>&1 </dev/null &
  fi
  follow="cat $log"
  say 'There is no systemd here: the agent runs in the background and has to be started again after a reboot, with'
  arguments=''
  for word; do arguments="$arguments $(shell_word "$word")"; done
  say "  setsid $prefix/culvert-agent$arguments >>$log 2>&1 </dev/null &"
}

# Stops an agent that start_detached started: agent.pid holds its process id and, in the kernel's ticks, when it started.
stop_detached() {
  [ -f "$state/agent.pid" ] || return 0
  read -r pid started <"$state/agent.pid" || return 0
  waited=0
  while runs "$pid" "$started"; do
    [ "$waited" != 0 ] || kill -TERM "$pid" || return 0
    [ "$waited" -lt 60 ] || fail "the running agent, process $pid, does not end."
    waited=$((waited + 1))
    pause
  done
}

# One that has ended stays listed where nobody waits for it, as in containers whose first process doesn't.
runs() {
  stat=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) || return 1
  case $stat in Z*) [ "$(ls "/proc/$1/task" 2>/dev/null | wc -l)" -gt 1 ] || return 1 ;; esac
  [ "$(echo "$stat" | cut -d ' ' -f 20)" = "$2" ]
}

# BusyBox may know whole seconds only.
pause() { sleep 0.25 2>/dev/null || sleep 1; }

# The agent keeps one sentence about its connection in the file status.
report() {
  waited=0
  while [ "$waited" -lt 60 ]; do
    pause
    status=$(cat "$state/status" 2>/dev/null || true)
    case $status in
      Connected*)
        say "$status"
        return
        ;;
    esac
    [ -d "$state" ] || fail "the agent ended. Why: $follow"
    waited=$((waited + 1))
  done
  say "The agent runs but is not connected yet, and keeps trying. ${status:-Nothing was heard from it.} More: $follow"
}
