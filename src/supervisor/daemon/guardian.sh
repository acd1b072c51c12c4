# Keeps the daemon of one home running: when it is killed, starts it again, and it takes over the services that went on.
# $1 a process to wait for first, or 0; then the command of the daemon. It ends by itself with 0 when it is not wanted.
trap : HUP INT
wait_for=$1
shift
while [ "$wait_for" -gt 0 ] && kill -0 "$wait_for" 2>/dev/null; do sleep 1; done
fast=0
while :; do
  since=$(date +%s)
  "$@"
  status=$?
  [ "$status" -eq 0 ] && exit 0
  # A daemon that cannot live is not started for ever; the next command tries again. One that was killed could.
  if [ "$status" -lt 128 ] && [ $(($(date +%s) - since)) -lt 10 ]; then fast=$((fast + 1)); else fast=0; fi
  [ "$fast" -ge 20 ] && exit 1
  [ "$fast" -gt 3 ] && sleep 1
done
