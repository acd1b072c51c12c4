# Keeps the daemon of one home running: when it is killed, starts it again, and it takes over the services that went on.
# $1 a process to wait for first, or 0; then the command of the daemon. It ends by itself with 0 when it is not wanted.
trap : HUP INT
wait_for=$1
shift
while [ "$wait_for" -gt 0 ] && kill -0 "$wait_for" 2>/dev/null; do sleep 1; done
quick=0
faults=0
while :; do
  since=$(date +%s)
  "$@"
  status=$?
  [ "$status" -eq 0 ] && exit 0
  # A daemon that cannot live is not started for ever; the next command tries again. One that somebody killed could.
  if [ $(($(date +%s) - since)) -lt 10 ]; then
    quick=$((quick + 1))
    case $status in
      129 | 130 | 131 | 137 | 143) ;;
      *) faults=$((faults + 1)) ;;
    esac
  else
    quick=0
    faults=0
  fi
  [ "$faults" -ge 20 ] && exit 1
  if [ "$faults" -gt 3 ] || [ "$quick" -gt 20 ]; then sleep 1; fi
done
