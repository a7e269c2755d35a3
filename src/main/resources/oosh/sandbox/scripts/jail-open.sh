exec 3<"$0" 5>"$1" && shift && exec "$@"
