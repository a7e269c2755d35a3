exec 3<"$0" 5>"$1" && shift
user=$1 around=$2
shift 2
exec setpriv --pdeathsig KILL --inh-caps=-all $user unshare --user --map-root-user --mount sh -c "$around" oosh-jail "$@"
