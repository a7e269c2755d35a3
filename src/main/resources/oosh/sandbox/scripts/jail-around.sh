made=$1 kept=$2 filter=$3 host=$4 directory=$5 service=$6
shift 6
for each in bwrap tar mount; do
  command -v $each >/dev/null || { echo "$each is not installed" >&2; exit 126; }
done
for each in bin sbin lib lib32 lib64 libx32; do
  if [ -L /$each ]; then system="$system --symlink usr/$each /$each"
  elif [ -d /$each ]; then system="$system --ro-bind /$each /$each"
  fi
done
said=kept
if [ -z "$service" ]; then :
elif [ -x /usr/bin/perl ]; then set -- /usr/bin/perl -e "$service" "$@"
else said="kept, and no perl for the service"
fi
{ [ "$made" = yes ] || { mount -t tmpfs -o nosuid,nodev,%1$s oosh /tmp && mkdir /tmp/home /tmp/tmp /tmp/shm; }; } &&
  { [ ! -s /proc/self/fd/3 ] || tar -xf - -C /tmp/home <&3; } &&
  printf "$filter" >/tmp/filter &&
  echo 2 >/proc/sys/user/max_user_namespaces || exit 126
exec 3<&- 4<&0 6</tmp/filter 7>&2 2>/dev/null
(
  ulimit -f %2$d; ulimit -v %3$d; ulimit -u %4$d || ulimit -p %4$d; ulimit -n %5$d; ulimit -l 0; ulimit -c 0
  exec bwrap --unshare-all --die-with-parent --new-session --hostname "$host" --seccomp 6 --uid 1000 --gid 1000 --cap-drop ALL \
    --ro-bind /usr /usr --proc /proc --dev /dev $system \
    --ro-bind-try /etc/alternatives /etc/alternatives --ro-bind-try /etc/ld.so.cache /etc/ld.so.cache \
    --bind /tmp/home /root --bind /tmp/tmp /tmp --bind /tmp/shm /dev/shm --ro-bind-data 4 /script \
    --remount-ro /dev --remount-ro /proc --remount-ro / --clearenv --setenv HOME /root --setenv LANG C.UTF-8 \
    --setenv PATH /usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin --chdir "$directory" \
    -- "$@" /script </dev/null 2>&1 5>&- 7>&-
)
code=$?
exec 4<&- 6<&-
empty=yes
for each in /tmp/home/* /tmp/home/.[!.]* /tmp/home/..?*; do
  if [ -e "$each" ] || [ -L "$each" ]; then empty=no; break; fi
done
if [ $empty = yes ] || (ulimit -f "$kept"; exec tar -cSf - --format=gnu -C /tmp/home . >&5)
then echo "$said" >&7
elif [ $? -gt 128 ]
then echo "not kept: what the script left in its home is too large" >&7
else echo "not kept: the disk of the sandbox does not take its home" >&7
fi
exit $code
