# Runs one service in the foreground and records who runs and how it ended, whether or not anybody watches.
# $1 where the files of the run begin, $2 the id of this boot, then the command.
# A variable that is set here would change the one of that name that the service has: there is but one, with a long name.
set -C
trap : HUP INT TERM QUIT USR1 USR2 ALRM
# Who creates the file has the run: a second shim of the same run ends here.
echo "boot $2" >"$1.pid" || exit 126
# $1 who, $2 where. The 1st field is the pid, the 22nd the birth.
tell() {
  read -r DEVDOCTOR_SHIM_STAT </proc/self/stat
  set -- "$1" "$2" $DEVDOCTOR_SHIM_STAT
  echo "$1 $3 ${24}" >>"$2.pid"
}
if [ -r /proc/self/stat ]; then tell shim "$1"; else echo "shim $$ " >>"$1.pid"; fi
# Descriptor 3 is for messages between the service and who watches, where it has any.
# What the shell itself says, such as "Killed", tells a signal from a status above 128.
exec 9>&2 2>>"$1.exit"
(
  if [ -r /proc/self/stat ]; then
    tell main "$1"
    shift 2
    exec "$@" 2>&9 9>&-
  fi
  # A shell of its own knows its number without /proc.
  exec /bin/sh -c 'echo "main $$ " >>"$1.pid"; shift 2; exec "$@"' sh "$@" 2>&9 9>&-
)
echo $? >>"$1.exit"
