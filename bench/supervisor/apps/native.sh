# A program that is up at once. $1 the file that gets its pid.
echo $$ >>"$1"
exec sleep 3600
