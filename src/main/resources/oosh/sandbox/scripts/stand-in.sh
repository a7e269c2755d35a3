# The sandbox fetches nothing: this puts a stand-in where the file would be.
from=%s
to=%s
name=%s
case $to in "$HOME"|"$HOME"/*) ;; *) to=$HOME/${to#/} ;; esac
mkdir -p "$to" || exit 1
echo "a stand-in for $from" >"$to/$name" || exit 1
echo "(simulated) nothing was fetched; a stand-in for $from is in $to/$name"
